"""Which ways calls on record went: how often each exit was taken, and at which step callers hung up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from ivr.call.events import ExitTaken
from ivr.call.inputs import Given, Start
from ivr.call.state import Frame, State
from ivr.engine.turn import begin, walk_turn
from ivr.engine.unheard import Unheard
from ivr.errors import IvrError
from ivr.flow.model import Release, StepKey
from ivr.replay.stored import NOT_EVENTS
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import CallFilter, CallRecords, RecordedCall
from ivr.steps.target import Target

Way = tuple[StepKey, ...]
DEEPEST = 3
"""So many of the steps that led into a flow are kept."""


@dataclass(slots=True)
class Traffic:
    """Of many calls: `taken` counts each exit by flow, step and exit, `left` the steps callers hung up at. `ways` has
    both by the steps that had led into the flow, the last of them last; an empty exit is a hang-up. `unread` calls
    could not be taken again, and are in none."""

    calls: int = 0
    unread: int = 0
    taken: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    left: Counter[StepKey] = field(default_factory=Counter)
    ways: Counter[tuple[Way, str, str, str]] = field(default_factory=Counter)

    def add(self, other: Traffic) -> None:
        """Count what another part of the calls came to."""
        self.calls, self.unread = self.calls + other.calls, self.unread + other.unread
        self.taken.update(other.taken)
        self.left.update(other.left)
        self.ways.update(other.ways)


def traffic_of(records: CallRecords, wanted: CallFilter, release_of: Callable[[str], Release]) -> Traffic:
    """The traffic of stored calls, each taken again on its own release."""
    whole = Traffic()
    releases: dict[str, Release | None] = {}
    for call in records.calls(wanted):
        if call.release not in releases:
            releases[call.release] = _release(release_of, call.release)
        found = _one(releases[call.release], call)
        whole.add(found or Traffic(unread=1))
    return whole


def _release(release_of: Callable[[str], Release], name: str) -> Release | None:
    try:
        return release_of(name)
    except IvrError:
        return None


def _one(release: Release | None, call: RecordedCall) -> Traffic | None:
    """The traffic of one call; None where it cannot be taken again."""
    if release is None or len(call.turns) != call.taken or call.entry not in release.flows:
        return None
    found = Traffic(calls=1)
    state = begin(release, call.entry)
    for number, (raw, digest) in enumerate(call.turns, 1):
        if digest == NOT_EVENTS:
            break
        try:
            stored = decode_stored(raw)
        except msgspec.MsgspecError:
            return None
        if isinstance(stored.input, Start) and stored.input.language:
            state = begin(release, call.entry, stored.input.language)
        given = Given(stored.input, number, stored.handling_seconds, stored.facts)
        state, exits = _taken(release, state, given)
        found.ways.update(exits)
    for (_, *exit), count in found.ways.items():
        found.taken[exit[0], exit[1], exit[2]] += count
    if state.stack:
        left = StepKey(state.stack[-1].flow, state.stack[-1].step)
        found.left[left] += 1
        found.ways[_way(state.stack[:-1]), *left, ""] += 1
    return found


class _Noting(Unheard):
    """A walk that notes for each exit which steps had led into its flow."""

    __slots__ = ("noted",)

    def __init__(self, flows: Release, state: State, given: Given) -> None:
        super().__init__(flows, state, given)
        self.noted: list[Way] = []

    def take(self, exit: str, target: Target, topic: str = "") -> None:
        self.noted.append(_way(self.below))
        super().take(exit, target, topic)

    def shortcut(self, key: str, topic: str = "") -> bool:
        if key in self.flows.shortcuts:
            self.noted.append(_way(self.below))
        return super().shortcut(key, topic)


def _taken(release: Release, state: State, given: Given) -> tuple[State, list[tuple[Way, str, str, str]]]:
    """The state after a turn, and the exits it took, each with its way."""
    walk = _Noting(release, state, given)
    walk_turn(walk, state, given)
    exits = [event for event in walk.events if isinstance(event, ExitTaken)]
    return walk.freeze(), [(way, e.flow, e.step, e.exit) for way, e in zip(walk.noted, exits, strict=True)]


def _way(below: Sequence[Frame]) -> Way:
    return tuple(StepKey(frame.flow, frame.step) for frame in below[-DEEPEST:])
