"""What `ivr lint` looks at, and its report in each format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ivr.errors import Finding, InvalidArgument
from ivr.flow.release import Files, read_files
from ivr.lint.formats.as_json import as_json
from ivr.lint.formats.github import commands
from ivr.lint.formats.sarif import sarif
from ivr.lint.formats.text import report_lines, total
from ivr.messages.message import Message


def report(shape: str, findings: Sequence[Finding], files: Files, count: int) -> Iterator[str]:
    """The lines of a report."""
    match shape:
        case "json":
            yield as_json(findings, count)
        case "sarif":
            yield sarif(findings)
        case "github":
            yield from commands(findings)
        case _:
            yield from report_lines(findings, files)
            yield total(findings, count)


def files_named(named: str) -> tuple[Files, str | None]:
    """The files of a folder; for one file its whole folder, and the file's name: a flow is only whole among others."""
    path = Path(named)
    if path.is_file():
        return read_files(str(path.parent)), str(path.parent / path.name)
    if not path.exists():
        raise InvalidArgument(Message("lint-command.no-path", path=named))
    return read_files(named), None
