"""An author's YAML file as plain data with a place for every key and value; every scalar is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from ivr.errors import Finding, Problem
from ivr.messages.message import Message
from ivr.source.decode import LARGEST, decode
from ivr.source.page import Page, readable
from ivr.source.scalars import SourcePath, SourceSpan
from ivr.source.syntax import explain, without
from ivr.source.tree import DEEPEST, Tree, TreeReader

__all__ = ["DEEPEST", "LARGEST", "SourcePath", "SourceSpan", "Source", "read_source"]
_MOST_READINGS = 25
_MOST_READ = 3 * LARGEST
_CHOICE_AS_COMMENT = re.compile(r"[ \t]*#[ \t]?:(?:[ \t]|$)")


@dataclass(slots=True)
class Source:
    """One file as read: its data (dicts, lists and text), where everything stands, and what was wrong. `rest` is what
    is left of the data where the file could not be read whole."""

    file: str
    text: str = ""
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    values: dict[SourcePath, SourceSpan] = field(default_factory=dict)
    keys: dict[SourcePath, SourceSpan] = field(default_factory=dict)
    rest: Any = None

    def place(self, path: Sequence[str | int]) -> SourceSpan:
        """Where the value at a path stands, or its nearest ancestor."""
        return self._nearest(self.values, tuple(path))

    def key_place(self, path: Sequence[str | int]) -> SourceSpan:
        """Where the last key of a path stands, or the nearest value above it."""
        found = self.keys.get(tuple(path))
        return found or self.place(path)

    def _nearest(self, places: dict[SourcePath, SourceSpan], path: SourcePath) -> SourceSpan:
        while path and path not in places:
            path = path[:-1]
        return places.get(path, SourceSpan(1, 1, 2))

    def finding(self, path: Sequence[str | int], problem: Problem, *, at_key: bool = False) -> Finding:
        """A finding at a value, or at its key."""
        return self.at(self.key_place(path) if at_key else self.place(path), problem)

    def at(self, span: SourceSpan, problem: Problem) -> Finding:
        """A finding at a place of this file."""
        code, message, hint, severity = problem
        return Finding(self.file, span.line, span.column, code, severity, message, hint, span.end_column)


def read_source(file: str, raw: bytes, alone: frozenset[str] = frozenset()) -> Source:
    """Read a file. Never raises: what is wrong with it stands in `findings`, all that could be found at once.

    `alone` are keys that may stand in braces without a value, and mean yes.

    Where YAML or its author meant something else than the other, the data is what the author meant. `data` is None
    where the file could not be read to its end.
    """
    source = Source(file)
    page = Page(file, [], alone)
    if decode(page, raw):
        source.text = "\n".join(page.lines)
        whole, tree = _read(page)
        source.values, source.keys = tree.values, tree.keys
        if whole and isinstance(tree.data, dict):
            source.data = tree.data
        elif whole:
            _note_no_mapping(page, tree)
        elif isinstance(tree.data, dict):
            source.rest = tree.data
    source.findings = readable(page)
    return source


def _read(page: Page) -> tuple[bool, Tree]:
    """Read on behind each syntax error, the lines to blame taken out. False if there was one: then data is missing."""
    lines, explained, noted = page.lines, 0, list(page.findings)
    readings = max(2, min(_MOST_READINGS, _MOST_READ // (sum(map(len, lines)) + 1)))
    guessed = False
    while True:
        reader = TreeReader(Page(page.file, lines, page.alone))
        try:
            reader.read()
            failed = None
        except yaml.YAMLError as error:
            failed = error
        if failed is None or guessed or explained == readings:
            break
        advice = explain(failed, lines, reader.tree.scalars, reader.open_bracket())
        noted.append(Finding(page.file, advice.line, advice.column, advice.code, "error", advice.message, advice.hint))
        lines, explained, guessed = without(lines, advice), explained + 1, advice.tabs
    page.findings, page.unkept = noted + reader.page.findings, page.unkept + reader.page.unkept
    if not explained or failed is None:
        _note_comments(page, reader.tree)
    return explained == 0 and reader.tree.whole, reader.tree


def _note_comments(page: Page, tree: Tree) -> None:
    """Lines that begin `#:` vanish without a word, and are what somebody writes for the key with the hash sign."""
    inside = {line for span in tree.scalars for line in range(span.line + 1, span.last_line + 1)}
    for number, line in enumerate(page.lines, 1):
        if _CHOICE_AS_COMMENT.match(line) and number not in inside:
            message, hint = Message("source.key.pound"), Message("source.key.write-pound")
            page.note("comment-as-choice", number, line.index("#") + 1, message, hint)


def _note_no_mapping(page: Page, tree: Tree) -> None:
    if page.findings:
        return
    if not tree.data:
        page.note("empty-file", 1, 1, Message("source.file.says-nothing"))
    else:
        message = Message("source.file.list") if isinstance(tree.data, list) else Message("source.file.text")
        page.note("not-a-mapping", 1, 1, message, Message("source.file.begin"))
