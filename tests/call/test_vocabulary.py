"""The tables of words: facts, keys, kinds of case, and what of an event a caller has said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args, get_origin, get_type_hints

import msgspec
import pytest

from ivr.call.case_kinds import CASE_KINDS, ROWS, CaseKind
from ivr.call.case_number import ROOM
from ivr.call.events import CaseCompleted, CaseNoted, Event, ExitTaken
from ivr.call.facts import (
    CALL_VALUES,
    CALLER_NUMBER,
    FACTS,
    HISTORY,
    NAMED_FACTS,
    fact_of,
    source_of,
    stored_elsewhere,
)
from ivr.call.inputs import NoInput, Stored
from ivr.call.keys import KEYS, pressed_key, pressed_keys, written_key, written_keys
from ivr.call.verbs import Verb
from ivr.lint.paths.not_built import FACTS as NOT_BUILT


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("caller.visits", "caller.visits"),
        ("hours.agents", "hours.*"),
        ("hours.agents.opens", "hours.*.opens"),
        ("switch.outage", "switch.*"),
        ("case.due", "case.due"),
        ("case.complaint.due", "case.due"),
        ("call.vip", "call.*"),
        ("call.from", "call.from"),
    ],
)
def test_a_fact_is_found_by_the_name_a_flow_gives_it(name: str, row: str) -> None:
    found = fact_of(name)

    assert found is not None and found.name == row


@pytest.mark.parametrize("name", ["phone", "found.state", "caller.mood", "hours", "case.complaint.mood"])
def test_what_is_not_in_the_table_is_no_fact(name: str) -> None:
    assert fact_of(name) is None and source_of(name) is None
    assert not stored_elsewhere(name)


def test_every_fact_has_one_row() -> None:
    assert len({fact.name for fact in FACTS}) == len(FACTS)
    assert set(CALLER_NUMBER) | set(HISTORY) < NAMED_FACTS
    assert {"call.recording"} == CALL_VALUES and not CALL_VALUES & NAMED_FACTS


def test_only_the_caller_s_number_the_call_and_its_case_stay_as_they_are() -> None:
    assert {fact.source for fact in FACTS if not fact.changes} == {"caller", "call", "case", "taken", "nobody"}


def test_what_nobody_answers_yet_is_reported_by_lint() -> None:
    assert {fact.name for fact in FACTS if fact.source == "nobody"} == set(NOT_BUILT)


def test_a_key_is_written_and_pressed_both_ways() -> None:
    assert [written_key(pressed_key(key)) for key in KEYS] == list(KEYS)
    assert written_keys("1*2#") == "1star2pound" and pressed_keys("1star2pound") == "1*2#"
    assert pressed_key("hangup") == written_key("hangup") == "hangup"


def test_every_kind_of_case_has_its_row_in_order() -> None:
    assert get_args(CaseKind) == CASE_KINDS
    assert len({row.counted for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("kind", [*get_args(Event), *get_args(Verb)], ids=lambda kind: str(kind.__name__))
def test_events_and_verbs_with_free_values_name_them(kind: type[msgspec.Struct]) -> None:
    hints = get_type_hints(kind)
    free = [name for name in kind.__struct_fields__ if get_origin(hints[name]) is Mapping]

    assert free == ([kind.words] if kind.words else [])  # type: ignore[attr-defined]


def test_an_event_without_words_is_the_same_for_every_caller() -> None:
    noted, whole = CaseNoted("complaint", {"product": "card"}), CaseCompleted("inquiry", {"story": "..."}, "answered")
    taken = ExitTaken("main", "menu", "投诉")

    assert noted.without_words() == CaseNoted("complaint", {"product": ""})
    assert whole.without_words() == CaseCompleted("inquiry", {}, "answered")
    assert taken.without_words() is taken


def test_the_handling_time_of_a_stored_turn_keeps_its_old_key() -> None:
    raw = b'{"at":"2026-03-02T02:00:00Z","input":{"type":"no_input"},"served":7,"facts":{}}'
    stored = msgspec.json.decode(raw, type=Stored)

    assert (stored.handling_seconds, stored.input) == (7, NoInput())
    assert msgspec.json.encode(stored) == raw


def test_a_case_number_has_room_for_every_kind_of_case() -> None:
    assert len(CASE_KINDS) <= ROOM, "raise ROOM in ivr/call/case_number.py: with too little, two cases share a number"
