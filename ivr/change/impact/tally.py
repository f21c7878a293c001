"""Verdicts counted: how many calls, why nothing could be said of some, and the groups of what an edit does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ivr.change.impact.effect import Effect, Outcome, Verdict

Example = tuple[int, str, str]
"""How many turns it takes to see it, the call, its release: the shortest is shown."""


@dataclass(slots=True)
class Group:
    """Calls of one effect: how many, where they were and would be led, and the shortest of them."""

    calls: int = 0
    led: Counter[tuple[str, str]] = field(default_factory=Counter)
    example: Example = (0, "", "")

    def add(self, other: Group) -> None:
        """Count another part of the same group."""
        self.calls += other.calls
        self.led += other.led
        self.example = min(self.example, other.example) if self.example[1] else other.example


@dataclass(slots=True)
class Tally:
    """What came of many calls."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    why: Counter[tuple[Outcome, str]] = field(default_factory=Counter)
    groups: dict[Effect, Group] = field(default_factory=dict)
    releases: Counter[str] = field(default_factory=Counter)
    turns: int = 0

    def count(self, verdict: Verdict, *, call: str, release: str, turns: int) -> None:
        """Count one call; in each of its groups once."""
        self.outcomes[verdict.outcome] += 1
        self.releases[release] += 1
        self.turns += turns
        if verdict.why:
            self.why[verdict.outcome, verdict.why] += 1
        for effect in dict.fromkeys(led.effect for led in verdict.effects):
            led = next(led for led in verdict.effects if led.effect == effect)
            one = Group(1, Counter({(led.before, led.after): 1}), (verdict.turn or turns, call, release))
            self.groups.setdefault(effect, Group()).add(one)

    def add(self, other: Tally) -> None:
        """Count what another part of the calls came to."""
        self.outcomes += other.outcomes
        self.why += other.why
        self.releases += other.releases
        self.turns += other.turns
        for effect, group in other.groups.items():
            self.groups.setdefault(effect, Group()).add(group)

    @property
    def calls(self) -> int:
        """All calls looked at."""
        return sum(self.outcomes.values())

    @property
    def replayed(self) -> int:
        """Those taken again."""
        return self.calls - self.outcomes["skipped"] - self.outcomes["unreadable"]
