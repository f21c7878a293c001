"""`ivr replay`: play fixtures offline."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import click

from ivr.cli.fixtures import Folders
from ivr.errors import SettingInvalid
from ivr.replay.both_ways import Verdict, run_both, run_engine
from ivr.replay.fixture import read_fixture


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--webhooks", is_flag=True, help="Through the webhooks and the database too; both must agree.")
@click.option("--json", "as_json", is_flag=True, help="Results as JSON.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], webhooks: bool, as_json: bool) -> None:
    """Play the fixtures (*.call.yaml) in PATHS on the flows on disk.

    Exit code 0: all passed. 1: some failed. 2: it could not run.
    """
    found = [file for path in paths for file in _fixtures(path)]
    results = []
    with tempfile.TemporaryDirectory() as workspace:
        folders = Folders(Path(workspace), os.environ.get("IVR_FLOWS", "flows"))
        for file in found:
            name, verdict = _one(file, folders, webhooks)
            results.append({"file": str(file), "call": name, "passed": not verdict.failure, "failure": verdict.failure})
            if not as_json:
                _show(file, name, verdict)
    failed = sum(not result["passed"] for result in results)
    if as_json:
        whole = {"calls": results, "passed": len(results) - failed, "failed": failed}
        click.echo(json.dumps(whole, ensure_ascii=False, indent=2))
    else:
        click.echo(f"{len(results) - failed} passed, {failed} failed")
    ctx.exit(1 if failed else 0)


def _fixtures(path: str) -> list[Path]:
    root = Path(path)
    if root.is_file():
        return [root]
    found = sorted(root.rglob("*.call.yaml")) if root.is_dir() else []
    if not found:
        raise SettingInvalid(f'there is no fixture (*.call.yaml) at "{path}".')
    return found


def _one(file: Path, folders: Folders, webhooks: bool) -> tuple[str, Verdict]:
    fixture, findings = read_fixture(str(file), file.read_bytes())
    if fixture is None:
        return "", Verdict("\n".join(map(str, findings)))
    files, release = folders.of(fixture, file.parent)
    if webhooks:
        return fixture.fields.call, run_both(fixture, release, lambda f, s: folders.rehearsals.webhooks(files, f, s))
    return fixture.fields.call, run_engine(fixture, release)[0]


def _show(file: Path, name: str, verdict: Verdict) -> None:
    if not verdict.failure:
        click.echo(f"passed  {file}  {name}")
        return
    click.echo(f"failed  {verdict.failure}")
    for line in verdict.dialogue:
        click.echo(f"        {line}")
