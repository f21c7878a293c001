"""A customer's telephone in a second terminal: it rings, is taken up or not, and the call is led by what is typed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import parse_qsl

import pytest

from ivr.carrier.delivery import Delivery
from ivr.carrier.exchange.account import Account
from ivr.carrier.exchange.desk import Desk
from ivr.carrier.exchange.exchange import Exchange
from ivr.carrier.exchange.server import ExchangeServer
from ivr.carrier.line import Reply
from ivr.cli.shared import answered_phone

OURS, CUSTOMER = "+862155500000", "+862155500124"
HOTLINE = "http://127.0.0.1:8000"
OUT = f"{HOTLINE}/voice/out/a1"
QUIET = "<Redirect>/quiet</Redirect>"
PERSON = f'<Gather action="/voice/t/2" numDigits="1"><Say>Am I speaking to Ms. Wang?</Say></Gather>{QUIET}'
RECORD = f'<Record action="/voice/t/3" finishOnKey="#"/>{QUIET}'
ANSWERS = {
    "/voice/out/a1": PERSON,
    "/voice/t/2": f"<Say>Please tell us why.</Say>{RECORD}",
    "/voice/t/3": "<Say>We have opened your case again.</Say><Hangup/>",
    "/quiet": "<Say>We will call another day.</Say><Hangup/>",
}


class Hotline:
    """Answers each path, and keeps what it was sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, str]]] = []

    def post(self, url: str, body: bytes, headers: Any, timeout: float) -> Reply:
        path = url.removeprefix(HOTLINE)
        self.sent.append((path, dict(parse_qsl(body.decode()))))
        if path.endswith("/status"):
            return Reply(204, "", b"")
        return Reply(200, "text/xml", f"<Response>{ANSWERS[path]}</Response>".encode())

    def statuses(self) -> list[str]:
        until = time.monotonic() + 10
        while True:
            told = [form["CallStatus"] for path, form in self.sent if path.endswith("/status")]
            if (told and told[-1] in ("completed", "no-answer")) or time.monotonic() > until:
                return told
            time.sleep(0.02)


class WatchedDesk(Desk):
    """Says when somebody waits for a ring."""

    waited_for = threading.Event()

    def ringing(self, wait: float) -> Any:
        if wait:
            self.waited_for.set()
        return super().ringing(wait)


class Ringing:
    """An exchange of this machine, its hotline, and calls that it places."""

    def __init__(self) -> None:
        self.hotline = Hotline()
        account = Account(sid="AC" + "0" * 32, token="a token", numbers=(OURS,))
        self.exchange = Exchange(account=account, a_second=100)
        WatchedDesk.waited_for.clear()
        desk = WatchedDesk(self.exchange, self.hotline, "a token")
        self.server = ExchangeServer(self.exchange, desk, Delivery(self.hotline, "a token"))

    def place(self, **more: str) -> None:
        wish = {"To": CUSTOMER, "From": OURS, "Url": OUT, "StatusCallback": f"{OUT}/status", **more}
        answer = self.exchange.place({name: [value] for name, value in wish.items()})
        assert answer is not None
        assert answer.status == 201, answer.body

    def when_waited_for(self, do: Callable[[], None]) -> None:
        """Do something once somebody waits for a ring."""

        def later() -> None:
            if WatchedDesk.waited_for.wait(30):
                do()

        threading.Thread(target=later, daemon=True).start()

    def ring(self, **more: str) -> None:
        """Place a call, and wait until it rings."""
        self.place(**more)
        assert self.exchange.wait_for_ringing(10)


@pytest.fixture
def ringing() -> Iterator[Ringing]:
    made = Ringing()
    made.server.start()
    with closing(made.server):
        yield made


@pytest.fixture
def answer(ivr: Any, ringing: Ringing) -> Any:
    """`ivr call --answer`, by a pipe."""
    return lambda given, *words: ivr(
        "call", "--answer", *words, given=given, IVR_EXCHANGE_PORT=str(ringing.server.port)
    )


def test_an_empty_line_answers_and_what_follows_leads_the_call(answer: Any, ringing: Ringing) -> None:
    ringing.ring()
    done = answer("\n2\n/record it was charged again\n")
    assert done.returncode == 0, done.stderr
    assert [line.strip() for line in done.stdout.splitlines()] == [
        "ringing … +86 21 5550 0124 (Enter answers, n does not, m is a machine)",
        "Am I speaking to Ms. Wang?", "> 2", "Please tell us why.", "(tone)", "> /record it was charged again",
        "We have opened your case again.", "the call is over",
    ]  # fmt: skip
    assert ringing.hotline.statuses() == ["completed"]
    first = ringing.hotline.sent[0][1]
    assert (first["Direction"], first["From"], first["To"]) == ("outbound-api", OURS, CUSTOMER)
    assert "AnsweredBy" not in first


def test_the_end_of_the_pipe_hangs_up(answer: Any, ringing: Ringing) -> None:
    ringing.ring()
    assert "Am I speaking to Ms. Wang?" in answer("\n").stdout
    assert ringing.hotline.statuses() == ["completed"]


@pytest.mark.parametrize("given", ["n\n", "", "N\n"])
def test_a_call_is_not_taken_up(answer: Any, ringing: Ringing, given: str) -> None:
    ringing.ring()
    done = answer(given)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "not answered"
    assert ringing.hotline.statuses() == ["no-answer"]
    assert [path for path, _ in ringing.hotline.sent] == ["/voice/out/a1/status"]


def test_a_machine_takes_it_up_and_says_nothing(answer: Any, ringing: Ringing) -> None:
    ringing.ring(MachineDetection="Enable")
    done = answer("m\n")
    assert "We will call another day." in done.stdout
    assert ringing.hotline.sent[0][1]["AnsweredBy"] == "machine_start"
    assert ringing.hotline.statuses() == ["completed"]


def test_a_line_that_says_neither_is_asked_again(answer: Any, ringing: Ringing) -> None:
    ringing.ring()
    done = answer("yes\nn\n")
    assert '"yes" neither answers nor declines' in done.stdout
    assert done.stdout.splitlines()[-1] == "not answered"


def test_it_waits_until_it_rings(answer: Any, ringing: Ringing) -> None:
    ringing.when_waited_for(ringing.place)
    done = answer("n\n")
    assert "waiting for the hotline to phone" in done.stdout
    assert "ringing … +86 21 5550 0124" in done.stdout


def test_without_a_sandbox_it_says_so(ivr: Any, ringing: Ringing) -> None:
    ringing.server.close()
    done = ivr("call", "--answer", IVR_EXCHANGE_PORT=str(ringing.server.port))
    assert done.returncode == 2
    assert done.stdout == ""
    assert "no sandbox runs on this machine" in done.stderr
    assert "ivr serve --sandbox" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_sandbox_that_stops_meanwhile_ends_the_waiting(
    answer: Any, ringing: Ringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered_phone, "WAIT_SECONDS", 1)
    ringing.when_waited_for(ringing.server.close)
    done = answer("")
    assert done.returncode == 2
    assert "no sandbox runs on this machine" in done.stderr


@pytest.mark.parametrize("words", [("main",), ("--to", OURS), ("--at", "2026-03-02T10:00"), ("--save", "x.call.yaml")])
def test_who_is_phoned_decides_nothing_else(answer: Any, words: tuple[str, ...]) -> None:
    done = answer("", *words)
    assert done.returncode == 2
    assert "With --answer the hotline phones you" in done.stderr


def test_in_chinese_too(ivr: Any, ringing: Ringing) -> None:
    ringing.ring()
    done = ivr("call", "--answer", given="n\n", IVR_LANG="zh-CN", IVR_EXCHANGE_PORT=str(ringing.server.port))
    assert "来电振铃 … +86 21 5550 0124（按回车接听，n 不接听，m 由语音信箱接听）" in done.stdout
    assert done.stdout.splitlines()[-1] == "未接听"
