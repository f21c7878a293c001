"""What an edit changed, as a replay needs it: the steps and exits at which two releases can diverge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.call.facts import CALLER_NUMBER
from ivr.change.diff.change import Difference
from ivr.change.impact import fingerprint
from ivr.change.impact.heard_words import reworded_prompts
from ivr.flow.model import Release, StepKey
from ivr.steps.step import Declared, Step
from ivr.steps.target import Target

ExitKey = tuple[str, str, str]
"""Flow, step and exit."""
StepPair = tuple[StepKey, Step, Step, Mapping[str, str]]
"""A step by the draft's name, its old and its new version, and the renamed steps of its flow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Two releases and where they differ; steps and exits by the draft's names.

    `edited`: steps with an edit of their own that changes what they do; `inherited`: steps that do something else by an
    edit of the hotline; `heads`: flows whose head changed what they do; `touched`: every step that differs in anything;
    `retargeted`: exits with their old and new target; `reworded`: prompts with other words, by language; `hours`: those
    that open at other times; `callers`: the facts of a caller's number, where other numbers may be phoned than before;
    `passing`: steps of only one release that speak and go on, so that they divert nobody; `everywhere`: something
    changed that any turn may meet, so that every turn is taken under both releases.
    """

    before: Release
    after: Release
    difference: Difference
    edited: frozenset[StepKey]
    inherited: frozenset[StepKey]
    heads: frozenset[str]
    touched: frozenset[StepKey]
    retargeted: Mapping[ExitKey, tuple[Target, Target]]
    reworded: Mapping[str, frozenset[str]]
    hours: frozenset[str]
    callers: frozenset[str]
    passing: frozenset[StepKey]
    everywhere: bool


def changed(before: Release, after: Release, difference: Difference) -> Changed:
    """What differs between two compiled releases whose difference is known."""
    edited = difference.changed_steps(behavior=True)
    moved = before.time_zone != after.time_zone
    hours = frozenset(name for name in before.hours if moved or before.hours[name] != after.hours.get(name))
    pairs = list(_pairs(before, after, difference))
    callers = frozenset(CALLER_NUMBER if before.phoned != after.phoned else ())
    anew = callers | {f"hours.{name}" for name in hours}
    inherited = {
        key for key, old, new, renamed in pairs
        if key not in edited
        and (not fingerprint.same_routing(old, new, renamed) or anew & new.declared.reads)
    }  # fmt: skip
    touched = {key for key, old, new, renamed in pairs if not fingerprint.same(old, new, renamed)}
    return Changed(
        before=before,
        after=after,
        difference=difference,
        edited=edited,
        inherited=frozenset(inherited),
        heads=frozenset(c.flow for c in difference.changes if c.flow and not c.step and c.changes_behavior),
        touched=difference.changed_steps() | touched | inherited,
        retargeted=_retargeted(pairs, difference, before, after),
        reworded=reworded_prompts(before, after),
        hours=hours,
        callers=callers,
        passing=_passing(before, after, difference),
        everywhere=_everywhere(before, after),
    )


def _pairs(before: Release, after: Release, difference: Difference) -> Iterator[StepPair]:
    for name, flow in before.flows.items():
        if name not in after.flows:
            continue
        renamed = {was: now for (at, was), now in difference.steps.items() if at == name}
        for was, step in flow.steps.items():
            now = renamed.get(was, was)
            if now in after.flows[name].steps:
                yield StepKey(name, now), step, after.flows[name].steps[now], renamed


def _retargeted(
    pairs: Sequence[StepPair], difference: Difference, before: Release, after: Release
) -> dict[ExitKey, tuple[Target, Target]]:
    found: dict[ExitKey, tuple[Target, Target]] = {}
    for (flow, now), old, new, renamed in pairs:
        for exit, target in old.declared.exits.items():
            other = difference.exit(flow, old.name, exit)
            to = new.declared.exits.get(other)
            if to is not None and fingerprint.value(target, renamed) != fingerprint.value(to, {}):
                found[flow, now, other] = (target, to)
    for key, shortcut in before.shortcuts.items():
        if key in after.shortcuts and after.shortcuts[key].next != shortcut.next:
            found["", "", f"shortcut {key}"] = (shortcut.next, after.shortcuts[key].next)
    return found


def _passing(before: Release, after: Release, difference: Difference) -> frozenset[StepKey]:
    alone = {(c.flow, c.step) for c in difference.changes if c.what in ("step added", "step removed")}
    return frozenset(
        StepKey(flow.name, step.name)
        for release in (before, after)
        for flow, step in release.steps()
        if (flow.name, step.name) in alone and _only_speaks(step.declared)
    )


def _only_speaks(declared: Declared) -> bool:
    """Whether a step speaks and goes on, and does nothing else."""
    does = declared.inputs or declared.sets or declared.decides or declared.runs or declared.case
    return bool(declared.says and declared.exits and not does)


def _everywhere(before: Release, after: Release) -> bool:
    """Whether anything changed that any turn may meet."""
    heads, other_heads = (
        {
            name: (f.first, f.first_question, f.rewind, sorted(f.takes), sorted(f.gives), f.intake)
            for name, f in release.flows.items()
        }
        for release in (before, after)
    )
    shortcuts, other_shortcuts = (
        [(key, str(s.next), bool(s.announced), fingerprint.value(s.words, {})) for key, s in release.shortcuts.items()]
        for release in (before, after)
    )
    return (
        heads != other_heads
        or shortcuts != other_shortcuts
        or before.limits != after.limits
        or before.call_values != after.call_values
        or before.first_language != after.first_language
    )
