"""What the audit calls right and wrong of a case's log, of sensitive entries, and of what counts as acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.ledger import acknowledged
from ivr.carrier.line import Reply
from ivr.case.case import By, CaseEvent
from ivr.case.case_fold import folded
from ivr.case.moves import Move, move
from ivr.service.cases.case_rows import case_row, event_of, event_row
from ivr.service.rows import CaseEventRow, CaseRow
from ivr.service.stored_rows import CaseOnRecord, TurnOnRecord
from ivr.simulate.audit.case_invariants import check_log
from ivr.simulate.audit.sensitive import entries, found_in

AT = "2026-03-02T14:10:00.000000+00:00"
DUE = "2026-03-17T15:59:59.000000+00:00"
XML = "text/xml"


class Log:
    """Nothing but the log of one case."""

    def __init__(self, events: Sequence[CaseEventRow]) -> None:
        self.log = events

    def events(self, number: int) -> Sequence[CaseEventRow]:
        return self.log

    def call(self, call: str) -> None: ...

    def turns(self, call: str) -> Sequence[TurnOnRecord]:
        return []

    def of_call(self, call: str) -> Sequence[CaseOnRecord]:
        return []

    def texts(self) -> Sequence[str]:
        return []


def made(kind: str, *moves: str, clock: str = "cn-2020") -> tuple[CaseRow, list[CaseEventRow]]:
    """A case of a call and its log; `taken` is by staff."""
    opening = {"kind": kind, "clock": clock, "opened_at": AT} | (
        {} if clock == "none" else {"due_at": DUE, "due": AT[:10]}
    )
    log: list[CaseEvent] = []
    for name in ("opened", *moves):
        by = By("li", "agent") if name == "taken" else By("caller", "caller")
        given = {"opened": opening, "taken": {}}.get(name, {"product": "card"})
        wanted = Move(name, given, "CA1", len(log) + 2)
        event = move(folded(log) if log else None, wanted, by, datetime.fromisoformat(AT))
        assert isinstance(event, CaseEvent)
        log.append(event)
    return case_row(11, folded(log)), [event_row(11, event) for event in log]


def wrong(row: CaseRow, log: Sequence[CaseEventRow]) -> list[str]:
    return [broken.what for broken in check_log([row], Log(log))]


@pytest.mark.parametrize(
    ("kind", "moves", "clock"),
    [
        ("complaint", ("noted",), "cn-2020"),
        ("complaint", ("noted", "completed"), "cn-2020"),
        ("callback", ("completed", "completed"), "two-hours-open"),
        ("inquiry", ("answered",), "three-workdays"),
        ("inquiry", ("answered", "unanswered"), "three-workdays"),
        ("inquiry", ("answered", "unanswered", "answered"), "three-workdays"),
        ("feedback", (), "none"),
        ("complaint", (), "none"),
        ("inquiry", ("taken", "answered"), "three-workdays"),
    ],
)
def test_a_case_that_went_its_way_is_right(kind: str, moves: tuple[str, ...], clock: str) -> None:
    assert wrong(*made(kind, *moves, clock=clock)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"status": "closed"}, "the complaint is not as its log makes it: status is closed, by its log open"),
        ({"owner": "li"}, "the complaint is not as its log makes it: owner is li, by its log None"),
        ({"due": "2026-03-18"}, "the complaint is not as its log makes it: due is 2026-03-18, by its log 2026-03-02"),
        ({"facts": "{}"}, "the complaint is not as its log makes it: facts is {}, by its log"),
        ({"version": 3}, "the complaint is version 3, its log counts 1, 2"),
    ],
)
def test_a_row_its_log_does_not_make_is_wrong(changes: dict[str, Any], sentence: str) -> None:
    row, log = made("complaint", "completed")

    found = wrong(row._replace(**changes), log)

    assert len(found) == 1 and found[0].startswith(sentence)


def test_a_log_that_is_not_there_or_begins_otherwise_is_wrong() -> None:
    row, log = made("complaint", "completed")

    assert wrong(row, []) == ["the complaint has no log"]
    assert wrong(row, log[1:]) == ["the complaint begins with completed, not with being opened"]


def test_a_log_that_leads_along_no_edge_is_wrong_although_it_folds_to_the_row() -> None:
    row, log = made("complaint", "completed")
    closed = log[1]._replace(facts='{"product":"card","status":"closed"}')

    found = wrong(case_row(11, folded([event_of(log[0]), event_of(closed)])), [log[0], closed])

    assert found == ["the complaint is closed, by its log it is open"]


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
