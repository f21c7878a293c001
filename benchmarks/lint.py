"""What `ivr lint` costs for a service of a thousand steps, beside what reading the same files costs without us.

    python benchmarks/lint.py [STEPS] [--quick]

The floor is Python started once, PyYAML's C loader, and nothing looked at. Exit code 1 where the best round takes more
than two seconds. Processor seconds say what it costs where the machine is busy with other things too.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from large_service import large_service

MOST_SECONDS = 2.0
FLOOR = """\
import pathlib, sys, yaml
for file in pathlib.Path(sys.argv[1]).glob("*.yaml"):
    yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
"""


def seconds(command: Sequence[str]) -> tuple[float, float]:
    """How long a command takes from its start to its end: by the clock, and of the processor."""
    used, begun = processor(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun, processor() - used


def processor() -> float:
    """Processor seconds of the commands run so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Lint and floor in turns; best and median, and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("steps", type=int, nargs="?", default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", action="store_true", help="a small service, once: only whether it works")
    given = parser.parse_args()
    if given.quick:
        given.steps, given.rounds = 60, 1
    files = large_service(given.steps)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        ivr = str(Path(sys.executable).parent / "ivr")
        lint, floor = [ivr, "lint", folder, "--profile", "live"], [sys.executable, "-c", FLOOR, folder]
        rounds = [(seconds(lint), seconds(floor)) for _ in range(given.rounds)]
    lines = sum(text.count("\n") for text in files.values())
    print(
        f"{len(files)} files, {lines} lines, about {given.steps} steps; "
        f"{given.rounds} rounds, interleaved; best / median"
    )
    bests = []
    for name, times in zip(
        ("ivr lint --profile live", "floor: C loader alone"), zip(*rounds, strict=True), strict=True
    ):
        clock, used = zip(*times, strict=True)
        bests.append((min(clock), min(used)))
        print(f"{name:24} {told(clock)} s by the clock, {told(used)} s of the processor")
    (linted, cost), (_, least) = bests
    print(f"x floor                  {cost / least:.1f} of the processor")
    return int(linted > MOST_SECONDS and not given.quick)


def told(times: Sequence[float]) -> str:
    """Best and median."""
    return f"{min(times):.2f} / {statistics.median(times):.2f}"


if __name__ == "__main__":
    sys.exit(main())
