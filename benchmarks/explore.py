"""How long proof takes, beside a floor measured in the same run: the bare engine taking as many turns.

python benchmarks/explore.py [STEPS ...]
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import date

from services import service

from ivr.call.inputs import Digits, Given, Start
from ivr.engine.turn import begin, take_turn
from ivr.explore.prove import prove
from ivr.explore.state_walk import walk
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

SINCE = date(2026, 1, 1)


def floor(release: Release, turns: int) -> float:
    """Seconds the bare engine needs for so many turns of a caller who chooses a language, listens and goes on."""
    now = None
    begun = time.perf_counter()
    for _ in range(turns // 4):
        state = begin(release, release.default)
        for number, came in enumerate((Start(), Digits("1"), Digits("7"), Digits("7")), 1):
            given = Given(input=came, turn=number, facts={"hours.agents": "open"})
            state = take_turn(release, state, given, now).state  # type: ignore[arg-type]
    return time.perf_counter() - begun


def main(sizes: list[int]) -> None:
    """A line for each size."""
    for steps in sizes:
        release = compile_release(parse(service(steps)))
        count = sum(len(flow.steps) for flow in release.flows.values())
        begun = time.perf_counter()
        walked = walk(release, since=SINCE)
        walking = time.perf_counter() - begun
        bare = floor(release, walked.turns)
        states, turns = len(walked.graph.states), walked.turns
        del walked
        proof = prove(release, since=SINCE)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{count} steps: {states:,} states, {turns:,} engine turns, "
            f"walk {walking:.1f} s = {walking / bare:.1f} x the bare engine's turns, "
            f"whole proof {proof.seconds:.1f} s, {memory} MB, {'holds' if proof.holds else 'BROKEN'}"
        )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [0, 300, 1000])
