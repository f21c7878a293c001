"""What a chaos run prints: a column for each mode, and the first things that are broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from chaos_judge import INVARIANTS
from chaos_run import Outcome

COUNTED: Mapping[str, str] = {
    "calls": "calls",
    "turns acknowledged": "turns acknowledged",
    "turns on record": "turns on record",
    "cases": "cases",
    "backward": "calls that went backward by their machines' clocks",
    "servers killed": "servers killed",
    "crashes of the database": "crashes of the database",
    "copies compared": "answers compared with another to the same request",
    "missing": "voice requests without any answer",
    "cut": "answers cut off",
    "hold": "answers that only said: please wait",
    "apology": "apologies and farewells",
    "not taken": "turns that got no more than these and were never taken",
    "ended by the last sweep": "calls ended by the last sweep",
}
SHOWN = 5
"""So many of each kind of thing that is broken are told."""


def table(outcomes: Mapping[str, Outcome]) -> str:
    """What happened, then what must be 0."""
    lines = [f"| | {' | '.join(outcomes)} |", "|---" * (len(outcomes) + 1) + "|"]
    for name, text in COUNTED.items():
        lines.append(_row(text, [outcome.counts[name] for outcome in outcomes.values()]))
    for name, text in INVARIANTS.items():
        lines.append(_row(f"{text} (0)", [_broken(outcome)[name] for outcome in outcomes.values()]))
    return "\n".join(lines)


def broken_lines(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """The first of each kind that is broken."""
    for mode, outcome in outcomes.items():
        told: Counter[str] = Counter()
        for call, (invariant, what) in outcome.broken:
            told[invariant] += 1
            if told[invariant] <= SHOWN:
                yield f"{mode}: {invariant}: {call} {what}"


def _broken(outcome: Outcome) -> Counter[str]:
    return Counter(one.invariant for _, one in outcome.broken)


def _row(text: str, numbers: list[int]) -> str:
    return f"| {text} | {' | '.join(f'{number:,}' for number in numbers)} |"
