"""What an edit does to calls, as values that can be counted: the effect, one call's impact, the totals of many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ivr.change.impact.heard_otherwise import HeardHow, HeardOtherwise

EffectName = Literal["diverted", "begins elsewhere", "no longer offered", "other record", "moved key", "words"]
Outcome = Literal["same", "words", "moved", "diverted", "unknown", "skipped", "unreadable"]
ExampleCall = tuple[int, str, str]
"""How many turns it takes to see the effect, the call, its release; the smallest is shown."""


class Effect(NamedTuple):
    """What groups calls: how they are touched, and by which edit.

    `flow`, `step` and `exit` are the edit's place in the draft's names (no flow: the hotline itself; no step: the
    flow's head). `lost` and `gained` are cases that are no longer, or newly, on record in the turn that differs.
    `old_key_action` is what the key that was pressed does in the draft.
    """

    how: EffectName
    flow: str
    step: str
    exit: str = ""
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    old_key_action: str = ""


class Diversion(NamedTuple):
    """An effect on one call: what the call reached before, and what it reaches in the draft."""

    effect: Effect
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class CallImpact:
    """What the draft does to one call. `why` is the reason where that is not known; `turn`, counted from 1, is the turn
    that differs. `heard`: what was said in it that is understood otherwise."""

    outcome: Outcome
    effects: Sequence[Diversion] = ()
    why: str = ""
    turn: int = 0
    heard: Sequence[HeardOtherwise] = ()


@dataclass(slots=True)
class EffectGroup:
    """The calls of one effect: how many, what they reached before and reach now, and the shortest of them."""

    calls: int = 0
    from_to: Counter[tuple[str, str]] = field(default_factory=Counter)
    example: ExampleCall = (0, "", "")

    def add(self, other: EffectGroup) -> None:
        """Count another part of the same group."""
        self.calls += other.calls
        self.from_to += other.from_to
        self.example = min(self.example, other.example) if self.example[1] else other.example


@dataclass(slots=True)
class ImpactTotals:
    """Many calls, counted: by outcome, by the reason where the outcome is not known, by effect and by release. `placed`
    are those of them that the hotline placed, by outcome."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    why: Counter[tuple[Outcome, str]] = field(default_factory=Counter)
    groups: dict[Effect, EffectGroup] = field(default_factory=dict)
    releases: Counter[str] = field(default_factory=Counter)
    heard: Counter[HeardOtherwise] = field(default_factory=Counter)
    turns: int = 0
    placed: Counter[Outcome] = field(default_factory=Counter)

    def count(self, impact: CallImpact, *, call: str, release: str, turns: int, placed: bool = False) -> None:
        """Count one call, once in each of its groups; `placed` where it is one of our own."""
        self.outcomes[impact.outcome] += 1
        self.placed[impact.outcome] += placed
        self.releases[release] += 1
        self.turns += turns
        self.heard.update(impact.heard)
        if impact.why:
            self.why[impact.outcome, impact.why] += 1
        first = {one.effect: one for one in reversed(impact.effects)}
        for effect in dict.fromkeys(one.effect for one in impact.effects):
            from_to = Counter({(first[effect].before, first[effect].after): 1})
            one = EffectGroup(1, from_to, (impact.turn or turns, call, release))
            self.groups.setdefault(effect, EffectGroup()).add(one)

    def add(self, other: ImpactTotals) -> None:
        """Count another part of the calls."""
        self.outcomes += other.outcomes
        self.placed += other.placed
        self.why += other.why
        self.releases += other.releases
        self.turns += other.turns
        self.heard += other.heard
        for effect, group in other.groups.items():
            self.groups.setdefault(effect, EffectGroup()).add(group)

    def heard_by(self, how: HeardHow) -> int:
        """How many utterances are understood otherwise in one way."""
        return sum(n for each, n in self.heard.items() if each.how == how)

    @property
    def calls(self) -> int:
        """All calls."""
        return sum(self.outcomes.values())

    @property
    def replayed(self) -> int:
        """The calls that could be replayed."""
        return self.calls - self.outcomes["skipped"] - self.outcomes["unreadable"]
