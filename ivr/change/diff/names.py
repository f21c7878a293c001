"""What only goes by another name: renamed steps and choices, so that a caller who takes them is led nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ivr.change.diff.plain import Plain

Steps = Mapping[str, Mapping[str, Plain]]


def renamed_steps(before: Steps, after: Steps) -> dict[str, str]:
    """Old to new: a step that is gone and one that is new, alike in everything but the names of such steps."""
    gone = [name for name in before if name not in after]
    new = [name for name in after if name not in before]
    moving = frozenset([*gone, *new])
    likeness: dict[str, list[str]] = {}
    for name in new:
        likeness.setdefault(_masked(after[name], moving), []).append(name)
    found = {}
    for name in gone:
        alike = likeness.get(_masked(before[name], moving), [])
        twins = [other for other in gone if _masked(before[other], moving) == _masked(before[name], moving)]
        if len(alike) == 1 and twins == [name]:
            found[name] = alike[0]
    return found


def _masked(step: Mapping[str, Plain], moving: frozenset[str]) -> str:
    exits = {exit: "?" if target in moving else target for exit, target in step["exits"].items()}
    arms = [[when, "?" if target in moving else target] for when, target in step.get("arms", ())]
    return json.dumps({**step, "exits": exits, "arms": arms}, sort_keys=True, ensure_ascii=False)


def with_new_names(step: Mapping[str, Plain], steps: Mapping[str, str], choices: Mapping[str, str]) -> dict[str, Any]:
    """A step of before as it reads with the names of after."""
    exits = {choices.get(name, name): steps.get(target, target) for name, target in step["exits"].items()}
    found: dict[str, Any] = {**step, "exits": exits}
    if "arms" in step:
        found["arms"] = [(when, steps.get(target, target)) for when, target in step["arms"]]
    if "choices" in step:
        found["choices"] = {choices.get(name, name): about for name, about in step["choices"].items()}
        if "order" in step:
            found["order"] = [choices.get(name, name) for name in step["order"]]
    return found


def renamed_choices(
    before: Mapping[str, Plain], after: Mapping[str, Plain], steps: Mapping[str, str]
) -> dict[str, str]:
    """Old to new: a choice on the same key that leads to the same place, or one whose label in another language or
    saved value has stayed; its name was only worded anew."""
    if (before["kind"], after["kind"]) != ("menu", "menu"):
        return {}  # a language goes by its own name
    old, new = before.get("choices") or {}, after.get("choices") or {}
    gone = [name for name in old if name not in new]
    free = [name for name in new if name not in old]
    found: dict[str, str] = {}
    for same in (_same_label, _same_place):
        for name in gone:
            if name in found:
                continue
            target = steps.get(before["exits"].get(name, ""), before["exits"].get(name, ""))
            alike = [
                other for other in free
                if other not in found.values()
                and same(old[name], new[other], target == after["exits"].get(other, ""))
            ]  # fmt: skip
            if len(alike) == 1:
                found[name] = alike[0]
    return found


def _same_label(old: Plain, new: Plain, same_target: bool) -> bool:
    mine, others = old.get("label") or {}, new.get("label") or {}
    return any(others.get(language) == label for language, label in mine.items())


def _same_place(old: Plain, new: Plain, same_target: bool) -> bool:
    return bool(old["key"] == new["key"] and same_target and old.get("is") == new.get("is"))
