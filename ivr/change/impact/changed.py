"""What an edit changed, as a replay needs to know it: at which steps two releases can part, and at which exits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.change.diff.change import Difference
from ivr.change.impact import fingerprint as traits
from ivr.flow.model import Release, StepKey
from ivr.flow.words import parts_in
from ivr.steps.step import Step
from ivr.steps.target import Target

Exit = tuple[str, str, str]
"""Flow, step and exit."""
Pair = tuple[StepKey, Step, Step, Mapping[str, str]]
"""A step by the draft's name, both its versions, and the renamed steps of its flow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Two releases and where they differ; steps and exits by the draft's names.

    `way`: steps that can lead elsewhere, by their own edit; `inherited`: by one of the hotline's; `heads`: flows whose
    head changed; `touched`: every step that is not the same in all; `retargeted`: exits with the old and the new
    target; `reworded`: prompts whose words changed, by language; `hours`: those that open otherwise; `everywhere`:
    something changed that is of no one step, so that no turn can be taken as the same unseen; `passing`: steps of only
    one release that speak and go on, which lead nobody elsewhere.
    """

    before: Release
    after: Release
    difference: Difference
    way: frozenset[StepKey]
    inherited: frozenset[StepKey]
    heads: frozenset[str]
    touched: frozenset[StepKey]
    retargeted: Mapping[Exit, tuple[Target, Target]]
    reworded: Mapping[str, frozenset[str]]
    hours: frozenset[str]
    passing: frozenset[StepKey]
    everywhere: bool

    def step(self, flow: str, step: str) -> str:
        """A step of before by its name in the draft."""
        return self.difference.steps.get((flow, step), step)

    def exit(self, flow: str, step: str, exit: str) -> str:
        """An exit of a step of before by its name in the draft."""
        return self.difference.exits.get((flow, step, exit), exit)


def changed(before: Release, after: Release, difference: Difference) -> Changed:
    """What differs between two compiled releases whose difference is known."""
    own = frozenset(StepKey(c.flow, c.step) for c in difference.changes if c.way and c.step)
    moved = before.time_zone != after.time_zone
    hours = frozenset(name for name in before.hours if moved or before.hours[name] != after.hours.get(name))
    pairs = list(_pairs(before, after, difference))
    touched = {at for at, old, new, steps in pairs if traits.whole(old, steps) != traits.whole(new, steps)}
    opening = {f"hours.{name}" for name in hours}
    inherited = {
        at for at, old, new, steps in pairs
        if at not in own and (traits.way(old, steps) != traits.way(new, steps) or opening & new.declared.reads)
    }  # fmt: skip
    new_steps = {StepKey(c.flow, c.step) for c in difference.changes if c.step}
    return Changed(
        before=before,
        after=after,
        difference=difference,
        way=own,
        inherited=frozenset(inherited),
        heads=frozenset(c.flow for c in difference.changes if c.flow and not c.step and c.way),
        touched=frozenset(touched | own | inherited | new_steps),
        retargeted=_retargeted(pairs, difference, before, after),
        reworded=_reworded(before, after),
        hours=hours,
        passing=_passing(before, after, difference),
        everywhere=_everywhere(before, after),
    )


def _pairs(before: Release, after: Release, difference: Difference) -> Iterator[Pair]:
    for name, flow in before.flows.items():
        if name not in after.flows:
            continue
        steps = {was: now for (at, was), now in difference.steps.items() if at == name}
        for was, step in flow.steps.items():
            now = steps.get(was, was)
            if now in after.flows[name].steps:
                yield StepKey(name, now), step, after.flows[name].steps[now], steps


def _retargeted(
    pairs: Sequence[Pair], difference: Difference, before: Release, after: Release
) -> dict[Exit, tuple[Target, Target]]:
    found: dict[Exit, tuple[Target, Target]] = {}
    for (flow, now), old, new, steps in pairs:
        for exit, target in old.declared.exits.items():
            other = difference.exits.get((flow, old.name, exit), exit)
            to = new.declared.exits.get(other)
            if to is not None and traits.traits(target, steps) != traits.traits(to, {}):
                found[flow, now, other] = (target, to)
    for key, shortcut in before.shortcuts.items():
        if key in after.shortcuts and after.shortcuts[key].next != shortcut.next:
            found["", "", f"shortcut {key}"] = (shortcut.next, after.shortcuts[key].next)
    return found


def _reworded(before: Release, after: Release) -> dict[str, frozenset[str]]:
    """Prompts heard otherwise, with the languages; new ones in every language."""
    found = {}
    for name, prompt in after.prompts.items():
        old = before.prompts.get(name)
        if old is None:
            found[name] = frozenset(after.languages)
            continue
        differing = {tag for tag in after.languages if parts_in(old, tag) != parts_in(prompt, tag)}
        if differing:
            found[name] = frozenset(differing)
    return found


def _passing(before: Release, after: Release, difference: Difference) -> frozenset[StepKey]:
    alone = {StepKey(c.flow, c.step) for c in difference.changes if c.what in ("step added", "step removed")}
    speaking = {
        StepKey(flow.name, name)
        for release in (before, after)
        for flow in release.flows.values()
        for name, step in flow.steps.items()
        if step.kind.informs
    }
    return frozenset(alone & speaking)


def _everywhere(before: Release, after: Release) -> bool:
    """Whether anything changed that any turn may meet."""
    heads = [
        [
            (f.name, f.first, f.first_question, f.rewind, sorted(f.takes), sorted(f.gives), f.intake)
            for f in side.flows.values()
        ]
        for side in (before, after)
    ]
    shortcuts = [
        [(key, str(s.next), bool(s.announced), traits.traits(s.words, {})) for key, s in side.shortcuts.items()]
        for side in (before, after)
    ]
    return (
        sorted(heads[0]) != sorted(heads[1])
        or shortcuts[0] != shortcuts[1]
        or before.limits != after.limits
        or before.call_values != after.call_values
        or before.first_language != after.first_language
    )
