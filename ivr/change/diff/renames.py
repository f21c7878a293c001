"""Steps and choices that have only a new name: a caller who takes one reaches the same place as before."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ivr.change.diff.plain import Plain

Steps = Mapping[str, Mapping[str, Plain]]
"""The steps of a flow as trees, by name."""


def renamed_steps(before: Steps, after: Steps) -> dict[str, str]:
    """Old to new name: a step that is gone and a new one that equal each other in all but the names of such steps."""
    gone = [name for name in before if name not in after]
    new = [name for name in after if name not in before]
    moving = frozenset([*gone, *new])
    masked = {name: _masked(step, moving) for steps in (before, after) for name, step in steps.items()
              if name in moving}  # fmt: skip
    found = {}
    for name in gone:
        twins = [other for other in gone if masked[other] == masked[name]]
        alike = [other for other in new if masked[other] == masked[name]]
        if len(alike) == 1 and len(twins) == 1:
            found[name] = alike[0]
    return found


def _masked(step: Mapping[str, Plain], moving: frozenset[str]) -> str:
    """A step as text, with a mark in place of each target that may have a new name."""
    exits = {exit: "?" if target in moving else target for exit, target in step["exits"].items()}
    arms = [[when, "?" if target in moving else target] for _, when, target in step.get("arms", ())]
    return json.dumps({**step, "exits": exits, "arms": arms}, sort_keys=True, ensure_ascii=False)


def with_new_names(step: Mapping[str, Plain], steps: Mapping[str, str], choices: Mapping[str, str]) -> dict[str, Any]:
    """A step of the old release, its targets and choices by their new names."""
    exits = {choices.get(name, name): steps.get(target, target) for name, target in step["exits"].items()}
    found: dict[str, Any] = {**step, "exits": exits}
    if "arms" in step:
        found["arms"] = [(exit, when, steps.get(target, target)) for exit, when, target in step["arms"]]
    if "choices" in step:
        found["choices"] = {choices.get(name, name): about for name, about in step["choices"].items()}
        found["order"] = [choices.get(name, name) for name in step["order"]]
    return found


def renamed_choices(
    before: Mapping[str, Plain], after: Mapping[str, Plain], steps: Mapping[str, str]
) -> dict[str, str]:
    """Old to new name of each choice whose label only has new words.

    It keeps its label in another language, or its key, its target and the value it saves. A choice without a label is
    known by its name alone, so it has none but that.
    """
    if before["kind"] != after["kind"]:
        return {}
    old, new = before.get("choices") or {}, after.get("choices") or {}
    gone = [name for name, about in old.items() if name not in new and "label" in about]
    free = [name for name, about in new.items() if name not in old and "label" in about]
    found: dict[str, str] = {}

    def same_label(name: str, other: str) -> bool:
        return any(new[other]["label"].get(language) == label for language, label in old[name]["label"].items())

    def same_place(name: str, other: str) -> bool:
        was = before["exits"].get(name, "")
        same_target = steps.get(was, was) == after["exits"].get(other, "")
        return bool(same_target and all(old[name].get(part) == new[other].get(part) for part in ("key", "is")))

    same: Callable[[str, str], bool]
    for same in (same_label, same_place):
        for name in (name for name in gone if name not in found):
            alike = [other for other in free if other not in found.values() and same(name, other)]
            if len(alike) == 1:
                found[name] = alike[0]
    return found


def renamed_arms(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Old to new names of exits that are numbered: an arm stays itself while its condition does."""
    there = new.get("arms", ())
    found = {
        was: next((now for now, other, _ in there if other == when), was)
        for was, when, _ in old.get("arms", ())
    }  # fmt: skip
    return {was: now for was, now in found.items() if was != now}
