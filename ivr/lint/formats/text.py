"""Findings for people: the sentence, the line it is about, and a caret under the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from ivr.errors import Finding
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.source.page import lines_of

WIDEST = 110
"""Columns of a terminal that a line may take; a longer one is cut around its place."""
_BEFORE = 60
_FAR = 200
"""More characters than are ever shown on one side."""


def report_lines(findings: Sequence[Finding], files: Mapping[str, bytes]) -> Iterator[str]:
    """The lines of a report. Where a file is missing from `files`, only the sentence is printed."""
    lines: dict[str, Sequence[str]] = {}
    for finding in findings:
        yield shown(finding.sentence())
        if finding.file not in lines:
            lines[finding.file] = lines_of(files.get(finding.file, b"").decode("utf-8-sig", "replace"))
        of_file = lines[finding.file]
        if finding.line <= len(of_file) and of_file[finding.line - 1].strip():
            yield from _with_caret(finding, of_file[finding.line - 1])


def total(findings: Sequence[Finding], files: int) -> Message:
    """The last line: how many files, errors and warnings."""
    errors = sum(finding.severity == "error" for finding in findings)
    return Message("finding.total", files=files, errors=errors, warnings=len(findings) - errors)


def _with_caret(finding: Finding, line: str) -> Iterator[str]:
    at = min(finding.column - 1, len(line))
    cut = max(0, at - _FAR)  # a line may be as long as a file
    text = visible(line[cut : at + _FAR])
    start = at - cut
    end = max(finding.end_column - 1 - cut, start + 1)
    first, last = _window(text, start)
    lead, tail = ("…" if first or cut else ""), ("…" if cut + last < len(line) else "")
    before = width(lead + text[first:start])
    marked = max(width(text[start : min(end, last)]), 1)
    yield f"{finding.line:>5} | {lead}{text[first:last]}{tail}"
    yield f"{'':>5} | {' ' * before}{'^' * marked}"


def _window(text: str, start: int) -> tuple[int, int]:
    """The part of a line that is shown: all of it, or what fits around the place."""
    if width(text) <= WIDEST:
        return 0, len(text)
    first = start
    while first and width(text[first - 1 : start]) <= _BEFORE:
        first -= 1
    last = start
    while last < len(text) and width(text[first : last + 1]) <= WIDEST:
        last += 1
    return first, last


def visible(text: str) -> str:
    """A text as it may be printed on a line."""
    return text if text.isascii() and text.isprintable() else "".join(map(_seen, text))


def _seen(character: str) -> str:
    """A character as it may be printed: a tab is one blank, and what would move the cursor is a mark."""
    if character == "\t":
        return " "
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character


def width(text: str) -> int:
    """The columns a text takes on a terminal: two for a wide character, none for a mark set on another one."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
