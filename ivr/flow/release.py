"""A release as stored: all files together, named by their content, and compiled when first needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ivr.errors import Finding, FlowInvalid, SettingInvalid
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.rules.check import check
from ivr.flow.rules.rule import Profile

Files = Mapping[str, bytes]


def read_files(folder: str) -> dict[str, bytes]:
    """The author's files in a folder, by their path as the author would write it. `SettingInvalid` if there is none."""
    root = Path(folder)
    if not root.is_dir():
        raise SettingInvalid(f'there is no folder "{folder}" with flows; IVR_FLOWS names it.')
    found = {
        str(path): path.read_bytes()
        for path in sorted(root.glob("*.yaml"))
        if path.is_file() and not path.name.endswith(".call.yaml")
    }
    if not found:
        raise SettingInvalid(f'the folder "{folder}" holds no flows (*.yaml).')
    return found


def findings_of(files: Files, profile: Profile = "draft", today: date | None = None) -> list[Finding]:
    """All that is wrong with the files, in the order of their places.

    `profile`: `draft` for what must be right to try them, `live` for what must be right before callers hear them.
    `today` is the day to judge calendars by; None leaves that out.
    """
    parsed = parse(files, as_meant=True)
    findings = parsed.findings
    if parsed.hotline is not None:
        findings = findings + check(parsed, profile, today)
    return sorted(set(findings))


def compiled(files: Files) -> Release:
    """Compile files. `FlowInvalid` with every finding where there are errors."""
    errors = [finding for finding in findings_of(files) if finding.severity == "error"]
    if errors:
        raise FlowInvalid(errors)
    return compile_release(parse(files))


def body_of(files: Files) -> str:
    """The files as a release keeps them: by name, in order."""
    return json.dumps({Path(name).name: raw.decode("utf-8-sig") for name, raw in sorted(files.items())}, sort_keys=True)


def hash_of(body: str) -> str:
    """The name of a release: the hash of its content."""
    return hashlib.sha256(body.encode()).hexdigest()


def from_body(body: str) -> Release:
    """A stored release, compiled. It was checked before it was stored; later rules do not unmake it."""
    files = {name: text.encode() for name, text in json.loads(body).items()}
    parsed = parse(files)
    if parsed.hotline is None:
        raise FlowInvalid(parsed.findings)
    return compile_release(parsed)
