"""The moves of a case: which are allowed from where, by whom, and what is said of the others."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from ivr.call.case_kinds import CASE_KINDS, NOT_OWED
from ivr.case.case_fields import PRIORITIES
from ivr.case.case_fold import FINAL, STATUSES, By, Case, CaseEvent, fold, folded, given, priority
from ivr.case.moves import MOVES, Move, move
from ivr.case.refused import SENTENCES, Refused
from ivr.messages.message import Message

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
DUE = datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC)
CALLER, LI, ZHAO, WANG = By("caller", "caller"), By("li", "agent"), By("zhao", "agent"), By("wang", "lead")
OPENING = {"kind": "complaint", "clock": "cn-2020", "opened_at": AT.isoformat(), "customer": "+862155500123",
           "due_at": DUE.isoformat(), "due": "2026-03-17", "simulated": "no"}  # fmt: skip
EXTENSION = {
    "due": "2026-04-01",
    "due_at": (DUE + timedelta(days=15)).isoformat(),
    "approver": "chen",
    "reason": "slow",
}


def after(case: Case | None, wanted: Move, by: By = CALLER, at: datetime = AT) -> Case:
    event = move(case, wanted, by, at)
    assert isinstance(event, CaseEvent), str(event)
    return fold(case, event)


def opened(kind: str = "complaint", **more: str) -> Case:
    return after(None, Move("opened", {**OPENING, "kind": kind, **more}, "CA1", 2, "zh-CN"))


def why(case: Case | None, wanted: Move, by: By = LI) -> Message:
    found = move(case, wanted, by, AT)
    assert isinstance(found, Refused) and str(found) == found.message
    return found.message


@pytest.mark.parametrize("kind", CASE_KINDS)
def test_a_case_begins_with_all_that_is_promised(kind: str) -> None:
    case = opened(kind)

    ended = kind in NOT_OWED
    assert case == Case(
        version=1, kind=kind, status="closed" if ended else "open", call="CA1", turn=2, customer="+862155500123",
        language="zh-CN", opened_at=AT, due_at=DUE, due="2026-03-17", clock="cn-2020", promised="2026-03-17",
        ended_at=AT if ended else None, simulated=False, facts={}, personal={},
    )  # fmt: skip


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


def test_an_extension_moves_the_deadline_and_leaves_what_was_promised() -> None:
    case = after(opened(), Move("extended", EXTENSION), WANG)

    assert (case.due, case.due_at, case.promised) == ("2026-04-01", DUE + timedelta(days=15), "2026-03-17")
    assert (case.facts, case.personal) == ({}, {}), "what staff write stays in the log"


def test_a_reason_goes_when_the_customer_is_erased_and_an_approver_stays() -> None:
    event = move(opened(), Move("extended", EXTENSION), WANG, AT)

    assert isinstance(event, CaseEvent)
    assert event.personal == {"reason": "slow"} and event.facts["approver"] == "chen"


def test_a_note_of_staff_is_no_word_of_the_caller() -> None:
    case = after(opened(), Move("noted", {"story": "asked the branch", "product": "loan"}), LI)

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


TAKEN = after(opened(), Move("taken"), LI)
GONE = after(opened(), Move("withdrawn", {"reason": "moved"}), LI)


@pytest.mark.parametrize(
    ("case", "wanted", "by", "sentence"),
    [
        (opened(), Move("lost"), LI, f'there is no move "lost". Use one of {", ".join(MOVES)}.'),
        (None, Move("taken"), LI, '"taken" is not possible before the case is opened.'),
        (opened(), Move("opened", OPENING), CALLER, "the case is opened already."),
        (None, Move("opened", {"kind": "complaint"}), CALLER, '"opened" needs clock and opened_at.'),
        (GONE, Move("taken"), LI, '"taken" is not possible while the case is "withdrawn".'),
        (opened("feedback"), Move("taken"), LI, '"taken" is not possible while the case is "closed".'),
        (TAKEN, Move("taken"), ZHAO, "li has taken this case. Ask a lead to take it over."),
        (opened(), Move("taken"), CALLER, '"taken" is for the role agent or lead. caller has the role caller.'),
        (opened(), Move("answered"), LI, '"answered" is for the role caller or system. li has the role agent.'),
        (opened(), Move("extended", EXTENSION), LI, '"extended" is for the role lead. li has the role agent.'),
        (opened(), Move("withdrawn"), LI, '"withdrawn" needs reason.'),
        (opened(), Move("extended", {"due": "2026-04-01"}), WANG, '"extended" needs due_at, approver and reason.'),
        (opened(), Move("extended", {**EXTENSION, "approver": "wang"}), WANG, Message(SENTENCES["own_approval"])),
        (TAKEN, Move("extended", {**EXTENSION, "approver": "li"}), WANG, Message(SENTENCES["own_approval"])),
        (
            opened(), Move("extended", {**EXTENSION, "due": "2026-03-17", "due_at": DUE.isoformat()}), WANG,
            "the deadline is 2026-03-17T15:59:59+00:00 now. Extend it to a later time.",
        ),
        (
            opened(), Move("extended", {**EXTENSION, "due_at": "2026-04-01T10:00"}), WANG,
            '"2026-04-01T10:00" is not a time with a zone. Write it as 2026-03-17T23:59:59+08:00.',
        ),
        (
            opened(due_at="", clock="none"), Move("extended", EXTENSION), WANG,
            'a case under the clock "none" has no deadline to extend.',
        ),
    ],
)  # fmt: skip
def test_a_move_that_is_not_allowed_says_why(case: Case | None, wanted: Move, by: By, sentence: str) -> None:
    said = why(case, wanted, by)

    assert said == sentence
    assert re.search(r"[\u4e00-\u9fff]", said.in_language("zh-CN")) and said.in_language("zh-CN").endswith("。")


WORDS = st.dictionaries(
    st.sampled_from(["product", "story", "phone", "priority", "status", "due", "owner", "customer"]),
    st.sampled_from(["", "card", "loan", "+862155500123", "a long story", *PRIORITIES]),
    max_size=3,
)
DAYS = st.integers(0, 40).map(lambda days: DUE + timedelta(days=days))
STAFFS = {"approver": st.sampled_from(["chen", "wang", "li"]), "reason": st.sampled_from(["", "slow"]),
          "due": st.just("2026-04-01"), "due_at": DAYS.map(datetime.isoformat)}  # fmt: skip
STEPS = st.tuples(
    st.builds(
        Move,
        st.sampled_from([*MOVES, "lost"]),
        st.one_of(WORDS, st.fixed_dictionaries(STAFFS)),
        st.sampled_from([None, "CA1", "CA2"]),
        st.sampled_from([None, 3, 9]),
        st.sampled_from([None, "zh-CN", "en-US"]),
    ),
    st.sampled_from([CALLER, LI, ZHAO, WANG, By("system", "system"), By("sun", "quality")]),
)


@settings(max_examples=400, derandomize=True, deadline=None)
@given_that(kind=st.sampled_from(CASE_KINDS), steps=st.lists(STEPS, max_size=12))
def test_whatever_is_tried_in_whatever_order_keeps_the_rules(kind: str, steps: list[tuple[Move, By]]) -> None:
    first = move(None, Move("opened", {**OPENING, "kind": kind}, "CA1", 2, "zh-CN"), CALLER, AT)
    assert isinstance(first, CaseEvent)
    log, case = [first], fold(None, first)

    for n, (wanted, by) in enumerate(steps, 1):
        event, before = move(case, wanted, by, AT + timedelta(minutes=n)), case
        if isinstance(event, Refused):
            assert str(event).endswith(".") and "{" not in str(event)
            continue
        log.append(event)
        case = fold(case, event)
        assert before.partial or not case.partial, "a whole case stays whole"
        assert before.owner is None or case.owner is not None
        assert by.role not in ("caller", "system") or (case.owner, case.due_at) == (before.owner, before.due_at)
        assert before.due_at is None or (case.due_at is not None and case.due_at >= before.due_at)
        if before.owner is not None and by.role == "caller":
            assert case.status == before.status
        assert before.status != "withdrawn" or case.status == "withdrawn"

    assert folded(log) == case and case.version == len(log)
    assert (case.ended_at is not None) == (case.status in FINAL)
    erased = folded([event._replace(personal=None) for event in log])
    assert erased == msgspec.structs.replace(case, customer="", personal=None)


def test_a_later_answer_of_another_sort_takes_the_place_of_the_earlier_one() -> None:
    chosen = after(opened(), Move("noted", {"product": "card"}, "CA1", 3), CALLER)
    told = after(chosen, Move("noted", {"product": "my savings book 6222"}, "CA1", 4), CALLER)
    assert (given(chosen)["product"], given(told)["product"]) == ("card", "my savings book 6222")
    again = after(told, Move("noted", {"product": "loan"}, "CA1", 5), CALLER)
    assert given(again)["product"] == "loan" and "product" not in (again.personal or {})


def test_an_extension_to_a_day_that_is_not_its_own_or_cannot_be_stored_is_refused() -> None:
    for other, code in (
        ({"due": "not a day at all"}, "not_its_day"),
        ({"due": "2026-03-01"}, "not_its_day"),
        ({"due_at": "9999-12-31T23:59:59-23:00"}, "not_a_time"),
    ):
        why = move(opened(), Move("extended", {**EXTENSION, **other}), WANG, AT)
        assert isinstance(why, Refused) and why.code == code
