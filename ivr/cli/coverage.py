"""`ivr coverage`: what of the flows the fixtures have walked, and what not, with its place."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from ivr.cli.coverage_page import page
from ivr.cli.coverage_report import Coverage
from ivr.cli.examples import told
from ivr.cli.fixtures import fixture_files
from ivr.engine.turn import begin
from ivr.errors import SettingInvalid
from ivr.explore.coverage import Item, items, possible, real, walked_by
from ivr.explore.search import Undecided
from ivr.explore.state_walk import MOST_STATES, Walked, walk
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.replay.both_ways import CALL
from ivr.replay.engine_phone import EnginePhone
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.play import play
from ivr.replay.scene import Scene

USUAL = ("tests",)


@click.command()
@click.argument("paths", nargs=-1)
@click.option("--format", "shape", type=click.Choice(["text", "json", "html"]), default="text", help="How it is shown.")
@click.option("--fail-under", type=click.FloatRange(0, 100), help="Exit code 1 below so many percent.")
@click.option("--write-missing", type=click.Path(file_okay=False), help="Write a call to each gap into this folder.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[str, ...], shape: str, fail_under: float | None, write_missing: str | None
) -> None:
    """Count what the fixtures in PATHS (tests) walk: every exit, re-ask and confirmation, in each language.

    What can be walked at all comes from exploring; what no call can walk is no gap but a finding of `ivr explore`.
    Exit code 0: enough is walked. 1: less than --fail-under, or a fixture fails. 2: it could not run.
    """
    flows = os.environ.get("IVR_FLOWS", "flows")
    files = read_files(flows)
    release = compiled(files)
    fixtures = [fixture for path in paths or USUAL for fixture in _fixtures(path, flows)]
    seen: set[Item] = set()
    failed = [fixture.file for fixture in fixtures if not _walk(fixture, release, seen)]
    walked = _walked(release)
    might = possible(walked)
    try:
        calls = real(walked, {item: edge for item, edge in might.items() if item not in seen})
    except Undecided as undecided:
        raise SettingInvalid(f"what can be walked could not be told: {undecided}.") from undecided
    coverage = Coverage(parse(files), release, seen & might.keys(), calls, len(fixtures), failed)
    written = _write(walked, coverage, Path(write_missing)) if write_missing else []
    if shape == "json":
        click.echo(json.dumps(coverage.data(), ensure_ascii=False, indent=2))
    elif shape == "html":
        click.echo(page(coverage))
    else:
        click.echo("\n".join([*coverage.lines(), *(f"written: {path}" for path in written)]))
    low = fail_under is not None and coverage.percent < fail_under
    if low:
        click.echo(f"{coverage.percent:.1f}% is less than {fail_under:g}%.", err=True)
    ctx.exit(1 if low or failed else 0)


def _fixtures(path: str, flows: str) -> list[Fixture]:
    """The fixtures at a path that are about these flows. `SettingInvalid` where there is none or one is no fixture."""
    root = Path(path)
    found = [root] if root.is_file() else fixture_files(root) if root.is_dir() else []
    if not found:
        raise SettingInvalid(f'there is no fixture (*.call.yaml) at "{path}".')
    fixtures = []
    for file in found:
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            raise SettingInvalid("\n".join(map(str, findings)))
        named = fixture.fields.flows
        if not named or (file.parent / named).resolve() == Path(flows).resolve():
            fixtures.append(fixture)
    return fixtures


def _walk(fixture: Fixture, release: Release, seen: set[Item]) -> bool:
    """Play a fixture and note what it walks; False where it fails."""
    fields = fixture.fields
    entry = fields.flow or release.numbers.get(fields.to, release.default)
    if entry not in release.flows:
        raise SettingInvalid(f'{fixture.file}:{fixture.line("flow")}: there is no flow "{entry}".')
    scene = Scene(fields)
    phone = EnginePhone(release, entry, scene, caller=fields.from_, call=CALL, language=fields.language)
    played = play(fixture, phone, scene)
    before = begin(release, entry, fields.language)
    for turn in phone.taken:
        seen.update(items(before, turn.events, turn.state))
        before = turn.state
    return played.unmet is None


def _walked(release: Release) -> Walked:
    today = datetime.now(ZoneInfo(release.time_zone)).date()
    walked = walk(release, since=today, by_language=True, most=MOST_STATES)
    if not walked.whole:
        raise SettingInvalid("there are too many states to tell what can be walked; see `ivr explore`.")
    return walked


def _write(walked: Walked, coverage: Coverage, folder: Path) -> list[str]:
    """A call to each gap; one that walks several is written once, the longest first."""
    written: list[str] = []
    open_ = set(coverage.missing)
    longest = sorted(coverage.missing.items(), key=lambda pair: (-len(pair[1].inputs), pair[0]))
    for item, example in longest:
        if item not in open_:
            continue
        call = told(walked, example, f"{item.flow}.{item.step} is left by {item.what} in {item.language}")
        if not call.text:
            continue
        open_ -= walked_by(example, begin(walked.release, example.entry))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            name = "_".join((item.flow, item.step, item.what, item.language)).replace(" ", "_").replace("/", "_")
            path = folder / f"{name}.call.yaml"
            path.write_text(call.text, encoding="utf-8")
        except OSError as failed:
            raise SettingInvalid(f'the calls could not be written to "{folder}": {failed.strerror}.') from failed
        written.append(str(path))
    if open_ and sys.stderr.isatty():
        click.echo(f"{len(open_)} gaps are left that no fixture can be written for.", err=True)
    return written
