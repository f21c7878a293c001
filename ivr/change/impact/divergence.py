"""Where two releases diverge in a turn, compared by meaning, and which edit is to blame: the nearest changed step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from ivr.call.events import (
    CaseAdded,
    CaseCompleted,
    CaseNoted,
    CaseOpened,
    Event,
    ExitTaken,
    Failed,
    FollowedUp,
    LimitMet,
)
from ivr.call.state import State
from ivr.change.diff import wording
from ivr.change.diff.change import Difference
from ivr.change.impact.changed import Changed, ExitKey
from ivr.change.impact.effects import Diversion, Effect, EffectName
from ivr.flow.model import Release, StepKey
from ivr.messages.message import Message

CasesOnRecord = tuple[tuple[str, bool], ...]
"""The cases of a call so far: kind, and whether it is complete. So too what came of phoning a customer (`result
accepted`) and that something was added to the case of another call (`note`)."""
Suspect = tuple[StepKey | None, str]
"""A step that may be to blame, as far as it is known, with the exit taken there."""
RESULT, NOTE = "result ", "note"
NOWHERE: ExitKey = ("", "", "")
"""The hotline itself."""


class WaitingAt(NamedTuple):
    """Where a call waits after a turn."""

    at: StepKey
    phase: str


class ComparedEvent(NamedTuple):
    """One event, and the step it belongs to as far as that is known. `kept` is what is compared."""

    at: StepKey | None
    exit: str
    kept: object


def compared_events(
    events: Sequence[Event], waiting: WaitingAt | None, names: Difference | None
) -> list[ComparedEvent]:
    """The events without the counted failures; `names` turns the old release's names into the draft's."""
    found: list[ComparedEvent] = []
    at: StepKey | None = waiting.at if waiting else None
    for event in reversed(events):
        if isinstance(event, ExitTaken):
            step = names.step(event.flow, event.step) if names else event.step
            exit = names.exit(event.flow, event.step, event.exit) if names else event.exit
            at = StepKey(event.flow, step)
            found.append(ComparedEvent(at, exit, (event.flow, step, exit)))
        elif not isinstance(event, Failed):
            exit = f"limit {event.limit}" if isinstance(event, LimitMet) else ""
            found.append(ComparedEvent(at, exit, msgspec.to_builtins(event)))
    return found[::-1]


def waiting_at(state: State, names: Difference | None) -> WaitingAt | None:
    """Where a call waits after a turn; None where it has ended."""
    if not state.stack:
        return None
    top = state.stack[-1]
    step = names.step(top.flow, top.step) if names else top.step
    return WaitingAt(StepKey(top.flow, step), state.phase)


def cases_after(cases: CasesOnRecord, events: Sequence[Event]) -> CasesOnRecord:
    """The cases on record after these events."""
    found = dict(cases)
    for event in events:
        match event:
            case CaseOpened(kind=kind) | CaseNoted(kind=kind):
                found.setdefault(kind, False)
            case CaseCompleted(kind=kind):
                found[kind] = True
            case FollowedUp(result=result):
                found[f"{RESULT}{result}"] = True
            case CaseAdded():
                found[NOTE] = True
    return tuple(sorted(found.items()))


def _missing(here: CasesOnRecord, there: CasesOnRecord) -> tuple[str, ...]:
    """What is on record here and not there: a kind, or that its case is complete."""
    other = dict(there)
    gone = []
    for kind, complete in here:
        if kind not in other:
            gone.append(kind)
        elif complete and not other[kind]:
            gone.append(f"complete {kind}")
    return tuple(gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Divergence:
    """A turn that differs: under each release its events, where the call waits after it, its state and its cases.

    `asked` is the step the turn answered, `passed` the last changed step the call passed in an earlier turn.
    """

    changed: Changed
    asked: StepKey | None
    passed: StepKey | None
    old: Sequence[ComparedEvent]
    new: Sequence[ComparedEvent]
    waiting: tuple[WaitingAt | None, WaitingAt | None]
    states: tuple[State, State]
    cases: tuple[CasesOnRecord, CasesOnRecord]


def diversion(found: Divergence) -> Diversion:
    """The effect of the edit that is to blame, and what the call reached before and reaches now."""
    old, new, changed = found.old, found.new, found.changed
    n = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a.kept != b.kept), min(len(old), len(new)))
    place = _place(found, n)
    same_exits = [event.kept for event in old if event.exit] == [event.kept for event in new if event.exit]
    only_record = same_exits and found.waiting[0] == found.waiting[1]
    before, after = found.cases
    how: EffectName = "other record" if only_record else "diverted"
    effect = Effect(how, *place, lost=_missing(before, after), gained=_missing(after, before))
    if targets := changed.retargeted.get(place):
        return Diversion(effect, *(wording.target(target, place[0]) for target in targets))
    reached = _reached(changed.before, old[n : n + 1], found.waiting[0], found.asked)
    return Diversion(effect, reached, _reached(changed.after, new[n : n + 1], found.waiting[1], found.asked))


def _place(found: Divergence, n: int) -> ExitKey:
    """The edit to blame where the events differ from the `n`-th on: an exit, a step, a flow's head or the hotline."""
    changed, old = found.changed, found.old
    last = old[n - 1] if n else None
    if last and last.exit:
        at = ("", "") if last.exit.startswith("shortcut ") else (last.at or ("", ""))
        if (*at, last.exit) in changed.retargeted:
            return _by_own_edit(changed, (*at, last.exit))
        if last.exit.startswith("limit "):
            return "", "", last.exit
    here, later = _where_they_differ(found, n), _later(found, n)
    earlier = [*((event.at, event.exit) for event in reversed(old[:n])), (found.passed, "")]
    running = [(StepKey(frame.flow, frame.step), "") for state in found.states for frame in reversed(state.stack)]
    for key, exit in (*here, *earlier, *later, *running):
        if key and (key in changed.edited or key in changed.inherited):
            return _by_own_edit(changed, (*key, exit))
    return next(((key[0], "", "") for key, _ in (*here, *later) if key and key[0] in changed.heads), NOWHERE)


def _where_they_differ(found: Divergence, n: int) -> list[Suspect]:
    """The steps of the first events that differ; the step the turn answered, if those are the turn's first."""
    differing = [events[n] for events in (found.old, found.new) if n < len(events)]
    return [(event.at, event.exit) for event in differing] + ([(found.asked, "")] if n == 0 else [])


def _later(found: Divergence, n: int) -> list[Suspect]:
    """The steps of all events from there on, and those at which the call waits."""
    following = [(event.at, event.exit) for event in (*found.old[n:], *found.new[n:])]
    return [*following, *((mark.at, "") for mark in found.waiting if mark)]


def _by_own_edit(changed: Changed, place: ExitKey) -> ExitKey:
    """A step is to blame for its own edit; what it inherits is the hotline's."""
    flow, step, exit = place
    if not flow or (flow, step) not in changed.inherited:
        return place
    reads = changed.after.flows[flow].steps[step].declared.reads
    asked = [name for name in sorted(changed.hours) if f"hours.{name}" in reads]
    if asked:
        return "", "", f"hours {asked[0]}"
    return "", "", exit if exit in ("no_input", "no_match") else ""


def _reached(
    release: Release, events: Sequence[ComparedEvent], waiting: WaitingAt | None, asked: StepKey | None
) -> Message:
    """What a call reaches by the first event that differs: the exit's target, a desk, the end, or where it waits."""
    event = events[0] if events else None
    if event and event.exit and event.at:
        flow, step = event.at
        known = release.flows[flow].steps.get(step) if flow in release.flows else None
        target = known.declared.exits.get(event.exit) if known else None
        return wording.target(target, flow) if target else wording.step_of(step, flow)
    if event and isinstance(event.kept, dict):
        if event.kept["type"] == "transfer_begun":
            return Message("impact.reached.desk", name=event.kept["destination"])
        if event.kept["type"] == "ended":
            return Message("impact.reached.end-as", disposition=event.kept["disposition"])
    if waiting and waiting.at == asked and not event:
        return Message("impact.reached.once-more", step=waiting.at.step)
    return wording.step_of(waiting.at.step, waiting.at.flow) if waiting else Message("impact.reached.end")
