"""Calls replayed under two releases side by side, each turn remembered.

Callers repeat each other: most turns of most calls are, to the letter, turns another caller has already had. A turn is
a pure function of state, input and facts, so its outcome under both releases is computed once and looked up after that.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from typing import Any

from ivr.call.events import ExitTaken
from ivr.call.inputs import Given, Input, Masked, Recording, Start, Stored
from ivr.call.state import State, encode_state
from ivr.change.impact.changed import Changed
from ivr.change.impact.divergence import (
    CasesOnRecord,
    Divergence,
    cases_after,
    compared_events,
    diversion,
    waiting_at,
)
from ivr.change.impact.draft_input import Compute, StoredFacts, deciding_facts, draft_input
from ivr.change.impact.effects import Diversion, Effect
from ivr.change.impact.heard_otherwise import HeardOtherwise, heard_otherwise
from ivr.change.impact.heard_words import heard_differently, heard_reworded
from ivr.engine.turn import Turn, begin, take_turn
from ivr.flow.model import StepKey
from ivr.messages.message import Message
from ivr.service.calls.answer import digest

MOST_STATES = 60_000
"""Pairs of states that are remembered, some 100 MB, before all are forgotten."""


@dataclass(slots=True)
class PairedState:
    """Where a call is under both releases, and the turns taken from here so far. `same`: one state for both."""

    old: State
    new: State
    passed: StepKey | None
    cases: CasesOnRecord
    same: bool
    turns: dict[Any, PairedTurn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PairedTurn:
    """A turn under both releases: the digest of its events under the old one and what to note.

    One of three: `to`, where it leads under both; `diverted`, the effect at which they diverge; `unknown`, the fact the
    draft needs that is not stored. `heard`: what was said is understood otherwise.
    """

    digest: bytes
    notes: tuple[Diversion, ...] = ()
    to: PairedState | None = None
    diverted: Diversion | None = None
    unknown: str = ""
    heard: HeardOtherwise | None = None


class PairedReplay:
    """Takes turns under two releases and remembers them."""

    def __init__(self, changed: Changed) -> None:
        self.changed = changed
        self._states: dict[Any, PairedState] = {}
        self._deciding = deciding_facts(changed.after)
        self._recompute = changed.callers | {f"hours.{name}" for name in changed.hours}
        limits = (changed.before.limits, changed.after.limits)
        self._turns = min(limit.turns for limit in limits)
        self._seconds = min(limit.call for limit in limits)

    def begin(self, entry: str, language: str) -> PairedState:
        """The state in which a call begins. KeyError where a release has no such flow or language."""
        old = begin(self.changed.before, entry, language)
        new = begin(self.changed.after, entry, language)
        return self._state(old, new, None, ())

    def turn(self, state: PairedState, stored: Stored, number: int, compute: Compute) -> PairedTurn:
        """The turn of a stored input, `number` counted from 1. `compute` gives the facts every call has."""
        key = (stored.input, tuple(sorted(stored.facts.items(), key=_name)) if stored.facts else ())
        within_limits = number <= self._turns and stored.handling_seconds <= self._seconds
        found = state.turns.get(key) if within_limits else None
        if found is None:
            facts = StoredFacts(stored.facts, self._recompute, stored.at, compute)
            found = self._take(state, stored, number, facts)
            if within_limits and not facts.fresh and not isinstance(stored.input, Recording):
                state.turns[key] = found
        return found

    def _state(self, old: State, new: State, passed: StepKey | None, cases: CasesOnRecord) -> PairedState:
        encoded = encode_state(old)
        other = encoded if new is old else encode_state(new)
        same = encoded == other
        key = (encoded, b"" if same else other, passed, cases)
        found = self._states.get(key)
        if found is None:
            if len(self._states) >= MOST_STATES:
                self._forget()
            found = self._states[key] = PairedState(old, old if same else new, passed, cases, same)
        return found

    def _forget(self) -> None:
        """States refer to each other in cycles, which only the collector takes apart."""
        self._states.clear()
        gc.collect()

    def _take(self, state: PairedState, stored: Stored, number: int, facts: StoredFacts) -> PairedTurn:
        changed = self.changed
        new: Turn | None = None
        if state.same and not changed.everywhere and not self._waits_at_an_edit(state):
            new = self._draft_turn(state, stored, stored.input, number, facts)
            if not self._met_an_edit(new):
                return self._untouched(state, new)
        given = Given(input=stored.input, turn=number, handling_seconds=stored.handling_seconds, facts=stored.facts)
        old = take_turn(changed.before, state.old, given, stored.at)
        asked = _waits_at(state.old)
        given_to_draft, notes = stored.input, []
        if asked and not isinstance(stored.input, Start) and state.old.phase:
            meant = draft_input(changed, asked, state.old.language, stored.input, old.events)
            given_to_draft = meant.input
            if meant.gone:
                return PairedTurn(digest(old.events), diverted=self._gone(asked, old))
            notes = [meant.note] if meant.note else []
        if new is None:
            new = self._draft_turn(state, stored, given_to_draft, number, facts)
        if unknown := self._unknown(state, stored.input, facts):
            return PairedTurn(digest(old.events), tuple(notes), unknown=unknown)
        found = self._compared(state, old, new, notes)
        heard = self._heard(stored.input, old, new) if asked and state.old.phase else None
        return replace(found, heard=heard) if heard else found

    def _heard(self, came: Input, old: Turn, new: Turn) -> HeardOtherwise | None:
        difference = self.changed.difference
        return heard_otherwise(
            came, old.events, new.events, lambda left: difference.exit(left.flow, left.step, left.exit) or ""
        )

    def _draft_turn(self, state: PairedState, stored: Stored, given: Input, number: int, facts: StoredFacts) -> Turn:
        mine = Given(input=given, turn=number, handling_seconds=stored.handling_seconds, facts=facts)
        return take_turn(self.changed.after, state.new, mine, stored.at)

    def _waits_at_an_edit(self, state: PairedState) -> bool:
        """Whether the call waits at a step that changed in anything, or in a flow that such a step runs."""
        return any((frame.flow, frame.step) in self.changed.touched for frame in state.new.stack)

    def _met_an_edit(self, turn: Turn) -> bool:
        touched, retargeted = self.changed.touched, self.changed.retargeted
        for event in turn.events:
            if isinstance(event, ExitTaken):
                at = (event.flow, event.step)
                if at in touched or (*at, event.exit) in retargeted:
                    return True
        if not turn.state.stack:
            return True  # the step that ended the call is not named by its events
        return any((frame.flow, frame.step) in touched for frame in turn.state.stack)

    def _untouched(self, state: PairedState, turn: Turn) -> PairedTurn:
        """A turn that meets no edit: the old release takes the same one."""
        cases = cases_after(state.cases, turn.events) if turn.events else state.cases
        to = self._state(turn.state, turn.state, state.passed, cases)
        return PairedTurn(digest(turn.events), tuple(heard_reworded(turn, self.changed.reworded)), to)

    def _gone(self, asked: StepKey, old: Turn) -> Diversion:
        """The choice the caller made is no longer offered."""
        names = self.changed.difference
        chosen = next(event.exit for event in old.events if isinstance(event, ExitTaken))
        return Diversion(Effect("no longer offered", asked.flow, names.step(*asked), names.exit(*asked, chosen)))

    def _unknown(self, state: PairedState, given: Input, facts: StoredFacts) -> str:
        """What the draft needs and is not stored; empty where it needs nothing."""
        needed = sorted(facts.missing & self._deciding)
        if needed:
            return needed[0]
        if isinstance(given, Masked) and _waits_at(state.new) in self.changed.edited:
            return Message("impact.why.sensitive-entry")  # only its length is on record, and what is asked for changed
        return ""

    def _compared(self, state: PairedState, old: Turn, new: Turn, notes: list[Diversion]) -> PairedTurn:
        changed, names = self.changed, self.changed.difference
        waiting = waiting_at(old.state, names), waiting_at(new.state, None)
        before, after = (
            [e for e in compared_events(turn.events, mark, by) if not (e.exit and e.at in changed.passing)]
            for turn, mark, by in ((old, waiting[0], names), (new, waiting[1], None))
        )
        cases = cases_after(state.cases, old.events), cases_after(state.cases, new.events)
        if [e.kept for e in before] == [e.kept for e in after] and waiting[0] == waiting[1]:
            met = [e.at for e in after if e.at in changed.edited or e.at in changed.inherited]
            to = self._state(old.state, new.state, met[-1] if met else state.passed, cases[0])
            heard = heard_differently((changed.before, old), (changed.after, new), changed.reworded)
            return PairedTurn(digest(old.events), (*notes, *heard), to)
        asked = _waits_at(state.old)
        found = Divergence(
            changed=changed,
            asked=StepKey(asked.flow, names.step(*asked)) if asked and state.old.phase else None,
            passed=state.passed, old=before, new=after, waiting=waiting, states=(old.state, new.state), cases=cases,
        )  # fmt: skip
        return PairedTurn(digest(old.events), tuple(notes), diverted=diversion(found))


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def _waits_at(state: State) -> StepKey | None:
    return StepKey(state.stack[-1].flow, state.stack[-1].step) if state.stack else None
