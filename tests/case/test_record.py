"""A case as the fold of what its call said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.case_kinds import CASE_KINDS, CaseKind
from ivr.call.events import CaseCompleted, CaseNoted, CaseOpened, Ended, Event, ExitTaken
from ivr.case.case_record import PRIORITIES, CaseRecord, fold, owed


def folded(*events: Event) -> CaseRecord:
    record = reduce(fold, events, None)
    assert record is not None
    return record


@pytest.mark.parametrize("kind", ["inquiry", "complaint", "callback"])
def test_an_intake_opens_a_partial_case_that_is_owed_an_answer(kind: CaseKind) -> None:
    record = folded(CaseOpened(kind))

    assert record == CaseRecord(kind=kind, status="open", partial=True)
    assert owed(record)


def test_feedback_is_closed_from_the_start_and_owed_nothing() -> None:
    record = folded(CaseOpened("feedback"), CaseNoted("feedback", {"rating": "5"}))

    assert record.status == "closed"
    assert record.fields == {"rating": "5"}
    assert not owed(record)
    assert not owed(folded(CaseOpened("feedback"), CaseCompleted("feedback", {})))


def test_what_the_caller_said_before_hanging_up_is_kept() -> None:
    record = folded(
        CaseOpened("complaint"),
        CaseNoted("complaint", {"product": "card"}),
        CaseNoted("complaint", {"story": "RE1"}),
    )

    assert record.partial
    assert record.fields == {"product": "card", "story": "RE1"}


def test_opening_twice_changes_nothing() -> None:
    once = folded(CaseOpened("complaint"), CaseNoted("complaint", {"product": "card"}))

    assert fold(once, CaseOpened("complaint")) == once


def test_noting_what_is_known_or_nothing_changes_nothing() -> None:
    once = folded(CaseOpened("complaint"), CaseNoted("complaint", {"product": "card"}))

    assert fold(once, CaseNoted("complaint", {"product": "card"})) == once
    assert fold(once, CaseNoted("complaint", {"product": "", "story": ""})) == once
    assert fold(once, CaseNoted("complaint", {})) == once


def test_a_later_answer_to_the_same_question_stands() -> None:
    record = folded(CaseNoted("complaint", {"product": "card"}), CaseNoted("complaint", {"product": "loan"}))

    assert record.fields == {"product": "loan"}


def test_a_case_noted_or_completed_without_an_intake_begins_there() -> None:
    assert folded(CaseNoted("callback", {"phone": "+862155500123"})).partial
    assert folded(CaseCompleted("callback", {"phone": "+862155500123"})) == CaseRecord(
        kind="callback", partial=False, fields={"phone": "+862155500123"}
    )


def test_events_of_other_things_leave_a_case_as_it_is() -> None:
    record = folded(CaseOpened("complaint"))

    assert fold(record, ExitTaken("main", "who", "personal")) is record
    assert fold(None, Ended("completed")) is None


@pytest.mark.parametrize(
    ("outcomes", "status", "outcome"),
    [
        ([""], "open", ""),
        (["answered"], "closed", "answered"),
        (["unanswered"], "open", "unanswered"),
        (["answered", "unanswered"], "open", "unanswered"),
        (["answered", "answered"], "closed", "answered"),
        (["unanswered", "answered"], "open", "unanswered"),
        (["unanswered", "unanswered"], "open", "unanswered"),
        (["answered", "unanswered", "answered"], "open", "unanswered"),
        (["", "answered"], "open", ""),
        (["", "unanswered"], "open", "unanswered"),
        (["answered", ""], "closed", "answered"),
        (["unanswered", ""], "open", "unanswered"),
    ],
)
def test_unanswered_opens_a_case_again_and_answered_closes_only_what_nobody_is_owed(
    outcomes: Sequence[str], status: str, outcome: str
) -> None:
    record = folded(CaseOpened("inquiry"), *(CaseCompleted("inquiry", {}, said) for said in outcomes))

    assert (record.status, record.outcome, record.partial) == (status, outcome, False)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("normal", "high", "high"),
        ("high", "normal", "high"),
        ("urgent", "high", "urgent"),
        ("high", "urgent", "urgent"),
        ("high", "", "high"),
        ("", "high", "high"),
        ("high", "whatever", "high"),
    ],
)
def test_the_higher_priority_is_kept(first: str, second: str, kept: str) -> None:
    record = folded(CaseCompleted("complaint", {"priority": first}), CaseCompleted("complaint", {"priority": second}))

    assert record.fields["priority"] == kept


FIELDS = st.dictionaries(
    st.sampled_from(["product", "story", "phone", "priority"]),
    st.sampled_from(["", "card", "loan", "+862155500123", *PRIORITIES]),
    max_size=3,
)


def events_of(kind: CaseKind) -> st.SearchStrategy[Event]:
    return st.one_of(
        st.just(CaseOpened(kind)),
        st.builds(CaseNoted, st.just(kind), FIELDS),
        st.builds(CaseCompleted, st.just(kind), FIELDS, st.sampled_from(["", "answered", "unanswered"])),
        st.just(ExitTaken("main", "who", "personal")),
    )


HISTORIES = st.sampled_from(CASE_KINDS).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(events_of(kind), max_size=12))
)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(history=HISTORIES)
def test_a_case_only_grows(history: tuple[CaseKind, list[Event]]) -> None:
    kind, events = history
    record = fold(None, CaseOpened(kind))
    assert record is not None
    for event in events:
        after = fold(record, event)

        assert after is not None
        assert after.kind == kind
        assert set(record.fields) <= set(after.fields)
        assert all(after.fields.values())
        assert record.partial or not after.partial
        if after.partial:
            assert after.status == record.status
        record = after


@settings(derandomize=True, deadline=None)
@given(history=HISTORIES)
def test_a_fold_taken_up_from_the_stored_record_comes_out_the_same(history: tuple[CaseKind, list[Event]]) -> None:
    kind, events = history
    whole = stored = fold(None, CaseOpened(kind))
    for event in events:
        whole = fold(whole, event)
        stored = fold(msgspec.json.decode(msgspec.json.encode(stored), type=CaseRecord), event)

    assert stored == whole


@settings(derandomize=True, deadline=None)
@given(history=HISTORIES, event=st.integers(0, 11))
def test_an_event_told_twice_in_a_row_counts_once(history: tuple[CaseKind, list[Event]], event: int) -> None:
    kind, events = history
    doubled = [*events[: event + 1], *events[event:]] if event < len(events) else events

    assert reduce(fold, doubled, fold(None, CaseOpened(kind))) == reduce(fold, events, fold(None, CaseOpened(kind)))
