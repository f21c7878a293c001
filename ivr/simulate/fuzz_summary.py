"""The figures of a run of random calls, added up call by call: only the calls that failed are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from ivr.flow.model import Release
from ivr.simulate.audit.audit import INVARIANTS
from ivr.simulate.random_calls import RandomCallResult

MOST_NAMED = 12


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

    def lines(self, release: Release, seed: int, spent: float) -> Iterator[str]:
        """What was done, what was compared, and the verdict."""
        rate = f"{spent:.0f} s, {self.calls / max(spent, 0.001):.0f} calls/s"
        yield f"{self.calls:,} calls with seed {seed}, {self.turns:,} turns, {self.cases:,} cases; {rate}"
        yield f"callers  {_shares(self.personas)}"
        yield f"ended    {_shares(self.endings)}"
        yield f"exits    {self._exits(release)}"
        for name, meaning in INVARIANTS.items():
            yield f"{name}       {self.compared[name]:,} {meaning}: {self._verdict(name)}"
        yield f"{self.calls - len(self.failed)} passed, {len(self.failed)} failed"

    def _verdict(self, invariant: str) -> str:
        if wrong := self.broken[invariant]:
            return f"broken by {wrong:,} call{'' if wrong == 1 else 's'}"
        return "held" if self.compared[invariant] else "nothing was compared"

    def _exits(self, release: Release) -> str:
        """How many of the exits of the flows were taken, and which were not."""
        every = [
            (flow.name, step.name, exit) for flow in release.flows.values() for step in flow.steps.values()
            for exit in step.declared.exits
        ]  # fmt: skip
        missing = [f"{flow}.{step}:{exit}" for flow, step, exit in every if (flow, step, exit) not in self.exits]
        taken = f"{len(every) - len(missing)} of {len(every)} taken"
        if not missing:
            return taken
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        return f"{taken}; not taken: {', '.join(missing[:MOST_NAMED])}{more}"


def _shares(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in counts.most_common())
