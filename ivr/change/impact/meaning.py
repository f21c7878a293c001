"""A turn's events as they are compared between two releases: by the draft's names, and by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ivr.call.events import CaseCompleted, CaseNoted, CaseOpened, Event, ExitTaken, Failed, LimitMet
from ivr.call.state import State
from ivr.change.impact.changed import Changed
from ivr.flow.model import StepKey

Landing = tuple[str, str, str] | None
"""Flow, step and phase where a call waits; None where it has ended."""
Record = tuple[tuple[str, bool], ...]
"""The cases of a call so far: kind, and whether it is complete."""


class Happened(NamedTuple):
    """One event, and the step it belongs to as far as that can be told. `kept` is what is compared."""

    at: StepKey | None
    exit: str
    kept: object


def happened(events: Sequence[Event], landing: Landing, names: Changed | None) -> list[Happened]:
    """The events but for counted failures, each with its step. `names` turns those of before into the draft's."""
    found: list[Happened] = []
    at: StepKey | None = StepKey(*landing[:2]) if landing else None
    for event in reversed(events):
        if isinstance(event, ExitTaken):
            step = names.step(event.flow, event.step) if names else event.step
            exit = names.exit(event.flow, event.step, event.exit) if names else event.exit
            at = StepKey(event.flow, step)
            found.append(Happened(at, exit, (event.flow, step, exit)))
        elif not isinstance(event, Failed):
            exit = f"limit {event.limit}" if isinstance(event, LimitMet) else ""
            found.append(Happened(at, exit, msgspec.to_builtins(event)))
    return found[::-1]


def landing(state: State, names: Changed | None) -> Landing:
    """Where a call stands after a turn."""
    if not state.stack:
        return None
    top = state.stack[-1]
    return top.flow, names.step(top.flow, top.step) if names else top.step, state.phase


def recorded(record: Record, events: Sequence[Event]) -> Record:
    """The cases on record after these events."""
    cases = dict(record)
    for event in events:
        match event:
            case CaseOpened(kind=kind) | CaseNoted(kind=kind):
                cases.setdefault(kind, False)
            case CaseCompleted(kind=kind):
                cases[kind] = True
    return tuple(sorted(cases.items()))


def missing(here: Record, there: Record) -> tuple[str, ...]:
    """What is on record here and not there: a kind, or that it is complete."""
    other = dict(there)
    gone = []
    for kind, complete in here:
        if kind not in other:
            gone.append(kind)
        elif complete and not other[kind]:
            gone.append(f"complete {kind}")
    return tuple(gone)
