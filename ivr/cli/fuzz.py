"""`ivr fuzz`: random callers on the flows on disk, every call checked; or a realistic month for demonstrations."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic

import click

from ivr.cli.fuzz_block import BLOCK, Led, Setting, run_block
from ivr.cli.fuzz_failure import Failure, Laboratory, broken
from ivr.cli.fuzz_summary import Tally
from ivr.cli.fuzz_url import Sandbox, run_over_http
from ivr.cli.progress import with_bar
from ivr.config import read_settings
from ivr.errors import SettingInvalid
from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled

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

        if flow or url:
            raise SettingInvalid("--fill goes with --calls-a-day and --seed only: leave out --flow and --url.")
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
        tally = Tally()
        for led in with_bar(_led(run, calls, jobs), calls, "calls"):
            tally.add(led)
        spent = monotonic() - started
        laboratory = Laboratory(setting, release, Path(folder))
        for invariant in sorted(tally.broken):
            _show_failure(laboratory, invariant, tally, seed, Path(out))
    for line in tally.lines(release, seed, spent):
        click.echo(line)
    ctx.exit(1 if tally.failed else 0)


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


def _show_failure(laboratory: Laboratory, invariant: str, tally: Tally, seed: int, out: Path) -> None:
    """Shrink the shortest call that broke an invariant, save it, and show it."""
    calls = [led for led in tally.failed if broken(led, invariant)]
    failure = laboratory.smallest(min(calls, key=lambda led: len(led.acts)), invariant)
    number = failure.led.ring.number
    path = out / f"{invariant.lower()}-seed-{seed}-call-{number}.call.yaml"
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(laboratory.text(failure), encoding="utf-8")
    except OSError as refused:
        raise SettingInvalid(f"{path} cannot be written: {refused.strerror}. Name another --out.") from refused
    others = f" ({len(calls)} calls broke it)" if len(calls) > 1 else ""
    click.echo(f"failed  {invariant}, call {number}: {failure.what}{others}")
    for line in _dialogue(failure):
        click.echo(f"        {line}")
    click.echo(f"        saved {path}")


def _dialogue(failure: Failure) -> list[str]:
    if failure.alone:
        return failure.led.dialogue
    return ["It does not fail on a fresh database, without the calls before it; so it was not made smaller."]
