"""What lint, proof and fixtures find of mistakes planted in copies of the shipped flows, by operator.

    python benchmarks/planted.py [--most N] [--jobs N] [--seconds N] [--save FILE] [--quick]

What is found of each mutant is a line of FILE as soon as it is known; mutants already in it are not asked about again.
`--quick` judges one mutant, in seconds.
`equivalent`: no call can tell the mutant from the original, nor is anything else heard.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from mutations import Flows, dump, load, planted

from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope, Walked
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.lint.findings import findings_of
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.fixture_files import fixture_files

ROOT = Path(__file__).parent.parent
SINCE = date(2026, 1, 1)
MOST_STATES = 30_000
WAYS = ("lint", "built in", "written", "fixtures")
COUNTED = ("planted", *WAYS, "any", "equivalent", "nobody", "too long")
Case = tuple[str, str, Flows]


class TooLong(BaseException):
    """A mutant was not judged in the time it has; no `except Exception` may take it for a fault of its own."""


class Found(NamedTuple):
    """Who found a mutant, and in how long; `equivalent` where there is nothing to find."""

    operator: str
    place: str
    by: tuple[str, ...]
    equivalent: bool = False
    seconds: float = 0.0


@lru_cache(maxsize=1)
def shipped() -> Flows:
    """The shipped flows as data."""
    return load({f"flows/{file.name}": file.read_bytes() for file in sorted((ROOT / "flows").glob("*.yaml"))})


@lru_cache(maxsize=1)
def fixtures() -> list[Fixture]:
    """The shipped fixtures that are played on the shipped flows."""
    files = fixture_files(ROOT / "tests")
    read = (read_fixture(str(file), file.read_bytes())[0] for file in files)
    return [fixture for fixture in read if fixture is not None and not fixture.fields.flows]


def judge(case: Case, seconds: int) -> Found:
    """Everything there is, asked about one mutant."""

    def too_long(*_: object) -> None:
        raise TooLong

    begun, by = time.perf_counter(), list[str]()
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        walked = _asked(case[2], by)
        same = not by and walked is not None and image(walked) == original()
    except TooLong:
        same = False
        by.append("too long")
    except Exception as failed:
        same = False
        if "lint" not in by:  # what lint refuses need not be fit to be walked
            by.append(f"crash: {failed!r}")
    finally:
        signal.alarm(0)
    return Found(*case[:2], tuple(by), same, round(time.perf_counter() - begun, 1))


def _asked(flows: Flows, by: list[str]) -> Walked | None:
    """Who finds it, noted in `by`; the walk, where there is one."""
    files = dump(flows)
    if findings_of(files):
        by.append("lint")
    parsed = parse(files)
    release: Release | None = None
    with contextlib.suppress(Exception):  # what lint refuses need not compile
        release = compile_release(parsed) if parsed.hotline else None
    if release is None or not _whole(release, flows):
        return None
    if any(_fails(fixture, release) for fixture in fixtures()):
        by.append("fixtures")
    proof = prove(release, Scope(since=SINCE, most=MOST_STATES), calls=100)
    written = {str(promise) for promise in release.promises}
    broken = [verdict.name for verdict in proof.results if not verdict.holds]
    if proof.unreached or not proof.complete or any(name not in written for name in broken):
        by.append("built in")
    if any(name in written for name in broken):
        by.append("written")
    return proof.walked


def _whole(release: Release, flows: Flows) -> bool:
    """Whether every step was compiled; one that could not be is not there to be walked."""
    steps = {(name, step) for name, flow in release.flows.items() for step in flow.steps}
    return steps == {(data["flow"], step) for data in flows.values() for step in data.get("steps", {})}


def _fails(fixture: Fixture, release: Release) -> bool:
    try:
        return bool(run_engine(fixture, release)[0].failure)
    except Exception:
        return True


@lru_cache(maxsize=1)
def original() -> int:
    """The image of the shipped flows."""
    return image(prove(compile_release(parse(dump(shipped()))), Scope(since=SINCE), calls=1).walked)


def image(walked: Walked) -> int:
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
    parser.add_argument("--seconds", type=int, default=120, help="for one mutant")
    parser.add_argument("--save", type=Path, default=Path("planted.jsonl"))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    known = {(one.operator, one.place): one for one in _saved(asked.save)}
    chosen = _chosen(1)[:1] if asked.quick else _chosen(asked.most)
    with ProcessPoolExecutor(asked.jobs) as pool, asked.save.open("a", encoding="utf-8") as save:
        judged = [pool.submit(judge, case, asked.seconds) for case in chosen if case[:2] not in known]
        for future in as_completed(judged):
            one = future.result()
            known[(one.operator, one.place)] = one
            print(json.dumps(one, ensure_ascii=False), file=save, flush=True)
    show([known[case[:2]] for case in chosen])


def _chosen(most: int) -> list[Case]:
    by_operator: dict[str, list[Case]] = defaultdict(list)
    for case in planted(shipped()):
        by_operator[case[0]].append(case)
    return [case for cases in by_operator.values() for case in cases[:: max(1, len(cases) // most)][:most]]


def _saved(file: Path) -> Iterator[Found]:
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        operator, place, by, same, seconds = json.loads(line)
        yield Found(operator, place, tuple(by), same, seconds)


def show(found: list[Found]) -> None:
    """A row for each operator."""
    print("| operator | " + " | ".join(COUNTED) + " |")
    print("|---" * (len(COUNTED) + 1) + "|")
    total: Counter[str] = Counter()
    for operator in dict.fromkeys(one.operator for one in found):
        total += _row(operator, [one for one in found if one.operator == operator])
    print("| all |" + "".join(f" {total[name]} |" for name in COUNTED))
    for one in found:
        named = "equivalent" if one.equivalent else "" if one.by else "found by nobody"
        named = next((each for each in one.by if each not in WAYS), named)
        if named:
            print(f"{named}: {one.operator}: {one.place}")


def _row(operator: str, found: list[Found]) -> Counter[str]:
    count = Counter({name: sum(name in one.by for one in found) for name in (*WAYS, "too long")})
    count["planted"] = len(found)
    count["any"] = sum(any(way in WAYS for way in one.by) for one in found)
    count["equivalent"] = sum(one.equivalent for one in found)
    count["nobody"] = sum(not one.by and not one.equivalent for one in found)
    print(f"| {operator} |" + "".join(f" {count[name]} |" for name in COUNTED))
    return count


if __name__ == "__main__":
    main()
