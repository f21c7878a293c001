"""What lint, proof and fixtures find of mistakes planted in copies of the shipped flows, by operator.

    python benchmarks/planted.py [--most N] [--jobs N]

`equivalent`: no call can tell the mutant from the original, nor is anything else heard.
"""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mutations import Flows, dump, load, planted

from ivr.explore.prove import prove
from ivr.explore.walk import Walked
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import findings_of
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import Fixture, read_fixture

ROOT = Path(__file__).parent.parent
SINCE = date(2026, 1, 1)
MOST_STATES = 30_000
WAYS = ("lint", "built in", "written", "fixtures")
COUNTED = ("planted", *WAYS, "any", "equivalent", "nobody")


class Found(NamedTuple):
    """Who found a mutant; `equivalent` where there is nothing to find."""

    operator: str
    place: str
    by: tuple[str, ...]
    equivalent: bool = False


@lru_cache(maxsize=1)
def shipped() -> Flows:
    """The shipped flows as data."""
    return load({f"flows/{file.name}": file.read_bytes() for file in sorted((ROOT / "flows").glob("*.yaml"))})


@lru_cache(maxsize=1)
def fixtures() -> list[Fixture]:
    """The shipped fixtures that are played on the shipped flows."""
    files = sorted((ROOT / "tests" / "calls").glob("*.call.yaml"))
    read = (read_fixture(str(file), file.read_bytes())[0] for file in files)
    return [fixture for fixture in read if fixture is not None and not fixture.fields.flows]


def judge(case: tuple[str, str, Flows]) -> Found:
    """Everything there is, asked about one mutant."""
    operator, place, flows = case
    files = dump(flows)
    by = ["lint"] if findings_of(files) else []
    parsed = parse(files)
    release: Release | None = None
    with contextlib.suppress(Exception):  # what lint refuses need not compile
        release = compile_release(parsed) if parsed.hotline else None
    if release is None or len(release.flows) != len(files) - 1:
        return Found(operator, place, tuple(by))
    try:
        proof = prove(release, since=SINCE, most=MOST_STATES, calls=100)
    except Exception as failed:
        return Found(operator, place, (*by, f"crash {failed!r}"))
    written = {str(promise) for promise in release.promises}
    broken = [verdict.name for verdict in proof.verdicts if not verdict.holds]
    if proof.unreached or not proof.whole or any(name not in written for name in broken):
        by.append("built in")
    if any(name in written for name in broken):
        by.append("written")
    if any(_fails(fixture, release) for fixture in fixtures()):
        by.append("fixtures")
    return Found(operator, place, tuple(by), not by and _image(proof.walked) == original())




def _fails(fixture: Fixture, release: Release) -> bool:
    try:
        return bool(run_engine(fixture, release)[0].failure)
    except Exception:
        return True


@lru_cache(maxsize=1)
def original() -> int:
    """The image of the shipped flows."""
    return _image(prove(compile_release(parse(dump(shipped()))), since=SINCE, calls=1).walked)


def _image(walked: Walked) -> int:
    """All that happens and is heard: two releases of one image behave alike."""
    graph = walked.graph
    states = [str(state) for state in graph.states]
    arrows = {(states[edge.source], states[edge.target], str(graph.events(edge))) for edge in graph.all_edges()}
    words = {name: str(prompt.parts) for name, prompt in walked.release.prompts.items()}
    waits = {str(step.listening) for flow in walked.release.flows.values() for step in flow.steps.values()
             if hasattr(step, "listening")}  # fmt: skip
    cases = {f"{flow.name}.{step.name} {step.fields}" for flow in walked.release.flows.values()
             for step in flow.steps.values() if hasattr(step, "fields")}  # fmt: skip
    return hash((frozenset(arrows), frozenset(words.items()), frozenset(waits), frozenset(cases)))


def main() -> None:
    """The table, then what nobody found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=10_000, help="mutants of an operator, spread over its places")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    by_operator = defaultdict(list)
    for case in planted(shipped()):
        by_operator[case[0]].append(case)
    chosen = []
    for cases in by_operator.values():
        chosen += cases[:: max(1, len(cases) // asked.most)][: asked.most]
    with ProcessPoolExecutor(asked.jobs) as pool:
        found = list(pool.map(judge, chosen, chunksize=4))
    show(found)


def show(found: list[Found]) -> None:
    """A row for each operator."""
    print("| operator | planted | " + " | ".join(WAYS) + " | any | equivalent | nobody |")
    print("|---" * (len(WAYS) + 5) + "|")
    total: Counter[str] = Counter()
    for operator in dict.fromkeys(one.operator for one in found):
        total += _row(operator, [one for one in found if one.operator == operator])
    print("| all |" + "".join(f" {total[name]} |" for name in COUNTED))
    for one in found:
        if not one.by and not one.equivalent:
            print(f"found by nobody: {one.operator}: {one.place}")
        if any(name not in WAYS for name in one.by):
            print(f"{one.by[-1]}: {one.operator}: {one.place}")
    for one in found:
        if one.equivalent:
            print(f"equivalent: {one.operator}: {one.place}")


def _row(operator: str, found: list[Found]) -> Counter[str]:
    count = Counter({name: sum(name in one.by for one in found) for name in WAYS})
    count["planted"], count["any"] = len(found), sum(bool(one.by) for one in found)
    count["equivalent"] = sum(one.equivalent for one in found)
    count["nobody"] = len(found) - count["any"] - count["equivalent"]
    print(f"| {operator} |" + "".join(f" {count[name]} |" for name in COUNTED))
    return count


if __name__ == "__main__":
    main()
