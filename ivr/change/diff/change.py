"""One thing that differs between two releases, as a value with a sentence; and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from ivr.flow.model import StepKey
from ivr.messages.message import Message, plain_values
from ivr.steps.reported import ChangedPart

What = ChangedPart | Literal[
    "flow added", "flow removed", "first step", "first question",
    "step added", "step removed", "step renamed", "kind",
    "exit", "choice added", "choice removed", "choice moved", "choice value", "choice languages", "order",
    "said for it", "tries", "condition", "number", "default", "limit", "shortcut", "language", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `flow` is empty where the hotline itself changed, `step` where a flow's head did.

    `name` is what of the step: an exit, a choice, a value. `changes_behavior`: it can lead a caller to another step or
    change what is on record; else only words changed.
    """

    flow: str = ""
    step: str = ""
    what: What
    name: str = ""
    changes_behavior: bool = True
    sentence: Message
    before: str = ""
    after: str = ""

    def row(self) -> dict[str, Any]:
        """The change for programs: its sentence in English, and the values it names."""
        return {**asdict(self), "values": plain_values(self.sentence)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All changes from one release to another, and what has only a new name.

    `steps` gives the new name by flow and old name, `exits` by flow, old step and old exit.
    """

    changes: tuple[Change, ...]
    steps: Mapping[tuple[str, str], str] = field(default_factory=dict)
    exits: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def step(self, flow: str, step: str) -> str:
        """The new name of a step of the old release."""
        return self.steps.get((flow, step), step)

    def exit(self, flow: str, step: str, exit: str) -> str:
        """The new name of an exit of a step of the old release."""
        return self.exits.get((flow, step, exit), exit)

    def changed_steps(self, *, behavior: bool = False) -> frozenset[StepKey]:
        """The steps that have a change; with `behavior` only those whose change is of what a call does."""
        found = (change for change in self.changes if change.step and (change.changes_behavior or not behavior))
        return frozenset(StepKey(change.flow, change.step) for change in found)
