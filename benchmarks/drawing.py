"""What a flow of a thousand steps costs to draw, beside a flow of sixty.

    python benchmarks/drawing.py [STEPS] [--quick]

Drawing is all of it after the files are compiled: the model, the places, the SVG. Exit code 1 where the best round
takes more than five seconds, or the process more than 200 MB.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from ivr.drawing.build import View, graph_of
from ivr.drawing.material import Material, material
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg
from ivr.flow.known import as_known
from ivr.flow.parse import parse
from ivr.lint.partly import partly_compiled

MOST_SECONDS, MOST_MEGABYTES = 5.0, 200
FLOWS = Path(__file__).parents[1] / "flows"
AHEAD = 8


def one_flow(steps: int, seed: int = 1) -> str:
    """A flow of menus, questions, branches and words, which mostly lead a little ahead, and sometimes back."""
    chance = random.Random(seed)
    head = "flow: one\ntitle: {zh-CN: 大流程, en-US: One large flow}\nsteps:\n"
    return head + "".join(line for at in range(steps) for line in _step(at, steps, chance))


def _step(at: int, steps: int, chance: random.Random) -> Iterator[str]:
    def ahead() -> str:
        drawn = chance.random()
        if drawn < 0.62 and at + 1 < steps:
            return f"s{min(steps - 1, at + 1 + int(chance.random() ** 2 * AHEAD))}"
        return f"s{chance.randrange(at)}" if drawn < 0.72 and at else chance.choice(["goodbye", "return", "flow agent"])

    following = f"s{at + 1}" if at + 1 < steps else "goodbye"
    said = f"{{zh-CN: 请告诉我们您要办理的第{at}项业务, en-US: Please tell us about your request number {at}}}"
    yield f"  s{at}:\n"
    match chance.choice(["menu", "say", "yes_no", "branch", "transfer", "set"]):
        case "menu":
            yield f"    menu: {said}\n    choices:\n"
            for key in range(1, chance.randint(3, 7)):
                label = f"{{zh-CN: 选项{key}, en-US: choice {key}}}"
                yield f"      {key}: {{label: {label}, next: {ahead() if key > 1 else following}}}\n"
        case "say":
            yield f"    say: {said}\n    next: {following}\n"
        case "yes_no":
            yield f"    yes_no: {said}\n    yes: {following}\n    no: {ahead()}\n"
        case "branch":
            arm = f"- {{when: {{call.elderly: yes}}, next: {ahead()}}}"
            yield f"    branch:\n      {arm}\n      - {{next: {following}}}\n"
        case "transfer":
            yield f"    transfer: agents\n    answered: goodbye\n    closed: {ahead()}\n    otherwise: {following}\n"
        case _:
            yield f"    set: {{call.elderly: yes}}\n    next: {following}\n"


def compiled(steps: int) -> Material:
    """The flow beside the shipped ones."""
    files = {file.name: file.read_bytes() for file in sorted(FLOWS.glob("*.yaml"))}
    known = as_known(parse({**files, "one.yaml": one_flow(steps).encode()}))
    return material(known, partly_compiled(known))


def drawn(flows: Material) -> tuple[float, int, int]:
    """Draw it once: seconds, arrows that cross, bytes."""
    begun = time.perf_counter()
    picture = placed(graph_of(flows, "one", View("zh-CN")))
    written = svg(picture)
    return time.perf_counter() - begun, picture.crossings, len(written.encode())


def main() -> int:
    """Both sizes, best and median, and the verdict."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("steps", type=int, nargs="?", default=1000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="a small flow, once: only whether it works")
    given = parser.parse_args()
    if given.quick:
        given.steps, given.rounds = 60, 1
    print("| steps | best | median | crossings | bytes |\n|---|---|---|---|---|")
    best = 0.0
    for steps in (60, given.steps):
        flows = compiled(steps)
        rounds = [drawn(flows) for _ in range(given.rounds)]
        seconds = [each for each, _, _ in rounds]
        best, (_, crossings, size) = min(seconds), rounds[0]
        print(f"| {steps} | {best:.3f} s | {statistics.median(seconds):.3f} s | {crossings} | {size:,} |")
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"memory of the whole process: {megabytes} MB")
    return 1 if not given.quick and (best > MOST_SECONDS or megabytes > MOST_MEGABYTES) else 0


if __name__ == "__main__":
    sys.exit(main())
