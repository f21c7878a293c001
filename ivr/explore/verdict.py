"""What became of a promise: it holds, or the shortest call that breaks it."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.explore.replayed import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A promise's result. `why` says in a sentence what happens at the end of `example`, a call really taken.

    `seen` is what the promise rests on: how often its parts happened at all, or the worst case that still holds.
    """

    name: str
    holds: bool
    seen: str = ""
    why: str = ""
    example: Example | None = None


def some(count: int, what: str) -> str:
    """A number of things in words."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
