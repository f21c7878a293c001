"""What callers said that nobody understood, and what they did next: stored calls taken again, nothing kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, cast

import msgspec

from ivr.call.events import Event, ExitTaken, Failed, TransferBegun
from ivr.call.inputs import Digits, Given, NoInput, Speech, Start
from ivr.call.state import State
from ivr.engine.shortcuts import understand_at
from ivr.engine.turn import begin
from ivr.engine.turn_walk import Walking
from ivr.engine.unheard import take_unheard
from ivr.errors import IvrError
from ivr.flow.model import Release, StepKey
from ivr.replay.stored import NOT_EVENTS
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import CallFilter, CallRecords, RecordedCall
from ivr.speech.understood import Understood
from ivr.steps.step import Question

Next = Literal["key", "words", "silence", "person", "went_on", "hung_up"]


class Said(NamedTuple):
    """An utterance as a question heard it."""

    at: StepKey
    language: str
    text: str


@dataclass(slots=True)
class Told:
    """What is known of an utterance: how often it was said and how often asked about, in which calls (each once),
    what callers did next, and which choice they took at the same question then."""

    times: int = 0
    asked: int = 0
    calls: list[str] = field(default_factory=list)
    next: Counter[Next] = field(default_factory=Counter)
    chosen: Counter[str] = field(default_factory=Counter)

    def add(self, other: Told) -> None:
        """Count what another part of the calls came to."""
        self.times, self.asked = self.times + other.times, self.asked + other.asked
        self.calls += other.calls
        self.next.update(other.next)
        self.chosen.update(other.chosen)


@dataclass(slots=True)
class Unanswered:
    """Of many calls, everything said that was not understood. `unread` calls could not be taken again."""

    calls: int = 0
    unread: int = 0
    said: dict[Said, Told] = field(default_factory=dict)

    def add(self, other: Unanswered) -> None:
        """Count what another part of the calls came to."""
        self.calls, self.unread = self.calls + other.calls, self.unread + other.unread
        for said, told in other.said.items():
            self.said.setdefault(said, Told()).add(told)


class TakenTurn(NamedTuple):
    """A turn of a call taken again: what came in, where the call stood before, and what happened."""

    before: State
    given: Given
    after: State
    events: Sequence[Event]

    @property
    def at(self) -> StepKey | None:
        """The question that was asked."""
        return _at(self.before)


class TakenAgain(NamedTuple):
    """A call taken again."""

    release: Release
    call: str
    turns: Sequence[TakenTurn]


def unanswered(records: CallRecords, wanted: CallFilter, release_of: Callable[[str], Release]) -> Unanswered:
    """What nobody understood in the wanted calls, each on its own release."""
    whole = Unanswered()
    for again in taken_again(records, wanted, release_of):
        if again is None:
            whole.unread += 1
        else:
            whole.calls += 1
            _note(whole, *again)
    return whole


def taken_again(
    records: CallRecords, wanted: CallFilter, release_of: Callable[[str], Release]
) -> Iterator[TakenAgain | None]:
    """The wanted calls, each taken again on its own release; None for one that cannot be."""
    releases: dict[str, Release | None] = {}
    for call in records.calls(wanted):
        if call.release not in releases:
            releases[call.release] = _release(release_of, call.release)
        release = releases[call.release]
        if release is None or len(call.turns) != call.taken or call.entry not in release.flows:
            yield None
            continue
        try:
            yield TakenAgain(release, call.call, list(_turns(release, call)))
        except msgspec.MsgspecError:
            yield None


def _release(release_of: Callable[[str], Release], name: str) -> Release | None:
    try:
        return release_of(name)
    except IvrError:
        return None


def _turns(release: Release, call: RecordedCall) -> Iterator[TakenTurn]:
    state = begin(release, call.entry)
    for number, (raw, digest) in enumerate(call.turns, 1):
        if digest == NOT_EVENTS:
            break
        stored = decode_stored(raw)
        if isinstance(stored.input, Start) and stored.input.language:
            state = begin(release, call.entry, stored.input.language)
        given = Given(stored.input, number, stored.handling_seconds, stored.facts)
        after, events = take_unheard(release, state, given)
        yield TakenTurn(state, given, after, events)
        state = after


def _note(whole: Unanswered, release: Release, call: str, turns: Sequence[TakenTurn]) -> None:
    for n, turn in enumerate(turns):
        came, at = turn.given.input, _at(turn.before)
        if not isinstance(came, Speech) or at is None or not _not_understood(turn.events, at):
            continue
        told = whole.said.setdefault(Said(at, turn.before.language, came.text), Told())
        following = turns[n + 1] if n + 1 < len(turns) else None
        told.times += 1
        told.asked += _asked(release, turn, at)
        told.next[_next(release, turn, following)] += 1
        if not told.calls or told.calls[-1] != call:
            told.calls.append(call)
        if following is not None and (name := chosen_then(release, following, at)):
            told.chosen[name] += 1


def _at(state: State) -> StepKey | None:
    return StepKey(state.stack[-1].flow, state.stack[-1].step) if state.stack else None


def _not_understood(events: Sequence[Event], at: StepKey) -> bool:
    return any(isinstance(e, Failed) and e.how == "no_match" and (e.flow, e.step) == at for e in events)


def _asked(release: Release, turn: TakenTurn, at: StepKey) -> bool:
    """Whether several choices fitted, so that the caller was asked which."""
    return understood(release, turn, at).outcome == "ask"


def understood(release: Release, turn: TakenTurn, at: StepKey) -> Understood:
    """What the question made of what came in."""
    question = cast(Question, release.flows[at.flow].steps[at.step])
    return understand_at(Walking(release, turn.before, turn.given), question, turn.given.input)


def _next(release: Release, turn: TakenTurn, following: TakenTurn | None) -> Next:
    """What the caller did next: by the turn itself where it led to a person, else by the one after it."""
    if _to_person(release, turn) or (following is not None and _to_person(release, following)):
        return "person"
    if following is None:
        return "hung_up"
    if _at(turn.after) != _at(turn.before):
        return "went_on"
    came = following.given.input
    if isinstance(came, Digits):
        return "key"
    return "words" if isinstance(came, Speech) else "silence" if isinstance(came, NoInput) else "went_on"


def _to_person(release: Release, turn: TakenTurn) -> bool:
    """Whether a turn led to people: it put the caller through, or into a flow that does, whoever is there."""
    before = {frame.flow for frame in turn.before.stack}
    entered = {frame.flow for frame in turn.after.stack} | {e.flow for e in turn.events if isinstance(e, ExitTaken)}
    through = any(isinstance(event, TransferBegun) for event in turn.events)
    return through or any(
        step.declared.outcomes for flow in entered - before for step in release.flows[flow].steps.values()
    )


def chosen_then(release: Release, following: TakenTurn, at: StepKey) -> str:
    """The choice taken at the same question in the next turn; empty for none."""
    if _at(following.before) != at:
        return ""
    step = release.flows[at.flow].steps[at.step]
    names = {name for each in step.declared.choices.values() for keyed in each.keys.values() for name in keyed.values()}
    first = next((event for event in following.events if isinstance(event, ExitTaken)), None)
    if first is None or (first.flow, first.step) != at or first.exit not in names:
        return ""
    return first.exit
