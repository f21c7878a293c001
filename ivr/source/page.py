"""An author's file as lines of text, and the findings noted on it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ivr.errors import Finding
from ivr.messages.message import Message

MOST_FINDINGS = 100
_MOST_KEPT = 1000
_BREAK = re.compile(r"\r\n|\n|\r")


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their ends; LF, CR LF and a lone CR all end one."""
    return _BREAK.split(text)


@dataclass(slots=True)
class Page:
    """The lines of one file, and what was noted on them so far. `alone` are the keys that need no value in braces."""

    file: str
    lines: list[str]
    alone: frozenset[str] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    unkept: int = 0

    def line(self, number: int) -> str:
        """A line, counted from 1; nothing behind the last one, where YAML sees the end of the file."""
        return self.lines[number - 1] if number <= len(self.lines) else ""

    def note(self, code: str, line: int, column: int, message: str, hint: str = "") -> None:
        """Note an error; line and column count from 1, in characters."""
        if len(self.findings) < _MOST_KEPT:
            self.findings.append(Finding(self.file, line, column, code, "error", message, hint))
        else:
            self.unkept += 1


def readable(page: Page) -> list[Finding]:
    """Findings in order, each once; of a hopeless file only the first hundred, and how many more there are."""
    ordered = sorted(set(page.findings))
    rest = ordered[MOST_FINDINGS:]
    if rest:
        first = rest[0]
        message = Message("source.more", n=len(rest) + page.unkept)
        ordered[MOST_FINDINGS:] = [Finding(first.file, first.line, first.column, "more-findings", "error", message)]
    return ordered
