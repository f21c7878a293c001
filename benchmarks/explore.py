"""How long proof takes, beside a floor measured in the same run: the bare engine taking as many turns.

python benchmarks/explore.py [--quick] [STEPS ...]

--quick: the small hotline of the manual, in a few seconds. Read the ratio: times move with the machine.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

from services import service

from ivr.call.inputs import Digits, Given, Start
from ivr.engine.turn import begin, take_turn
from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope, walk
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

SINCE = date(2026, 1, 1)
SMALL = Path(__file__).parent.parent / "docs" / "small"


def floor(release: Release, turns: int) -> float:
    """Seconds the bare engine needs for so many turns of a caller who chooses a language, listens and goes on."""
    now = datetime(2026, 1, 1, 4, tzinfo=UTC)
    begun = time.perf_counter()
    for _ in range(turns // 4):
        state = begin(release, release.default)
        for number, came in enumerate((Start(), Digits("1"), Digits("7"), Digits("7")), 1):
            given = Given(input=came, turn=number, facts={"hours.agents": "open"})
            state = take_turn(release, state, given, now).state
    return time.perf_counter() - begun


def line(release: Release) -> str:
    """The figures of one release. The floor takes as many turns as the walk's edges stand for, taken or shared."""
    count = sum(len(flow.steps) for flow in release.flows.values())
    begun = time.perf_counter()
    walked = walk(release, Scope(since=SINCE))
    walking = time.perf_counter() - begun
    bare = floor(release, walked.turns)
    states, turns, taken = len(walked.graph.states), walked.turns, walked.taken
    del walked
    proof = prove(release, Scope(since=SINCE))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{count} steps: {states:,} states, {turns:,} engine turns ({taken:,} taken), "
        f"walk {walking:.1f} s = {walking / bare:.1f} x the bare engine's turns, "
        f"whole proof {proof.seconds:.1f} s = {proof.seconds / bare:.1f} x, "
        f"{memory} MB, {'holds' if proof.holds else 'BROKEN'}"
    )


def main(words: list[str]) -> None:
    """A line for each size."""
    if "--quick" in words:
        files = {f"flows/{file.name}": file.read_bytes() for file in SMALL.glob("*.yaml")}
        print(line(compile_release(parse(files))))
        return
    for steps in [int(word) for word in words] or [0, 300, 1000]:
        print(line(compile_release(parse(service(steps)))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
