"""The moves of a case: which are allowed from where, by whom, and what is said of the others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from ivr.call.case_kinds import CASE_KINDS, NOT_OWED
from ivr.case.case import STATUSES, By, Case, CaseEvent, given, priority
from ivr.case.case_fold import fold
from ivr.case.moves import Move, move
from ivr.case.refused import Refused

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
DUE = datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)
CALLER, LI, ZHAO, WANG = By("caller", "caller"), By("li", "agent"), By("zhao", "agent"), By("wang", "lead")
OPENING = {"kind": "complaint", "clock": "cn-2020", "opened_at": AT.isoformat(), "customer": "+862155500123",
           "due_at": DUE.isoformat(), "due": "2026-03-17", "simulated": "no"}  # fmt: skip
EXTENSION = {"to": "cn-2020+30", "approver": "chen", "reason": "slow", "told_at": "2026-03-02"}
LATER = {"clock": "cn-2020+30", "due": "2026-04-01", "due_at": (DUE + timedelta(days=15)).isoformat()}


def extension(**other: str) -> Move:
    return Move("extended", {**EXTENSION, **other}, deadline=LATER, rung="cn-2020+30")


def after(case: Case | None, wanted: Move, by: By = CALLER, at: datetime = AT) -> Case:
    event = move(case, wanted, by, at)
    assert isinstance(event, CaseEvent), str(event)
    return fold(case, event)


def opened(kind: str = "complaint", **more: str) -> Case:
    return after(None, Move("opened", {**OPENING, "kind": kind, **more}, "CA1", 2, "zh-CN"))


def why(case: Case | None, wanted: Move, by: By = LI) -> str:
    found = move(case, wanted, by, AT)
    assert isinstance(found, Refused)
    return str(found)


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_a_case_begins_with_all_that_is_promised(kind: str) -> None:
    case = opened(kind)

    ended = kind in NOT_OWED
    assert case == Case(
        version=1, kind=kind, status="closed" if ended else "open", call="CA1", turn=2, customer="+862155500123",
        language="zh-CN", opened_at=AT, due_at=DUE, due="2026-03-17", clock="cn-2020", promised="2026-03-17",
        ended_at=AT if ended else None, simulated=False, facts={}, personal={},
    )  # fmt: skip


def test_what_is_told_in_a_later_call_never_takes_the_place_of_the_story() -> None:
    case = after(opened(), Move("noted", {"story": "RE1"}, "CA1", 3))
    corrected = after(case, Move("noted", {"story": "RE2"}, "CA1", 4))
    assert given(corrected)["story"] == "RE2"

    again = after(corrected, Move("noted", {"story": "RE3", "rating": "1", "phone": "+862155500199"}, "CA2", 4))
    once_more = after(again, Move("noted", {"story": "RE4"}, "CA3", 4))
    assert given(once_more) == {"story": "RE2", "rating": "1", "phone": "+862155500199"}
    untold = after(opened(), Move("noted", {"story": "RE3"}, "CA2", 3))
    assert "story" not in given(untold)


def test_what_the_caller_said_is_on_the_case_as_facts_and_as_personal_words() -> None:
    case = after(opened(), Move("noted", {"product": "card", "phone": "+862155500124", "story": ""}, "CA1", 3))

    assert (case.facts, case.personal) == ({"product": "card"}, {"phone": "+862155500124"})
    assert given(case) == {"product": "card", "phone": "+862155500124"}
    assert (case.partial, case.turn, case.version) == (True, 3, 2)


def test_a_later_answer_to_the_same_question_stands_and_an_empty_one_is_none() -> None:
    case = after(after(opened(), Move("noted", {"product": "card"})), Move("noted", {"product": "loan"}))

    assert given(after(case, Move("completed", {"product": ""}))) == {"product": "loan"}


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("normal", "high", "high"), ("high", "normal", "high"), ("urgent", "high", "urgent"),
        ("high", "urgent", "urgent"), ("high", "", "high"), ("", "high", "high"), ("high", "whatever", "high"),
        ("", "", "normal"),
    ],
)  # fmt: skip
def test_the_higher_priority_is_kept(first: str, second: str, kept: str) -> None:
    case = after(after(opened(), Move("completed", {"priority": first})), Move("completed", {"priority": second}))

    assert priority(case) == kept


@pytest.mark.parametrize(
    ("moves", "status", "outcome"),
    [
        (["completed"], "open", ""),
        (["answered"], "closed", "answered"),
        (["unanswered"], "open", "unanswered"),
        (["answered", "unanswered"], "open", "unanswered"),
        (["answered", "answered"], "closed", "answered"),
        (["unanswered", "answered"], "open", "unanswered"),
        (["answered", "unanswered", "answered"], "open", "unanswered"),
        (["completed", "answered"], "open", ""),
        (["completed", "unanswered"], "open", "unanswered"),
        (["answered", "completed"], "closed", "answered"),
    ],
)
def test_a_call_closes_only_what_nobody_is_promised_and_opens_it_again(
    moves: list[str], status: str, outcome: str
) -> None:
    case = opened("inquiry")
    for kind in moves:
        case = after(case, Move(kind))

    assert (case.status, case.facts.get("outcome", ""), case.partial) == (status, outcome, False)
    assert (case.ended_at is None) == (status == "open")
    assert case.due_at == DUE, "a deadline is computed once"


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("kind", ["noted", "completed", "answered", "unanswered"])
def test_what_a_caller_says_is_never_refused_and_never_takes_a_case_from_anybody(kind: str, status: str) -> None:
    case = msgspec.structs.replace(after(opened(), Move("taken"), LI), status=status)

    said = after(case, Move(kind, {"story": "more"}, "CA1", 9), CALLER, AT + timedelta(hours=1))

    kept = ("owner", "due", "due_at", "promised", *(() if status == "open" else ("status", "ended_at")))
    assert [getattr(said, name) for name in kept] == [getattr(case, name) for name in kept]
    assert given(said)["story"] == "more"


def test_who_takes_a_case_owns_it() -> None:
    case = after(opened(), Move("taken"), LI)

    assert (case.status, case.owner, case.turn) == ("in_progress", "li", 2)
    assert after(case, Move("taken"), WANG).owner == "wang"


def test_an_extension_moves_the_deadline_and_the_promise_for_the_complainant_was_told() -> None:
    case = after(opened(), extension(), WANG)

    assert (case.due, case.due_at, case.promised) == ("2026-04-01", DUE + timedelta(days=15), "2026-04-01")
    assert case.clock == "cn-2020+30"
    assert (case.facts, case.personal) == ({}, {}), "what staff write stays in the log"


def test_a_reason_goes_when_the_customer_is_erased_and_an_approver_stays() -> None:
    event = move(opened(), extension(), WANG, AT)

    assert isinstance(event, CaseEvent)
    assert event.personal == {"reason": "slow"} and event.facts["approver"] == "chen"


def test_a_note_of_staff_is_no_word_of_the_caller() -> None:
    case = after(opened(), Move("noted", {"text": "asked the branch"}), LI)

    assert given(case) == {}


def test_a_field_of_a_flow_cannot_change_the_case_itself() -> None:
    names = ("status", "owner", "due", "due_at", "language", "customer", "outcome", "kind", "seq")
    case = opened()

    noted = after(case, Move("noted", dict.fromkeys(names, "closed"), "CA1", 2))

    assert noted == msgspec.structs.replace(case, version=2, personal=dict.fromkeys(names, "closed"))


def test_a_case_keeps_the_language_it_was_last_added_to_in() -> None:
    case = after(opened(), Move("noted", {"product": "card"}, "CA1", 3, "en-US"))

    assert case.language == "en-US"
    event = move(case, Move("noted", {}, "CA1", 4, "en-US"), CALLER, AT)
    assert isinstance(event, CaseEvent) and event.facts == {}


def test_another_call_adds_to_a_case_and_is_not_its_own() -> None:
    assert after(opened(), Move("noted", {"story": "more"}, "CA2", 7)).turn == 2


def test_a_later_answer_of_another_sort_takes_the_place_of_the_earlier_one() -> None:
    chosen = after(opened(), Move("noted", {"product": "card"}, "CA1", 3), CALLER)
    told = after(chosen, Move("noted", {"product": "my savings book 6222"}, "CA1", 4), CALLER)
    assert (given(chosen)["product"], given(told)["product"]) == ("card", "my savings book 6222")
    again = after(told, Move("noted", {"product": "loan"}, "CA1", 5), CALLER)
    assert given(again)["product"] == "loan" and "product" not in (again.personal or {})
