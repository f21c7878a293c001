"""The keys and values of a file as YAML read them, before anything was made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from ivr.source.page import Page

SourcePath = tuple[str | int, ...]
_COLON = re.compile(r"\s*:")


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where something stands, from 1, in characters; `end_column` is the first column behind it."""

    line: int
    column: int
    end_column: int


@dataclass(slots=True)
class Scalar:
    """One key or value as YAML read it. Lines and columns count from 1; the end is the first column behind it."""

    text: str
    plain: bool
    style: str
    line: int
    column: int
    last_line: int
    end_column: int
    path: SourcePath = ()
    in_list: bool = False

    def place(self) -> SourceSpan:
        """Where it stands; of several lines only the first character."""
        end = self.end_column if self.last_line == self.line else self.column + 1
        return SourceSpan(self.line, self.column, max(end, self.column + 1))

    def is_bare(self, page: Page, key: Bare) -> bool:
        """Whether this is the nothing that YAML puts behind a key in braces that has no colon."""
        return self.plain and not self.text and not _COLON.match(page.line(key.last_line), key.end_column - 1)


class Span(NamedTuple):
    """Where a scalar over several lines stands; lines and column count from 1."""

    line: int
    column: int
    last_line: int
    quoted: bool


@dataclass(slots=True)
class Bare:
    """A key in braces; `valued` if it has a value, or at least its colon."""

    key: str
    line: int
    column: int
    last_line: int
    end_column: int
    valued: bool = False
