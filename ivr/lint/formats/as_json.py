"""Findings for programs: the JSON of `ivr lint`, a public interface."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ivr.errors import Finding
from ivr.messages.message import plain_values

FIELDS = ("code", "severity", "file", "line", "column", "message", "hint")


def as_json(findings: Sequence[Finding], files: int) -> str:
    """All findings, and how many files, errors and warnings there are."""
    errors = sum(finding.severity == "error" for finding in findings)
    whole = {
        "findings": [_row(finding) for finding in findings],
        "files": files,
        "errors": errors,
        "warnings": len(findings) - errors,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _row(finding: Finding) -> dict[str, Any]:
    """A finding: its sentences in English, and the values they name, for whoever writes sentences of their own."""
    row: dict[str, Any] = {name: getattr(finding, name) for name in FIELDS}
    return {**row, "values": {**plain_values(finding.hint), **plain_values(finding.message)}}
