"""A syntax error in reach of the lines around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ivr.source.scalars import Span

LONGEST = 2000
KEY = re.compile(r"( *(?:- +)*)([\w*#+.-]+|\"[^\"]*\"|'[^']*')\s*[:：](?=\s|$)")
TAB_INDENT = re.compile(r" *\t")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say of a syntax error; line and column count from 1. `tabs`: all tabs in front of lines are to blame."""

    code: str
    line: int
    column: int
    message: str
    hint: str = ""
    tabs: bool = False


class SyntaxErrorAt:
    """A syntax error in reach of its lines; all positions count from 0."""

    def __init__(self, failed: Any, lines: list[str], scalars: list[Span], bracket: tuple[int, int] | None) -> None:
        self.lines, self.scalars = lines, scalars
        mark, opened = getattr(failed, "problem_mark", None), getattr(failed, "context_mark", None)
        self.line = min(mark.line, len(lines) - 1) if mark else 0
        self.column = mark.column if mark else 0
        self.context = getattr(failed, "context", None) or ""
        self.opened = (min(opened.line, len(lines) - 1), opened.column) if opened else (self.line, self.column)
        if "flow node" in self.context and bracket:
            self.opened = bracket
        self.problem = getattr(failed, "problem", None) or ""
        self.in_brackets = "flow" in self.context
        self.previous = self._before(self.line)
        # A key without its colon is only missed on the next line.
        self.suspects = [self.line]
        if "simple key" in self.context:
            self.suspects.insert(0, self.opened[0])
        elif "mapping values" in self.problem:
            self.suspects += self.previous

    def _before(self, line: int) -> list[int]:
        return next(([n] for n in range(line - 1, max(line - 50, -1), -1) if self.lines[n].strip()), [])

    def text(self, line: int) -> str:
        """A line, cut where no author would have gone on, so that looking at it takes no time."""
        return self.lines[line][:LONGEST]

    @property
    def before(self) -> str:
        """What stands on the line before the place where YAML gave up."""
        return self.text(self.line)[: self.column].rstrip()

    def char(self, line: int, column: int) -> str:
        """One character, or nothing behind the end."""
        return self.text(line)[column : column + 1] if line < len(self.lines) else ""

    def between(self) -> range:
        """The lines from the bracket opened to where YAML gave up."""
        return range(self.opened[0], min(self.line, self.opened[0] + 200) + 1)

    def here(self, code: str, message: str, hint: str = "") -> Advice:
        """Advice at the place where YAML gave up."""
        return Advice(code, self.line + 1, self.column + 1, message, hint)

    def at_opened(self, code: str, message: str, hint: str = "") -> Advice:
        """Advice at the beginning of what YAML was reading."""
        return Advice(code, self.opened[0] + 1, self.opened[1] + 1, message, hint)
