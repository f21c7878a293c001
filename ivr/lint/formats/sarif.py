"""Findings as SARIF 2.1.0, which code review and security tools take in."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ivr.errors import Finding
from ivr.lint.rule import Rule
from ivr.lint.table import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(findings: Sequence[Finding]) -> str:
    """One run of the tool: its rules, and a result for each finding."""
    described = [_described(code, rule) for rule in RULES for code in rule.codes]
    known = {rule["id"] for rule in described}
    described += [{"id": code} for code in sorted({finding.code for finding in findings} - known)]
    index = {rule["id"]: n for n, rule in enumerate(described)}
    driver = {"name": "ivr", "semanticVersion": importlib.metadata.version("ivr"), "rules": described}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index) for finding in findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _described(code: str, rule: Rule) -> dict[str, Any]:
    what, _, harm = rule.page.partition("\n\n")
    return {
        "id": code,
        "shortDescription": {"text": what.split("`: ", 1)[1]},
        "fullDescription": {"text": " ".join(harm.split())},
        "help": {"text": f"Fix: {rule.fix}"},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    region = {"startLine": finding.line, "startColumn": finding.column}
    if finding.end_column > finding.column:
        region["endColumn"] = finding.end_column
    place = {"artifactLocation": {"uri": quote(finding.file.replace("\\", "/"))}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": finding.severity,
        "message": {"text": f"{finding.message} {finding.hint}".rstrip()},
        "locations": [{"physicalLocation": place}],
    }
