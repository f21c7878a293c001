"""Which edit led a call elsewhere: the changed step nearest before the place where two releases part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ivr.call.state import State
from ivr.change.diff import wording
from ivr.change.impact.changed import Changed
from ivr.change.impact.effect import Effect, Led
from ivr.change.impact.meaning import Happened, Landing, Record, missing
from ivr.flow.model import Release, StepKey
from ivr.steps.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A turn whose outcome differs: what happened under each release, where each call waits then, what is on record.

    `asked` is the step the turn answered, `passed` the last changed step the call had passed before this turn.
    """

    changed: Changed
    asked: StepKey | None
    passed: StepKey | None
    old: Sequence[Happened]
    new: Sequence[Happened]
    landings: tuple[Landing, Landing]
    states: tuple[State, State]
    records: tuple[Record, Record]


def blamed(parting: Parting) -> Led:
    """The effect of the edit that is to blame, and where the call was and would be led."""
    old, new, changed = parting.old, parting.new, parting.changed
    n = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a.kept != b.kept), min(len(old), len(new)))
    flow, step, exit = _place(parting, n)
    record = parting.records
    same_way = [h.kept for h in old if h.exit] == [h.kept for h in new if h.exit]
    only_record = same_way and parting.landings[0] == parting.landings[1]
    effect = Effect(
        "other record" if only_record else "led elsewhere", flow, step, exit,
        missing(record[0], record[1]), missing(record[1], record[0]),
    )  # fmt: skip
    targets = changed.retargeted.get((flow, step, exit))
    if targets:
        return Led(effect, *(_target(flow, target) for target in targets))
    before = _where(changed.before, old, n, parting.landings[0], parting.asked)
    return Led(effect, before, _where(changed.after, new, n, parting.landings[1], parting.asked))


def _place(parting: Parting, n: int) -> tuple[str, str, str]:
    """Flow, step and exit to blame; nothing where only the hotline itself can be."""
    changed, old, new = parting.changed, parting.old, parting.new
    last = old[n - 1] if n else None
    if last and last.exit:
        place = ("", "") if last.exit.startswith("shortcut ") else (last.at or ("", ""))
        if (*place, last.exit) in changed.retargeted:
            return _own(changed, *place, last.exit)
        if last.exit.startswith("limit "):
            return "", "", last.exit
    differing = [each[n] for each in (old, new) if n < len(each)]
    at = [(h.at, h.exit) for h in differing] + ([(parting.asked, "")] if n == 0 else [])
    nearest = [(h.at, h.exit) for h in reversed(old[:n])] + [(parting.passed, "")]
    following = [(h.at, h.exit) for h in (*old[n:], *new[n:])]
    ends = [(mark[:2], "") for mark in parting.landings if mark]
    stack = [((f.flow, f.step), "") for state in parting.states for f in reversed(state.stack)]
    for place_, exit in (*at, *nearest, *following, *ends, *stack):
        if place_ in changed.way or place_ in changed.inherited:
            assert place_ is not None
            return _own(changed, *place_, exit)
    for place_, _ in (*at, *following, *ends):
        if place_ and place_[0] in changed.heads:
            return place_[0], "", ""
    return "", "", ""


def _own(changed: Changed, flow: str, step: str, exit: str) -> tuple[str, str, str]:
    """A step's own edit is to blame for itself; what it inherits is the hotline's."""
    if flow and (flow, step) in changed.inherited:
        asked = [name for name in sorted(changed.hours) if f"hours.{name}" in _reads(changed, flow, step)]
        if asked:
            return "", "", f"hours {asked[0]}"
        return "", "", exit if exit in ("no_input", "no_match") else ""
    return flow, step, exit


def _reads(changed: Changed, flow: str, step: str) -> frozenset[str]:
    return changed.after.flows[flow].steps[step].declared.reads


def _target(flow: str, target: Target) -> str:
    """Where an exit of a flow leads, for readers who are not in that flow."""
    if target.to == "step":
        return f'"{target.name}" of "{flow}"'
    return wording.target(target).replace("this flow", f'the flow "{flow}"')


def _where(release: Release, events: Sequence[Happened], n: int, mark: Landing, asked: StepKey | None) -> str:
    """Where a call is led from the place of parting: where the exit leads that it takes there, or where it waits."""
    event = events[n] if n < len(events) else None
    if event and event.exit and event.at:
        flow, step = event.at
        known = release.flows[flow].steps.get(step) if flow in release.flows else None
        target = known.declared.exits.get(event.exit) if known else None
        return _target(flow, target) if target else f'"{step}" of "{flow}"'
    if event and isinstance(event.kept, dict):
        if event.kept["type"] == "transfer_begun":
            return f'the desk "{event.kept["destination"]}"'
        if event.kept["type"] == "ended":
            return f"the end of the call ({event.kept['disposition'].replace('_', ' ')})"
    if mark and mark[:2] == asked and not event:
        return f'"{mark[1]}" once more'
    return f'"{mark[1]}" of "{mark[0]}"' if mark else "the end of the call"
