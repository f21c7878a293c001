"""Findings for programs: the JSON of `ivr lint`, a public interface."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence

from ivr.errors import Finding

FIELDS = ("code", "severity", "file", "line", "column", "message", "hint")


def as_json(findings: Sequence[Finding], files: int) -> str:
    """All findings, and how many files, errors and warnings there are."""
    rows = [dataclasses.asdict(finding) for finding in findings]
    errors = sum(finding.severity == "error" for finding in findings)
    whole = {
        "findings": [{name: row[name] for name in FIELDS} for row in rows],
        "files": files,
        "errors": errors,
        "warnings": len(findings) - errors,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)
