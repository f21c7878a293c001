"""One thing that is not as it was between two releases, as a value with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

What = Literal[
    "flow added", "flow removed", "first step", "first question",
    "step added", "step removed", "step renamed", "kind",
    "exit", "choice added", "choice removed", "choice moved", "choice value", "choice languages", "order",
    "words", "said for it", "tries", "condition", "value", "case", "number", "default", "time", "entry",
    "destination", "hours", "limit", "shortcut", "language", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`flow` is empty where the hotline itself changed, `step` where a flow's head did. `name` is what of the step: an
    exit, a choice, a value. `way`: it can lead a caller elsewhere or change what is on record; else only words changed.
    """

    flow: str = ""
    step: str = ""
    what: What
    name: str = ""
    way: bool = True
    sentence: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All changes from one release to another, and what only goes by another name now: steps by flow, and exits by flow
    and (old) step, each from the old name to the new one."""

    changes: tuple[Change, ...]
    steps: Mapping[tuple[str, str], str] = field(default_factory=dict)
    exits: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
