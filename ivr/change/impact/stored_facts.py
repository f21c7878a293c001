"""The facts of a stored turn for the draft: as they were stored; the calendar's anew where its hours changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from ivr.call.facts import answered_by
from ivr.call.inputs import Facts
from ivr.flow.model import Release

Compute = Callable[[datetime], Facts]
"""The facts that are known of every call at a moment of it."""


class StoredFacts:
    """A door to stored facts. `missing` are those the draft asked for that were not stored and cannot be known;
    `fresh` tells that something was computed anew."""

    __slots__ = ("_anew", "_at", "_compute", "_stored", "fresh", "missing")

    def __init__(self, stored: Mapping[str, str | None], anew: frozenset[str], at: datetime, compute: Compute) -> None:
        self._stored, self._anew, self._at, self._compute = stored, anew, at, compute
        self.missing: set[str] = set()
        self.fresh = False

    def get(self, name: str, /) -> str | None:
        """A fact by its name."""
        if name in self._stored and name not in self._anew:
            return self._stored[name]
        self.fresh = True
        found = self._compute(self._at).get(name)
        if found is None and answered_by(name) in (None, "history", "switch"):
            self.missing.add(name)
        return found


def deciding(release: Release) -> frozenset[str]:
    """The facts that can lead a caller elsewhere or go on record, not only be spoken."""
    found: set[str] = set()
    for flow in release.flows.values():
        for step in flow.steps.values():
            found |= step.declared.decides
    return frozenset(name for name in found if not release.is_of_run(name))
