"""The figures of a run of random calls, added up call by call: only the calls that failed are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.simulate.audit.audit import INVARIANTS
from ivr.simulate.random_calls import RandomCallResult

MOST_NAMED = 12
PERSONAS: Mapping[str, str] = {
    "ordinary": "simulate.persona.ordinary",
    "hurried": "simulate.persona.hurried",
    "elderly": "simulate.persona.elderly",
    "silent": "simulate.persona.silent",
    "talks instead of pressing": "simulate.persona.talks",
    "presses wrong": "simulate.persona.wrong",
    "hangs up": "simulate.persona.hangs-up",
    "switches language": "simulate.persona.switches",
}
"""The carrier's callers by their names there."""


@dataclass(slots=True)
class FuzzSummary:
    """Counts of everything; `failed` holds the calls that broke an invariant."""

    calls: int = 0
    turns: int = 0
    cases: int = 0
    personas: Counter[str] = field(default_factory=Counter)
    endings: Counter[str] = field(default_factory=Counter)
    compared: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    exits: set[tuple[str, str, str]] = field(default_factory=set)
    failed: list[RandomCallResult] = field(default_factory=list)

    def add(self, result: RandomCallResult) -> None:
        """One more call."""
        self.calls += 1
        self.turns += result.audit.turns
        self.cases += result.audit.cases
        self.personas[result.persona] += 1
        self.endings[result.audit.disposition] += 1
        self.compared.update(result.audit.counts)
        self.exits.update(result.audit.exits)
        self.broken.update({one.invariant for one in result.audit.broken})
        if result.audit.broken:
            self.failed.append(result)

    def lines(self, release: Release, seed: int, spent: float) -> Iterator[Message]:
        """What was done, what was compared, and the verdict."""
        rate = f"{self.calls / max(spent, 0.001):.0f}"
        counted = {"calls": self.calls, "seed": seed, "turns": self.turns, "cases": self.cases}
        yield Message("simulate.summary.counted", seconds=f"{spent:.0f}", rate=rate, **counted)
        personas = Counter({_persona(name): n for name, n in self.personas.items()})
        yield Message("simulate.summary.callers", shares=_shares(personas))
        yield Message("simulate.summary.ended", shares=_shares(self.endings))
        yield Message("simulate.summary.exits", exits=self._exits(release))
        for name, code in INVARIANTS.items():
            compared, verdict = Message(code, count=self.compared[name]), self._verdict(name)
            yield Message("simulate.summary.invariant", name=name, compared=compared, verdict=verdict)
        failed = len(self.failed)
        yield Message("simulate.summary.total", passed=self.calls - failed, failed=failed)

    def _verdict(self, invariant: str) -> Message:
        if wrong := self.broken[invariant]:
            return Message("simulate.summary.broken", calls=wrong)
        return Message("simulate.summary.held") if self.compared[invariant] else Message("simulate.summary.none")

    def _exits(self, release: Release) -> Message:
        """How many of the exits of the flows were taken, and which were not."""
        every = [
            (flow.name, step.name, exit) for flow in release.flows.values() for step in flow.steps.values()
            for exit in step.declared.exits
        ]  # fmt: skip
        missing = [f"{flow}.{step}:{exit}" for flow, step, exit in every if (flow, step, exit) not in self.exits]
        counted = {"taken": len(every) - len(missing), "total": len(every)}
        if not missing:
            return Message("simulate.summary.taken", **counted)
        named = tuple(missing[:MOST_NAMED])
        if more := len(missing[MOST_NAMED:]):
            return Message("simulate.summary.missing-more", missing=named, more=more, **counted)
        return Message("simulate.summary.missing", missing=named, **counted)


def _persona(name: str) -> str:
    return Message(PERSONAS[name]) if name in PERSONAS else name


def _shares(counts: Counter[str]) -> tuple[Message, ...]:
    return tuple(Message("simulate.summary.share", name=name, count=n) for name, n in counts.most_common())
