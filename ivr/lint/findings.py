"""All that is wrong with files, and files compiled where nothing is."""

from __future__ import annotations

from datetime import date

from ivr.errors import Finding, FlowInvalid
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import Parsed, parse
from ivr.flow.release import Files
from ivr.lint.check import check
from ivr.lint.rule import Profile


def findings_of(files: Files, profile: Profile = "draft", today: date | None = None) -> list[Finding]:
    """All that is wrong with the files, in the order of their places.

    `profile`: `draft` for what must be right to try them, `live` for what must be right before callers hear them.
    `today` is the day to judge calendars by; None leaves that out.
    """
    return _judged(parse(files, as_meant=True), profile, today)


def compiled(files: Files) -> Release:
    """Compile files. `FlowInvalid` with every finding where there are errors."""
    parsed = parse(files, as_meant=True)
    errors = [finding for finding in _judged(parsed, "draft", None) if finding.severity == "error"]
    if errors:  # a misspelt key among them: what is compiled was read as it is written
        raise FlowInvalid(errors)
    return compile_release(parsed)


def _judged(parsed: Parsed, profile: Profile, today: date | None) -> list[Finding]:
    findings = parsed.findings
    if parsed.hotline is not None:
        findings = findings + check(parsed, profile, today)
    return sorted(set(findings))
