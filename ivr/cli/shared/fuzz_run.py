"""A run of random calls, spread over processes: every call checked, and the smallest failure of each kind saved."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from time import monotonic

from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.fuzz_databases import FreshDatabases, SandboxDatabase
from ivr.cli.shared.spread import spread, with_bar
from ivr.errors import InvalidArgument
from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.replay.fixture_files import write_fixture
from ivr.simulate.fuzz_summary import FuzzSummary
from ivr.simulate.fuzz_worker import FuzzRun, blocks, run_block
from ivr.simulate.random_calls import RandomCallResult
from ivr.simulate.sandbox_calls import Sandbox, run_over_http
from ivr.simulate.shrink_failure import Reproducer, broken

RunBlock = Callable[[Sequence[int]], list[RandomCallResult]]


@dataclass(frozen=True, slots=True)
class FuzzRequest:
    """How many calls from which seed, entering at `flow` (empty: by number), in how many processes; `url` is the
    sandbox that is phoned instead of a hotline in this process."""

    calls: int
    seed: int
    flow: str
    jobs: int
    url: str | None


def fuzz(request: FuzzRequest, out: str) -> tuple[list[str], bool]:
    """Run it; the report, and whether every invariant holds. Failures are saved in the folder `out`."""
    files = read_files(os.environ.get("IVR_FLOWS", "flows"))
    release = compiled(files)
    if request.flow and request.flow not in release.flows:
        raise InvalidArgument(Message("explore-command.no-flow", flow=request.flow, known=tuple(release.flows)))
    with tempfile.TemporaryDirectory() as folder:
        run = FuzzRun(request.seed, request.flow, FreshDatabases.made(files, request.flow, Path(folder)))
        run_one = partial(run_block, run) if request.url is None else _over_http(request, request.url, release)
        started = monotonic()
        summary = _summary(run_one, request)
        spent = monotonic() - started
        lines = list(_failures(Reproducer(run, release), summary, Path(out)))
    return [*lines, *summary.lines(release, request.seed, spent)], not summary.failed


def _over_http(request: FuzzRequest, url: str, release: Release) -> RunBlock:
    if request.flow:
        raise InvalidArgument(Message("fuzz-command.sandbox-flow"))
    settings = local_settings()
    sandbox = Sandbox.at(url, next(iter(release.numbers), "+862155500000"), settings, request.seed)
    return partial(run_over_http, sandbox, SandboxDatabase(settings))


def _summary(run: RunBlock, request: FuzzRequest) -> FuzzSummary:
    summary = FuzzSummary()
    results = chain.from_iterable(spread(run, blocks(request.calls), request.jobs))
    for result in with_bar(results, request.calls, Message("fuzz-command.bar")):
        summary.add(result)
    return summary


def _failures(reproducer: Reproducer, summary: FuzzSummary, out: Path) -> Iterator[str]:
    """For each invariant that was broken: shrink the shortest call that broke it, save it, and show it."""
    for invariant in sorted(summary.broken):
        calls = [result for result in summary.failed if broken(result, invariant)]
        failure = reproducer.smallest(min(calls, key=lambda result: len(result.acts)), invariant)
        number = failure.result.incoming.number
        path = out / f"{invariant.lower()}-seed-{reproducer.seed}-call-{number}.call.yaml"
        write_fixture(path, reproducer.text(failure), Message("fuzz-command.out"))
        yield Message("fuzz-command.failed", invariant=invariant, call=number, what=failure.what, calls=len(calls))
        lines = failure.result.dialogue if failure.alone else [Message("fuzz-command.not-alone")]
        for line in [*lines, Message("fuzz-command.saved", path=str(path))]:
            yield Message("fuzz-command.below", line=line)
