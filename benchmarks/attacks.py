"""Attacks at full size: how many hostile inputs were tried, how many got through (0), and what the dearest one cost.

    python benchmarks/attacks.py [--quick]

Everything runs in this process, on the real documents, signatures, forms and words; nothing is sent anywhere. The
inputs come from a fixed seed. Exit code 1 where one got through. Times are shown and not judged.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from attacks_on_requests import bodies, forged, moved_borders, numbers
from attacks_on_words import illegal, injected, slow_words, templates

SIZES = {
    "TwiML in what is spoken": (injected, 100_000),
    "characters that XML forbids": (illegal, 2_200),
    "templates in what is spoken": (templates, 5_000),
    "forged signatures": (forged, 20_000),
    "moved borders of signed requests": (moved_borders, 20_000),
    "bodies that are no form": (bodies, 10_000),
    "words that make a pattern slow": (slow_words, 2_000),
    "numbers that cost the house": (numbers, 20_000),
}
"""By name: the attack, and how many inputs it tries. An attempt returns what got through, nothing where nothing did."""
Attack = Callable[[random.Random], Iterator[Callable[[], str]]]


@dataclass(slots=True)
class Result:
    """What came of one attack."""

    tried: int = 0
    through: int = 0
    first: str = ""
    dearest: float = 0.0
    seconds: float = 0.0

    def add(self, attempt: Callable[[], str]) -> None:
        """Make one attempt."""
        begun = time.perf_counter()
        found = attempt()
        took = time.perf_counter() - begun
        self.tried, self.seconds, self.dearest = self.tried + 1, self.seconds + took, max(self.dearest, took)
        self.through += bool(found)
        self.first = self.first or found


def tried(attack: Attack, size: int, seed: int = 1) -> Result:
    """An attack with so many inputs."""
    result = Result()
    attempts = attack(random.Random(seed))
    for _, attempt in zip(range(size), attempts, strict=False):
        result.add(attempt)
    return result


def main() -> int:
    """Try all attacks and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the inputs, to see that it runs")
    quick = parser.parse_args().quick
    through = 0
    print("| attack | tried | got through (0) | dearest, ms | all, s |\n|---|---|---|---|---|")
    for name, (attack, size) in SIZES.items():
        result = tried(attack, max(100, size // 100) if quick else size)
        through += result.through
        print(
            f"| {name} | {result.tried:,} | {result.through} | {result.dearest * 1000:.1f} | {result.seconds:.1f} |",
            flush=True,
        )
        if result.first:
            print(f"  {result.first[:300]}")
    return 1 if through else 0


if __name__ == "__main__":
    sys.exit(main())
