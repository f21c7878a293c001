"""The judge of the chaos run: each invariant is broken once by hand and must be noticed, alone; and what only looks
like a broken one must not be. The ledger is that of a real call, led in process."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from calls import CALLED, PUBLIC_URL, TOKEN, Exchange
from chaos_judge import CallJudge, CallRecord, TurnRow
from chaos_ledger import Answer, Attempt, CallLedger
from chaos_record import Record

from ivr.app.database import opened
from ivr.call.case_number import case_number
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import Reply, WsgiLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.twilio.fixed import FAREWELL, apology, hold

UNSPECIFIC = (apology("").encode(), FAREWELL.encode())
XML = "text/xml; charset=utf-8"


class RecordedLine:
    """In process, with a ledger."""

    def __init__(self, line: WsgiLine, ledger: CallLedger) -> None:
        self._line, self._ledger = line, ledger

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        reply = self._line.post(url, body, headers, timeout)
        answer = Answer(reply.status, reply.kind, reply.body, len(reply.body))
        self._ledger.attempts.append(Attempt(url, body, headers["X-Twilio-Signature"], 0, answer))
        return reply


def complaint(exchange: Exchange) -> CallLedger:
    """A whole call that leaves a complaint, with its ledger."""
    ledger = CallLedger("")
    line = RecordedLine(WsgiLine(exchange.app), ledger)
    setup = PhoneNumberSetup.of(PUBLIC_URL)
    phone = PhoneCall(delivery=Delivery(line, TOKEN), number=setup, caller="+862155501234", called=CALLED)
    ledger.call = phone.call
    phone.dial()
    phone.press("1")
    phone.silence()
    phone.press("3")
    phone.press("1")
    phone.record(14, text="the card was charged twice", key="#")
    phone.press("1")
    phone.hang_up()
    return ledger


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[CallLedger, CallRecord]:
    """The ledger of a call, and what is on record of it."""
    folder: Path = tmp_path_factory.mktemp("chaos")
    exchange = Exchange(f"sqlite:///{folder / 'ivr.db'}", "NORMAL")
    ledger = complaint(exchange)
    with opened(exchange.settings) as database:
        return ledger, Record(database).call(ledger.call)


def found(ledger: CallLedger, record: CallRecord) -> list[str]:
    return [one.invariant for one in CallJudge(ledger, record, UNSPECIFIC).broken()]


def signature(fingerprint: bytes) -> str:
    return b64encode(fingerprint + bytes(8)).decode()


def asked(turn: int, answer: Answer | None, by: bytes = bytes(12)) -> Attempt:
    return Attempt(f"{PUBLIC_URL}/voice/t/{turn}", b"CallSid=CA1", signature(by), 0, answer)


def said(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response><Say>{text}</Say></Response>'.encode()


def whole(body: bytes, status: int = 200) -> Answer:
    return Answer(status, XML, body, len(body))


def of(*attempts: Attempt) -> CallLedger:
    return CallLedger("CA1", list(attempts))


def rows(*replies: bytes, by: bytes | None = bytes(12)) -> CallRecord:
    made = [TurnRow(n, by, reply) for n, reply in enumerate(replies, 1)]
    return CallRecord(len(made), made, "provider", (), ())


def test_a_call_that_nothing_happened_to_is_right(sides: tuple[CallLedger, CallRecord]) -> None:
    ledger, record = sides

    assert len(record.turns) == 7
    assert record.cases
    assert record.recordings
    assert found(ledger, record) == []


@pytest.mark.parametrize(
    ("changes", "invariants"),
    [
        ({"ended_by": "flow"}, ["open"]),
        ({"ended_by": None}, ["open"]),
        ({"recordings": ()}, ["notices", "notices"]),
        ({"cases": ()}, ["numbers"]),
        ({"turns_taken": 6}, ["turns"]),
        ({"turns_taken": None}, ["turns"]),
    ],
)
def test_a_record_that_lacks_something_is_noticed(
    sides: tuple[CallLedger, CallRecord], changes: dict[str, object], invariants: list[str]
) -> None:
    ledger, record = sides

    assert set(found(ledger, replace(record, **changes))) == set(invariants)  # type: ignore[arg-type]


def test_a_turn_that_is_not_on_record_is_noticed(sides: tuple[CallLedger, CallRecord]) -> None:
    ledger, record = sides
    lacking = replace(record, turns=record.turns[:-1], turns_taken=len(record.turns) - 1)

    assert found(ledger, lacking) == ["lost"]


def test_a_turn_that_is_on_record_twice_is_noticed(sides: tuple[CallLedger, CallRecord]) -> None:
    ledger, record = sides
    doubled = replace(record, turns=[*record.turns, record.turns[-1]])

    assert found(ledger, doubled) == ["turns"]


def test_another_document_on_record_is_noticed(sides: tuple[CallLedger, CallRecord]) -> None:
    ledger, record = sides
    first, *rest = record.turns
    changed = replace(record, turns=[replace(first, reply=first.reply.replace(b"Say", b"Sing")), *rest])

    assert found(ledger, changed) == ["other answer"]


@pytest.mark.parametrize(
    "nothing",
    [
        None,
        whole(hold("/voice/t/2", 0).encode()),
        whole(hold("/prefix/voice/t/2", 1).encode()),
        whole(apology("").encode()),
        whole(FAREWELL.encode()),
        Answer(200, XML, b"", None),
        Answer(200, "", b"", None),
        Answer(200, XML, b"", 312),
        Answer(200, XML, said("Hello")[:-1], len(said("Hello"))),
        Answer(200, XML, said("Hello"), None),
    ],
    ids=["none", "hold", "hold below a path", "apology", "farewell", "no length", "no headers", "empty", "cut", "open"],
)
def test_twenty_four_replies_that_answer_nothing_are_no_lost_turns(nothing: Answer | None) -> None:
    judge = CallJudge(of(*(asked(turn, nothing) for turn in range(2, 26))), rows(said("1")), UNSPECIFIC)

    assert judge.broken() == []
    assert judge.unacknowledged() == (24 if nothing else 0)


def test_twenty_four_whole_answers_without_a_row_are_lost_turns() -> None:
    ledger = of(*(asked(turn, whole(said(str(turn)))) for turn in range(2, 26)))

    assert found(ledger, rows(said("1"))) == ["lost"] * 24


def test_copies_answered_differently_are_noticed() -> None:
    ledger = of(asked(1, whole(said("1"))), asked(1, whole(said("one"))))

    assert found(ledger, rows(said("1"))) == ["other answer", "copies"]


@pytest.mark.parametrize(
    "other", [None, Answer(200, XML, b"<", 9), whole(hold("/voice/t/1", 0).encode()), whole(UNSPECIFIC[0])]
)
def test_a_copy_without_a_whole_answer_is_compared_with_nothing(other: Answer | None) -> None:
    judge = CallJudge(of(asked(1, whole(said("1"))), asked(1, other)), rows(said("1")), UNSPECIFIC)

    assert judge.broken() == []
    assert judge.compared_copies() == 0


def test_copies_answered_alike_are_counted() -> None:
    ledger = of(*(asked(1, whole(said("1"))) for _ in range(3)))

    assert CallJudge(ledger, rows(said("1")), UNSPECIFIC).compared_copies() == 2


def test_a_straggler_may_hear_what_a_later_turn_answered_where_another_request_took_its_own() -> None:
    ledger = of(asked(1, whole(said("2"))), asked(1, whole(said("1"))))

    assert found(ledger, rows(said("1"), said("2"), by=b"the fallback")) == []
    assert found(ledger, rows(said("1"), said("2"))) == ["other answer", "copies"]
    assert found(ledger, rows(said("1"), said("2"), by=None)) == ["other answer", "copies"]


def test_a_straggler_never_hears_what_an_earlier_turn_answered() -> None:
    ledger = of(asked(2, whole(said("1"))))

    assert found(ledger, rows(said("1"), said("2"), by=b"the fallback")) == ["other answer"]


def test_a_request_to_the_fallback_names_the_turn_that_failed() -> None:
    body = b"CallSid=CA1&ErrorCode=11200&ErrorUrl=https%3A%2F%2Fivr.example.com%2Fvoice%2Ft%2F3%2Fagain"
    attempt = Attempt(f"{PUBLIC_URL}/voice/fallback", body, signature(bytes(12)), 0, whole(said("3")))

    assert attempt.turn == 3
    assert found(of(attempt), rows(said("1"))) == ["lost"]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/voice/t/1", whole(said("1"), status=500)),
        ("/voice/t/1", whole(b"<Response><Sing/></Response>")),
        ("/voice/whisper/1", whole(b"<Response><Dial/></Response>")),
        ("/voice/status", whole(b"", status=500)),
    ],
)
def test_an_answer_the_network_would_refuse_is_noticed(path: str, answer: Answer) -> None:
    ledger = of(Attempt(PUBLIC_URL + path, b"", signature(bytes(12)), 0, answer))

    assert "answers" in found(ledger, rows(answer.body))


@pytest.mark.parametrize("status", [204, 503])
def test_a_notice_is_kept_or_told_to_come_again(status: int) -> None:
    ledger = of(Attempt(f"{PUBLIC_URL}/voice/status", b"", signature(bytes(12)), 0, whole(b"", status=status)))

    assert found(ledger, rows()) == []


@pytest.mark.parametrize(
    ("text", "given", "heard"),
    [
        ("您的投诉已受理，编号是一二三，四五六，七八九。再报一遍", b"", False),
        ("Your number is 5 7 2, 1 8 3, 0 4 9. We", b"", False),
        ("号码是{0}，再报一遍，{0}", b"", True),
        ("The number is {0}, right?", b"Digits={0}", False),
        ("Press 1 or 2", b"", False),
    ],
)
def test_numbers_that_are_heard_are_case_numbers_unless_the_caller_gave_them(
    text: str, given: bytes, heard: bool
) -> None:
    number = str(case_number(7, "complaint"))
    body = given.replace(b"{0}", number.encode())
    attempt = replace(asked(1, whole(said(text.replace("{0}", number)))), body=body)

    assert ("numbers" in found(of(attempt), rows(attempt.answer.body if attempt.answer else b""))) == heard
