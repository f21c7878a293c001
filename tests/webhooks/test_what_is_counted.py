"""Each request is counted once, by what became of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_hotline import CALL, House

import webhooks
from ivr.app.answering import turns
from ivr.app.metrics.counting import APOLOGIES, OUTCOMES, REFUSALS
from ivr.app.observed.seen import Seen
from ivr.service.calls.opening import Opening


class Counting:
    """Remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []

    def saw(self, request: Seen) -> None:
        self.seen.append(request)

    def outcomes(self) -> list[str]:
        return [request.outcome for request in self.seen]


@pytest.fixture
def counting(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    counting = Counting()
    monkeypatch.setattr(webhooks, "counting_of", lambda settings: counting)
    house.app = webhooks.create_app(hotline=house.hotline)
    house.line.__init__(house.app)  # type: ignore[misc]
    yield counting
    for request in counting.seen:
        assert request.outcome in ("", *OUTCOMES)
        assert request.refused in ("", *REFUSALS)
        assert request.apology in ("", *APOLOGIES)


def test_turns_by_what_became_of_them(house: House, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    house.voice("/voice")
    house.press(2, "7")
    house.press(2, "7")
    house.voice("/voice/t/3/again?held=1")
    house.voice("/voice/fallback", ("ErrorCode", "11200"), ("ErrorUrl", "http://127.0.0.1:8000/voice/t/3"))
    house.openings["CA" + "9" * 32] = Opening()
    assert counting.outcomes()[:3] == ["taken", "taken", "repeated"]
    assert set(counting.outcomes()) <= {"taken", "repeated"}
    assert all(request.seconds > 0 and request.call == CALL for request in counting.seen)


def test_holds_and_apologies_by_why(house: House, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    house.voice("/voice")
    house.path.rename(house.path.with_suffix(".moved"))
    house.press(2, "7")
    house.voice("/voice/t/2/again?held=99")
    house.path.with_suffix(".moved").rename(house.path)
    house.voice("/voice/t/2", call="none")
    house.write("DELETE FROM releases")
    monkeypatch.setattr(turns, "handle_call", lambda *_: 1 / 0)
    house.press(2, "7")
    found = [(request.outcome, request.apology) for request in counting.seen[1:]]
    assert found == [("hold", ""), ("apology", "held_too_often"), ("apology", "no_call"), ("apology", "error")]


def test_a_release_that_is_gone_is_an_apology(house: House, counting: Counting) -> None:
    house.voice("/voice")
    house.write("DELETE FROM releases")
    house.write("UPDATE calls SET release = 'gone'")
    house.press(2, "7")
    assert (counting.seen[1].outcome, counting.seen[1].apology) == ("apology", "release_gone")


def test_refusals_by_reason(house: House, counting: Counting) -> None:
    for path, more in (
        ("/voice", {}),
        ("/voice", {"HTTP_X_TWILIO_SIGNATURE": "A"}),
        ("/voice/status", {}),
        ("/no", {}),
    ):
        house.raw("POST", path, b"a=b", **more)
    house.raw("GET", "/healthz")
    found = [(request.refused, request.outcome) for request in counting.seen]
    assert found == [
        ("unsigned", "refused"), ("signature", "refused"), ("unsigned", ""), ("no_such_url", ""), ("", ""),
    ]  # fmt: skip


def test_a_case_is_counted_once_when_it_opens(house: House, counting: Counting) -> None:
    house.voice("/voice")
    house.press(2, "1")
    house.press(3, "1")
    house.press(3, "1")
    house.voice("/voice/t/4", ("RecordingSid", "RE" + "1" * 32), ("RecordingUrl", "https://api.twilio.com/x"))
    assert [kind for request in counting.seen for kind in request.cases] == ["complaint"]


def test_a_case_nobody_real_opens_is_not_counted(house: House, counting: Counting) -> None:
    house.openings[CALL] = Opening(simulated=True)
    house.voice("/voice")
    house.press(2, "1")
    house.press(3, "1")
    assert [kind for request in counting.seen for kind in request.cases] == []
