"""Impact over 100,000 invented calls with planted edits: precision, recall and time.

    python benchmarks/impact.py [--calls 100000] [--jobs 2] [--time] [--quick]

With `--time` only the five edits at once, and how long they take; else each edit's precision and recall as well.
`--quick` does both with 150 calls, in seconds: too few for its figures to mean anything but that all of it runs.
Each edit's truth is known from a call's events, by a predicate that knows the edit and takes no turn. Exit code 1 where
precision or recall of any is below 0.95.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "change"))

from invented_calls import invented, put_on_record, put_release
from planted import FIVE, OTHERS, PAIRS, Edit, Hit, truths

from ivr.app.database import prepare_database
from ivr.change.impact.report import summary
from ivr.cli.shared.impact_run import ImpactRequest, comparison, impact
from ivr.config import Settings
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.service.ports import CallFilter
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine

FLOWS = {path.name: path.read_bytes() for path in sorted((ROOT / "flows").glob("*.yaml"))}
EDITS = (*FIVE, *OTHERS)
PART = 2000
FLOOR = 0.95
QUICK = 150
Hits = Mapping[str, Mapping[str, Hit | None]]
CallRange = tuple[str, str, int, int]
"""Database, release, first number, number after the last."""
Row = tuple[str, int, float, float]


def generate(numbers: CallRange) -> dict[str, dict[str, Hit | None]]:
    """Put calls with these numbers on record; where each meets each edit."""
    path, name, first, last = numbers
    release = compile_release(parse(FLOWS))
    calls, hits = [], {}
    for call, taken in invented(release, range(first, last), name=name):
        calls.append(call)
        hits[call.call] = {edit.name: edit.hit(taken) for edit in EDITS}
    put_on_record(Path(path), calls)
    return hits


def request_for(path: Path, edits: Sequence[Edit]) -> ImpactRequest:
    """All these edits at once, against the calls in a database."""
    draft = dict(FLOWS)
    for edit in edits:
        draft = edit.applied(draft)
    return ImpactRequest.of(Settings(database_url=f"sqlite:///{path}"), draft, CallFilter())


def predicted(part: tuple[ImpactRequest, Sequence[str], str, str]) -> dict[str, set[str]]:
    """By edit, the calls of a range that impact puts into its groups."""
    asked, names, first, last = part
    edits = [edit for edit in EDITS if edit.name in names]
    made = engine(asked.settings.database_url)
    found: dict[str, set[str]] = {edit.name: set() for edit in edits}
    known = comparison(asked)
    for call in CallRows(made).calls(CallFilter(first=first, last=last)):
        for one in known.impact(call).effects:
            for edit in edits:
                if edit.blamed(one.effect):
                    found[edit.name].add(call.call)
    made.dispose()
    return found


def judged(path: Path, edits: Sequence[Edit], hits: Hits, pool: ProcessPoolExecutor) -> list[Row]:
    """By edit: the calls it truly touches, precision, recall."""
    names = sorted(hits)
    ranges = [(names[at], names[min(at + PART, len(names)) - 1]) for at in range(0, len(names), PART)]
    asked = request_for(path, edits)
    said: dict[str, set[str]] = {edit.name: set() for edit in edits}
    work = [(asked, [edit.name for edit in edits], *each) for each in ranges]
    for part in pool.map(predicted, work, chunksize=max(1, len(ranges) // 8)):
        for name, calls in part.items():
            said[name] |= calls
    true: dict[str, set[str]] = {edit.name: set() for edit in edits}
    for call, of in hits.items():
        for name in truths(edits, of):
            true[name].add(call)
    rows = []
    for edit in edits:
        right = len(said[edit.name] & true[edit.name])
        found, there = len(said[edit.name]), len(true[edit.name])
        rows.append((edit.name, there, right / max(1, found), right / max(1, there)))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    count, jobs = (QUICK, 1) if options.quick else (options.calls, options.jobs)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(jobs) as pool:
        path = Path(folder) / "ivr.db"
        settings = Settings(database_url=f"sqlite:///{path}")
        prepare_database(settings)
        name = put_release(settings.database_url, FLOWS)
        began = time.perf_counter()
        parts = [(str(path), name, at, min(at + PART, count + 1)) for at in range(1, count + 1, PART)]
        hits = {call: of for part in pool.map(generate, parts) for call, of in part.items()}
        print(f"{count:,} calls invented in {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
        for n in dict.fromkeys((1, jobs)):
            comparison.cache_clear()
            began, worked = time.perf_counter(), sum(os.times()[:4])
            report = impact(request_for(path, FIVE), n)
            spent, worked = time.perf_counter() - began, sum(os.times()[:4]) - worked
            print(f"impact of five edits at once, {n} process{'es' if n > 1 else ''}: {spent:.1f} s "
                  f"({worked:.1f} s of processor), {report.totals.turns / spent:,.0f} turns/s")  # fmt: skip
        print("\n".join(summary(report)))
        if options.time:
            return
        print("\n| edits | calls | precision | recall |\n|---|---|---|---|")
        worst = 1.0
        for edits in (FIVE, *((edit,) for edit in OTHERS), *PAIRS):
            for what, true, precision, recall in judged(path, edits, hits, pool):
                together = f" (with {len(edits) - 1} more)" if len(edits) > 1 else ""
                print(f"| {what}{together} | {true:,} | {precision:.4f} | {recall:.4f} |", flush=True)
                worst = min(worst, precision, recall)
    sys.exit(0 if worst >= FLOOR else 1)


if __name__ == "__main__":
    main()
