"""Callers of the chaos run who hang up during a request, and what the network then does."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from urllib.parse import parse_qs

import chaos_hang_up
import pytest
from chaos_hang_up import CallerGone, HangingUpLine

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import LineFailed, Reply
from ivr.carrier.signing import sign

URL = "https://hotline.example.com"
BODY = b"CallSid=CA1&CallStatus=in-progress&From=%2B862155501234&Digits=3&FromCity="


class Noting:
    """Notes what is sent; answers alike, or not at all."""

    def __init__(self, *, fails: bool = False) -> None:
        self.sent: list[tuple[str, bytes, Mapping[str, str]]] = []
        self._fails = fails

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        self.sent.append((url, body, headers))
        if self._fails:
            raise LineFailed("the server was killed", "rt")
        return Reply(200, "text/xml", b"<Response/>")


@pytest.mark.parametrize("fails", [False, True])
def test_a_caller_who_hangs_up_during_a_request_is_reported_gone(fails: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chaos_hang_up, "GONE", 1.0)
    turns, notices = Noting(fails=fails), Noting(fails=fails)

    with pytest.raises(CallerGone):
        HangingUpLine(turns, Delivery(notices, "token"), Random(1)).post(f"{URL}/voice/t/2", BODY, {}, 15)

    assert len(turns.sent) == 1
    (url, body, headers), *_ = notices.sent
    fields = parse_qs(body.decode())
    assert url == f"{URL}/voice/status"
    assert (fields["CallSid"], fields["From"], fields["CallStatus"]) == (["CA1"], ["+862155501234"], ["completed"])
    assert "Digits" not in fields
    assert headers["X-Twilio-Signature"] == sign("token", url, [(name, each) for name, [each] in fields.items()])


@pytest.mark.parametrize(
    ("path", "gone"), [("/voice/status", 1.0), ("/voice/fallback", 1.0), ("/voice/whisper/3", 1.0), ("/voice", 0.0)]
)
def test_other_requests_are_only_passed_on(path: str, gone: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chaos_hang_up, "GONE", gone)
    turns, notices = Noting(), Noting()

    reply = HangingUpLine(turns, Delivery(notices, "token"), Random(1)).post(URL + path, BODY, {}, 15)

    assert reply.status == 200
    assert notices.sent == []
