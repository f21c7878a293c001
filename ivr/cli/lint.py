"""`ivr lint`: everything that is wrong with the flows, at once."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import click

from ivr.errors import Finding, SettingInvalid
from ivr.flow.release import Files, findings_of, read_files


@click.command()
@click.argument("path", required=False)
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", help="How findings are shown.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.pass_context
def command(ctx: click.Context, path: str | None, shape: str, strict: bool) -> None:
    """Check the flows in PATH (a folder, or one file of it; IVR_FLOWS when left out).

    Exit code 0: no errors. 1: errors, or warnings with --strict. 2: it could not run.
    """
    named = path or os.environ.get("IVR_FLOWS", "flows")
    files, only = _files(named)
    findings = [finding for finding in findings_of(files) if only is None or finding.file == only]
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if shape == "json":
        click.echo(_json(findings, files=1 if only else len(files), errors=errors, warnings=warnings))
    else:
        for finding in findings:
            click.echo(str(finding))
        click.echo(_sum(1 if only else len(files), errors, warnings))
    ctx.exit(1 if errors or (strict and warnings) else 0)


def _files(named: str) -> tuple[Files, str | None]:
    """The files of a folder; for one file its whole folder, and the file's name: a flow is only whole among others."""
    path = Path(named)
    if path.is_file():
        return read_files(str(path.parent)), str(path.parent / path.name)
    if not path.exists():
        raise SettingInvalid(f'there is no file or folder "{named}".')
    return read_files(named), None


def _json(findings: list[Finding], *, files: int, errors: int, warnings: int) -> str:
    names = ("code", "severity", "file", "line", "column", "message", "hint")
    rows = [{name: value for name in names for value in [dataclasses.asdict(f)[name]]} for f in findings]
    whole = {"findings": rows, "files": files, "errors": errors, "warnings": warnings}
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _sum(files: int, errors: int, warnings: int) -> str:
    def some(n: int, what: str) -> str:
        return f"{n} {what}{'' if n == 1 else 's'}"

    return f"{some(files, 'file')}: {some(errors, 'error')}, {some(warnings, 'warning')}"
