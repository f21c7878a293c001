"""Which ways calls on record went: how often each exit was taken, and at which step callers hung up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from ivr.call.events import ExitTaken
from ivr.call.inputs import Given, Start
from ivr.engine.turn import begin
from ivr.engine.unheard import take_unheard
from ivr.errors import IvrError
from ivr.flow.model import Release, StepKey
from ivr.replay.stored import NOT_EVENTS
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import CallFilter, CallRecords, RecordedCall


@dataclass(slots=True)
class Traffic:
    """Of many calls: `taken` counts each exit by flow, step and exit, `left` the steps callers hung up at. `unread`
    calls could not be taken again, and are in neither."""

    calls: int = 0
    unread: int = 0
    taken: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    left: Counter[StepKey] = field(default_factory=Counter)

    def add(self, other: Traffic) -> None:
        """Count what another part of the calls came to."""
        self.calls, self.unread = self.calls + other.calls, self.unread + other.unread
        self.taken.update(other.taken)
        self.left.update(other.left)


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
        state, events = take_unheard(release, state, given)
        found.taken.update((e.flow, e.step, e.exit) for e in events if isinstance(e, ExitTaken))
    if state.stack:
        found.left[StepKey(state.stack[-1].flow, state.stack[-1].step)] += 1
    return found
