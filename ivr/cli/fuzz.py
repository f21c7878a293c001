"""`ivr fuzz`: random callers on the flows on disk, every call checked; or a realistic month for demonstrations."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

import click

from ivr.audit.check import INVARIANTS
from ivr.cli.fuzz_block import BLOCK, Led, Setting, run_block
from ivr.cli.fuzz_failure import Failure, Laboratory, broken
from ivr.cli.fuzz_url import Sandbox, run_over_http
from ivr.config import read_settings
from ivr.errors import SettingInvalid
from ivr.flow.model import Release
from ivr.flow.release import compiled, read_files

MOST_NAMED = 12
Run = Callable[[Sequence[int]], list[Led]]


@click.command()
@click.option("--calls", default=500, show_default=True, type=click.IntRange(1), help="How many calls.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same calls.")
@click.option("--flow", default="", help="Enter the hotline at this flow.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that lead calls.")
@click.option("--url", help="Phone a sandbox that runs on this machine, such as http://127.0.0.1:8000.")
@click.option("--out", default="fuzz-failures", show_default=True, help="The folder for calls that failed.")
@click.option("--fill", help="Fill IVR_DATABASE_URL with this many days of calls up to now, such as 30d.")
@click.option("--calls-a-day", default=300, show_default=True, type=click.IntRange(1), help="With --fill: on average.")
@click.pass_context
def command(
    ctx: click.Context, calls: int, seed: int, flow: str, jobs: int, url: str | None, out: str, fill: str | None,
    calls_a_day: int,
) -> None:  # fmt: skip
    """Let random callers phone the hotline through its webhooks, and compare what they were told with the database.

    Exit code 0: every invariant holds. 1: some do not; the smallest such calls are saved. 2: it could not run.
    """
    if fill is not None:
        from ivr.cli.fill import fill_database

        fill_database(fill, calls_a_day, seed)
        return
    files = read_files(os.environ.get("IVR_FLOWS", "flows"))
    release = compiled(files)
    if flow and flow not in release.flows:
        raise SettingInvalid(f'there is no flow "{flow}"; there are {", ".join(release.flows)}.')
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting.made(files, flow, seed, Path(folder))
        run: Run = partial(run_block, setting, folder=Path(folder))
        if url is not None:
            run = partial(run_over_http, _sandbox(url, flow, release, seed))
        started = monotonic()
        found = list(_with_bar(_led(run, calls, jobs), calls))
        spent = monotonic() - started
        failed = [led for led in found if led.audit.broken]
        laboratory = Laboratory(setting, release, Path(folder))
        for invariant in sorted({one.invariant for led in failed for one in led.audit.broken}):
            _show_failure(laboratory, invariant, failed, Path(out))
    for line in summary(found, release, seed, spent):
        click.echo(line)
    click.echo(f"{len(found) - len(failed)} passed, {len(failed)} failed")
    ctx.exit(1 if failed else 0)


def _sandbox(url: str, flow: str, release: Release, seed: int) -> Sandbox:
    if flow:
        raise SettingInvalid("a sandbox is entered by its number: leave out --flow.")
    settings = read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
    return Sandbox.at(url, next(iter(release.numbers), "+862155500000"), settings, seed)


def _led(run: Run, calls: int, jobs: int) -> Iterator[Led]:
    blocks = [range(first, min(first + BLOCK, calls + 1)) for first in range(1, calls + 1, BLOCK)]
    if jobs == 1 or len(blocks) == 1:
        for block in blocks:
            yield from run(block)
        return
    with ProcessPoolExecutor(min(jobs, len(blocks))) as pool:
        for led in pool.map(run, blocks):
            yield from led


def _with_bar(found: Iterator[Led], calls: int) -> Iterator[Led]:
    """A progress bar on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from found
        return
    with click.progressbar(found, length=calls, label="calls", file=sys.stderr) as bar:
        yield from bar


def _show_failure(laboratory: Laboratory, invariant: str, failed: Sequence[Led], out: Path) -> None:
    """Shrink the shortest call that broke an invariant, save it, and show it."""
    calls = [led for led in failed if broken(led, invariant)]
    failure = laboratory.smallest(min(calls, key=lambda led: len(led.acts)), invariant)
    number = failure.led.ring.number
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{invariant.lower()}-call-{number}.call.yaml"
    path.write_text(laboratory.text(failure), encoding="utf-8")
    others = f" ({len(calls)} calls broke it)" if len(calls) > 1 else ""
    click.echo(f"failed  {invariant}, call {number}: {failure.what}{others}")
    for line in _dialogue(failure):
        click.echo(f"        {line}")
    click.echo(f"        saved {path}")


def _dialogue(failure: Failure) -> list[str]:
    if failure.alone:
        return failure.led.dialogue
    return ["It does not fail on a fresh database, without the calls before it; so it was not made smaller."]


def summary(found: Sequence[Led], release: Release, seed: int, spent: float) -> list[str]:
    """What was done, and what was compared."""
    turns, cases = sum(led.audit.turns for led in found), sum(led.audit.cases for led in found)
    rate = f"{spent:.0f} s, {len(found) / max(spent, 0.001):.0f} calls/s"
    lines = [f"{len(found):,} calls with seed {seed}, {turns:,} turns, {cases:,} cases; {rate}"]
    lines.append(f"callers  {_shares(Counter(led.habit for led in found))}")
    lines.append(f"ended    {_shares(Counter(led.audit.disposition for led in found))}")
    lines.append(f"exits    {_exits(found, release)}")
    counts: Counter[str] = Counter()
    for led in found:
        counts.update(led.audit.counts)
    for name, meaning in INVARIANTS.items():
        wrong = sum(bool(broken(led, name)) for led in found)
        held = "held" if counts[name] else "nothing was compared"
        verdict = f"broken by {wrong:,} call{'' if wrong == 1 else 's'}" if wrong else held
        lines.append(f"{name}       {counts[name]:,} {meaning}: {verdict}")
    return lines


def _shares(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {n:,}" for name, n in counts.most_common())


def _exits(found: Sequence[Led], release: Release) -> str:
    """How many of the exits of the flows were taken, and which were not."""
    every = [
        (flow.name, step.name, exit) for flow in release.flows.values() for step in flow.steps.values()
        for exit in step.declared.exits
    ]  # fmt: skip
    taken = {exit for led in found for exit in led.audit.exits}
    missing = [f"{flow}.{step}:{exit}" for flow, step, exit in every if (flow, step, exit) not in taken]
    named = ", ".join(missing[:MOST_NAMED])
    more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
    return f"{len(every) - len(missing)} of {len(every)} taken" + (f"; not taken: {named}{more}" if missing else "")
