"""What the audit calls right and wrong of a case's log, of sensitive entries, and of what counts as acknowledged."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.ledger import acknowledged
from ivr.carrier.line import Reply
from ivr.service.stored_rows import CallOnRecord, CaseEventOnRecord, CaseOnRecord, TurnOnRecord
from ivr.simulate.audit.case_invariants import check_status
from ivr.simulate.audit.sensitive import entries, found_in

OPEN, CLOSED = "2026-03-17", None
XML = "text/xml"
AT = "2026-03-02T14:10:00+00:00"
CALL = CallOnRecord("CA1", 1, None, "main", "en-US", "", AT, "completed", "served", False)


class Log:
    """Nothing but the logs of cases."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds

    def events(self, number: int) -> Sequence[CaseEventOnRecord]:
        return [CaseEventOnRecord(at=AT, kind=kind, by="caller", data="{}") for kind in self.kinds]

    def call(self, call: str) -> None: ...

    def turns(self, call: str) -> Sequence[TurnOnRecord]:
        return []

    def cases(self, *, number: int | None = None, call: str = "", most: int = 1000) -> Sequence[CaseOnRecord]:
        return []

    def texts(self) -> Sequence[str]:
        return []


def wrong(kind: str, status: str, partial: bool, due: str | None, *log: str, clock: str = "cn-2020") -> list[str]:
    row = CaseOnRecord(1, "CA1", kind, status, partial, 1, AT, due, due, clock, "{}", CALL)
    return [broken.what for broken in check_status([row], Log(*log))]


@pytest.mark.parametrize(
    ("kind", "status", "partial", "due", "log", "clock"),
    [
        ("complaint", "open", True, OPEN, ("opened", "noted"), "cn-2020"),
        ("complaint", "open", False, OPEN, ("opened", "noted", "completed"), "cn-2020"),
        ("callback", "open", False, OPEN, ("completed", "completed"), "two-hours-open"),
        ("inquiry", "closed", False, CLOSED, ("opened", "answered"), "three-workdays"),
        ("inquiry", "open", False, OPEN, ("opened", "answered", "unanswered"), "three-workdays"),
        ("inquiry", "open", False, OPEN, ("opened", "answered", "unanswered", "answered"), "three-workdays"),
        ("feedback", "closed", True, CLOSED, ("opened",), "none"),
        ("complaint", "open", True, CLOSED, ("opened",), "none"),
    ],
)  # fmt: skip
def test_a_case_that_went_its_way_is_right(
    kind: str, status: str, partial: bool, due: str | None, log: tuple[str, ...], clock: str
) -> None:
    assert wrong(kind, status, partial, due, *log, clock=clock) == []


@pytest.mark.parametrize(
    ("row", "log", "sentence"),
    [
        (("complaint", "open", True, OPEN), ("opened", "opened"), "the complaint was opened twice"),
        (("complaint", "open", True, OPEN), (), "the complaint has no log"),
        (("complaint", "closed", False, CLOSED), ("opened", "completed"), "the complaint is closed, by its log"),
        (("inquiry", "open", False, OPEN), ("opened", "answered"), "the inquiry is open, by its log it is closed"),
        (("complaint", "open", True, OPEN), ("completed", "noted"), "the complaint is partial, by its log it is not"),
        (("complaint", "open", False, OPEN), ("opened",), "the complaint is complete, by its log it is not"),
        (("complaint", "open", True, CLOSED), ("opened",), "the complaint is open under the clock cn-2020 and due"),
        (("inquiry", "closed", False, OPEN), ("answered",), "the inquiry is closed under the clock cn-2020 and due"),
    ],
)  # fmt: skip
def test_a_case_that_went_another_way_is_wrong(
    row: tuple[str, str, bool, str | None], log: tuple[str, ...], sentence: str
) -> None:
    found = wrong(*row, *log)

    assert len(found) == 1 and found[0].startswith(sentence)


def sent(*pairs: tuple[str, str]) -> DeliveredRequest:
    return DeliveredRequest("http://127.0.0.1/voice/t/2", pairs, Reply(200, XML, b"<Response/>"))


def test_only_entries_long_enough_not_to_be_met_by_chance_are_looked_for() -> None:
    assert entries(sent(("Digits", "70417"))) == {"70417"}
    assert entries(sent(("Digits", "7041*"))) == {"7041"}
    assert entries(sent(("SpeechResult", "7 0 4 1"))) == {"7 0 4 1"}
    assert entries(sent(("Digits", "704"))) == entries(sent(("SpeechResult", "a long sentence"))) == set()


def test_an_entry_is_found_as_a_whole_word_only() -> None:
    assert found_in({"7041"}, ['{"keys":"7041"}', "Digits(keys='80')"]) == {"7041"}
    assert found_in({"7041"}, ["+8621555070410", "CA17041f", "2026-03-02T22:10"]) == set()
    assert found_in(set(), ["7041"]) == set()


def test_what_was_refused_repeated_or_only_noticed_is_no_turn() -> None:
    turn = sent(("Digits", "1"))
    refused = DeliveredRequest(turn.url, (), Reply(503, "text/plain", b""))
    unanswered = DeliveredRequest(turn.url, (), None)
    repeat = DeliveredRequest(turn.url, turn.pairs, turn.reply, repeats=turn)
    notice = DeliveredRequest("http://127.0.0.1/voice/status", (), Reply(204, "", b""), "notice")

    assert acknowledged([refused, unanswered, turn, repeat, notice]) == [turn]
