"""`ivr diff`: what changed between two releases, in words."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from ivr.change.diff.change import Change
from ivr.change.diff.compare import difference
from ivr.change.diff.wording import side_by_side
from ivr.cli.fixtures import fixture_files
from ivr.cli.sides import Side, folder_side, live_side, side
from ivr.config import Settings, read_settings
from ivr.errors import SettingInvalid
from ivr.flow.compile import compile_release
from ivr.replay.fixture import Fixture, read_fixture
from ivr.replay.outcome_changes import OutcomeChange, outcome_change

FIXTURES = "tests"


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@click.option("--fixtures", type=click.Path(), help=f"The calls to play; {FIXTURES} when left out, if it is there.")
@click.option("--json", "as_json", is_flag=True, help="The changes as JSON.")
@click.pass_context
def command(ctx: click.Context, a: str | None, b: str | None, fixtures: str | None, as_json: bool) -> None:
    """Tell in words what changed from A to B, and which fixtures come out otherwise.

    A and B are folders, or releases by the first signs of their hash. Without B it is the files on disk; without both,
    A is the live release. Exit code 0: nothing changed. 1: something did. 2: they could not be compared.
    """
    settings = read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
    before, after = sides(a, b, settings)
    changes = difference(before.parsed, after.parsed).changes
    calls = fixtures_in(fixtures)
    outcomes = list(_outcomes(before, after, calls))
    if as_json:
        whole = {
            "before": before.name,
            "after": after.name,
            "changes": [asdict(change) for change in changes],
            "fixtures": {"played": len(calls), "changed": [asdict(outcome) for outcome in outcomes]},
        }
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        for line in _text(before, after, changes):
            click.echo(line)
        for line in _fixtures_text(outcomes, len(calls)):
            click.echo(line)
    ctx.exit(1 if changes or outcomes else 0)


def sides(a: str | None, b: str | None, settings: Settings) -> tuple[Side, Side]:
    """What is compared with what."""
    before = side(a, settings) if a else live_side(settings)
    after = side(b, settings) if b else folder_side(settings.flows)
    return before, after


def fixtures_in(folder: str | None) -> list[Fixture]:
    """The fixtures of a folder; of the usual one, where none is named, if it is there. Those with flows of their own
    are left out. `SettingInvalid` where a named folder holds none, or one cannot be read."""
    named = folder or FIXTURES
    files = fixture_files(Path(named))
    if folder and not files:
        raise SettingInvalid(f'there is no fixture (*.call.yaml) in "{folder}".')
    found = []
    for file in files:
        fixture, findings = read_fixture(str(file), file.read_bytes())
        if fixture is None:
            raise SettingInvalid(str(findings[0]))
        if not fixture.fields.flows:
            found.append(fixture)
    return found


def _outcomes(before: Side, after: Side, calls: Sequence[Fixture]) -> Iterator[OutcomeChange]:
    old, new = compile_release(before.parsed), compile_release(after.parsed)
    for fixture in calls:
        if (found := outcome_change(fixture, old, new)) is not None:
            yield found


def _text(before: Side, after: Side, changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        yield f"From {before.name} to {after.name} nothing changed."
        return
    yield f"From {before.name} to {after.name}:"
    flows = dict.fromkeys(change.flow for change in changes)
    for flow in flows:
        yield ""
        yield f"flow {flow}" if flow else "the hotline itself"
        for change in (change for change in changes if change.flow == flow):
            yield f"  {change.sentence}"
            if change.what == "words" and change.before and change.after:
                was, now = side_by_side(change.before, change.after)
                yield f"      before: {was}"
                yield f"      now:    {now}"


def _fixtures_text(outcomes: Sequence[OutcomeChange], played: int) -> Iterator[str]:
    if not played:
        return
    led = [outcome for outcome in outcomes if not outcome.words]
    yield ""
    yield f"{played} fixture{'' if played == 1 else 's'} played: {len(led)} come out otherwise, " + (
        f"{len(outcomes) - len(led)} only hear other words."
    )
    for outcome in (*led, *(outcome for outcome in outcomes if outcome.words)):
        sign = "words" if outcome.words else "fails now" if outcome.after == "failed" else "changed"
        said = outcome.said if outcome.said.startswith(outcome.file) else f"{outcome.file}: {outcome.said}"
        yield f"  {sign:<9} {said}"
