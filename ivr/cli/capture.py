"""`ivr capture`: calls on record as fixtures, with nothing in them of what their callers gave."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click

from ivr.cli.replay_stored import records, settings_for
from ivr.cli.since import since
from ivr.errors import IvrError, NoSuch, SettingInvalid
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.replay.anonymize import NotCaptured
from ivr.replay.both_ways import run_engine
from ivr.replay.capture import Captured, capture, path_of
from ivr.replay.fixture import read_fixture
from ivr.service.ports import CallFilter, CallRecords, Ports, RecordedCall

AN_ACT = "\n  - "


@click.command()
@click.argument("call", required=False)
@click.option("--out", type=click.Path(), help="The file to write; with --since a folder (captured).")
@click.option("--since", "begun", default="", help="All calls begun since: 7d, 12h, or a time with its zone.")
@click.option("--distinct", is_flag=True, help="With --since: one call of each path (the exits it took).")
@click.option("--simulated", is_flag=True, help="With --since: calls of `ivr call` too.")
def command(call: str | None, out: str | None, begun: str, distinct: bool, simulated: bool) -> None:
    """Make the stored call CALL a fixture that replays to the same transcript.

    Numbers, names, sensitive entries and free speech are replaced by others that lead the same way. A fixture that
    would not, or that would still hold what the caller gave, is not written.

    Exit code 0: written. 1: some calls could not be captured. 2: it could not run.
    """
    if bool(call) == bool(begun):
        raise click.UsageError("Name one call, or say --since 7d for all calls begun since then.")
    settings = settings_for("")
    with records(settings) as (ports, calls):
        if call:
            _write_one(ports, calls, call, out)
            return
        wanted = CallFilter(since=since(begun, datetime.now(UTC)), simulated=simulated)
        many = _Many(ports, calls, Path(out or "captured"))
        many.write(wanted, distinct=distinct)
    many.report(distinct=distinct)
    if many.failed:
        click.get_current_context().exit(1)


def _write_one(ports: Ports, calls: CallRecords, name: str, out: str | None) -> None:
    found = next(calls.calls(CallFilter(calls=(name,), simulated=True)), None)
    if found is None:
        raise NoSuch(f"call {name} is not on record.")
    made = capture(ports.release(found.release), found, calls.transcripts(name))
    if out is None:
        click.echo(made.text, nl=False)
    else:
        _write(Path(out), made.text)
        click.echo(f"{out}: captured, {made.text.count(AN_ACT)} acts")
    for line in _notes(made, out or "captured.call.yaml"):
        click.echo(line, err=True)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as failed:
        raise SettingInvalid(f"{path} cannot be written: {failed.strerror}.") from None


def _notes(made: Captured, file: str) -> Iterator[str]:
    """What whoever keeps the fixture should know."""
    if made.note:
        yield f"note: {made.note}, which no fixture can say; its ends are those of the replay."
    fixture, _ = read_fixture(file, made.text.encode())
    assert fixture is not None
    try:
        release = compiled(read_files(os.environ.get("IVR_FLOWS", "flows")))
        failure = run_engine(fixture, release)[0].failure
    except IvrError as failed:
        failure = str(failed).splitlines()[0]
    if failure:
        yield f"note: it passes on its own release, not on the flows on disk: {failure}"


@dataclass(slots=True)
class _Many:
    """Calls captured into a folder."""

    ports: Ports
    calls: CallRecords
    folder: Path
    seen: Counter[object] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    found: int = 0

    def write(self, wanted: CallFilter, *, distinct: bool) -> None:
        for call in self.calls.calls(wanted):
            self.found += 1
            try:
                self._one(call, distinct=distinct)
            except IvrError as failed:
                self.failed.append(str(failed).splitlines()[0])

    def _one(self, call: RecordedCall, *, distinct: bool) -> None:
        release = self.ports.release(call.release)
        if call.entry not in release.flows:
            raise NotCaptured(f'call {call.call}: its release has no flow "{call.entry}".')
        path = path_of(release, call)
        if distinct and self.seen[path]:
            self.seen[path] += 1
            return
        made = capture(release, call, self.calls.transcripts(call.call))
        self.seen[path] += 1
        self.names[made.name] += 1
        number = self.names[made.name]
        _write(self.folder / f"{made.name}{f'_{number}' if number > 1 else ''}.call.yaml", made.text)

    def report(self, *, distinct: bool) -> None:
        """How many were found, written and left out."""
        for line in self.failed:
            click.echo(f"not captured: {line}")
        written = self.names.total()
        paths = f" on {len(self.seen)} paths" if distinct else ""
        click.echo(f"{self.found} calls{paths}: {written} written to {self.folder}, {len(self.failed)} not captured")
