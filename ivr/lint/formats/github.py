"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ivr.errors import Finding
from ivr.messages.reader import shown

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def commands(findings: Sequence[Finding]) -> Iterator[str]:
    """`::error file=,line=,col=,title=::message`, one a finding."""
    for finding in findings:
        properties = {"file": finding.file, "line": str(finding.line), "col": str(finding.column)}
        properties["title"] = finding.code
        listed = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
        said = f"{shown(finding.message)} {shown(finding.hint)}".rstrip()
        yield f"::{finding.severity} {listed}::{_escaped(said, _IN_MESSAGE)}"


def _escaped(text: str, escapes: dict[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)
