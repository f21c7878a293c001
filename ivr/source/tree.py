"""From YAML to plain data, event by event: every scalar is text, and every key and value has its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from ivr.call.keys import written_key
from ivr.messages.message import Message
from ivr.source.braces import braces_as_meant
from ivr.source.full_width import trimmed
from ivr.source.joining import JoinMarks
from ivr.source.page import Page
from ivr.source.scalars import Bare, Scalar, SourcePath, SourceSpan, Span
from ivr.source.traps import key_as_meant, note_marks, value_as_meant

DEEPEST = 20
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Tree:
    """What was read: data (dicts, lists and text) and places; `scalars` are those over several lines;
    `whole` is false where reading was given up, or where the levels cannot be told."""

    data: Any = None
    values: dict[SourcePath, SourceSpan] = field(default_factory=dict)
    keys: dict[SourcePath, SourceSpan] = field(default_factory=dict)
    scalars: list[Span] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class _Frame:
    """A mapping or list being read. `key` is the key whose value comes next; `stored` whether that value is kept."""

    built: Any
    path: SourcePath
    flow: bool
    is_key: bool = False
    key: str | None = None
    stored: bool = True
    count: int = 0
    bare: list[Bare] = field(default_factory=list)


class TreeReader:
    """Reads one text. The tree is filled as far as the text could be read; `yaml.YAMLError` where it could not.

    Events, not nodes: nesting is refused before it can cost anything, and an alias never multiplies.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tree = Tree()
        self._join_marks = JoinMarks("\n".join(page.lines))
        self._frames: list[_Frame] = []
        self._documents = 0

    def read(self) -> None:
        """Read all of it, or up to a second document or a nesting too deep."""
        for event in yaml.parse(self._join_marks.marked, Loader=Loader):
            if not self._take(event):
                break

    def open_bracket(self) -> tuple[int, int] | None:
        """Line and column, from 0, of the innermost bracket not closed so far."""
        if not self._frames or not self._frames[-1].flow:
            return None
        place = self.tree.values[self._frames[-1].path]
        return place.line - 1, place.column - 1

    def _take(self, event: Any) -> bool:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    message, hint = Message("source.file.second-document"), Message("source.file.one-document")
                    self.page.note("several-documents", line, column, message, hint)
                    return False
                if event.tags:
                    self.page.note("tag", line, column, Message("source.text.percent-tag"))
            case yaml.AliasEvent():
                note_marks(self.page, event)
                self._value(_scalar(event, f"*{event.anchor}", plain=False))
            case yaml.ScalarEvent():
                note_marks(self.page, event)
                scalar = _scalar(event, self._join_marks.closed(event.value), plain=not event.style)
                if scalar.line != scalar.last_line:
                    quoted = event.style in ("'", '"')
                    self.tree.scalars.append(Span(scalar.line, scalar.column, scalar.last_line, quoted))
                self._value(scalar)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                note_marks(self.page, event)
                return self._open(event, line, column)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close(event)
        return True

    def _path(self) -> SourcePath:
        if not self._frames:
            return ()
        top = self._frames[-1]
        return (*top.path, top.count if isinstance(top.built, list) else top.key or "?")

    def _expects_key(self) -> bool:
        return bool(self._frames) and isinstance(self._frames[-1].built, dict) and self._frames[-1].key is None

    def _value(self, scalar: Scalar) -> None:
        if self._expects_key():
            self._key(scalar)
            return
        top = self._frames[-1] if self._frames else None
        if top and top.flow and isinstance(top.built, dict) and top.bare and not top.bare[-1].valued:
            top.bare[-1].valued = not scalar.is_bare(self.page, top.bare[-1])
        scalar.path, scalar.in_list = self._path(), bool(top and top.flow and isinstance(top.built, list))
        for text in value_as_meant(self.page, scalar):
            self.tree.values[self._path()] = scalar.place()
            self._put(text)

    def _key(self, scalar: Scalar) -> None:
        top = self._frames[-1]
        text = key_as_meant(self.page, scalar, top.flow)
        if scalar.plain and trimmed(scalar.text) != scalar.text:
            self.tree.whole = False
        key = written_key(text)
        path = (*top.path, key)
        top.stored = not (scalar.plain and text == "<<")
        top.count += 1
        if path in self.tree.keys:
            message = Message("source.key.twice", key=key, line=self.tree.keys[path].line)
            hint = Message("source.key.take-out-one")
            self.page.note("duplicate-key", scalar.line, scalar.column, message, hint)
            top.stored = False
            path = (*top.path, f"{key} on line {scalar.line}")
        elif top.stored:
            self.tree.keys[path] = scalar.place()
        top.key = str(path[-1])
        if top.flow:
            top.bare.append(Bare(key, scalar.line, scalar.column, scalar.last_line, scalar.end_column))

    def _open(self, event: Any, line: int, column: int) -> bool:
        if len(self._frames) == DEEPEST:
            self.page.note("too-deep", line, column, Message("source.file.too-deep", most=DEEPEST))
            self.tree.whole = False
            return False
        is_key = self._expects_key()
        if is_key:
            message, hint = Message("source.key.not-text"), Message("source.key.quote-text")
            self.page.note("key-not-text", line, column, message, hint)
        built: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        top = self._frames[-1] if self._frames else None
        if top and top.bare:
            top.bare[-1].valued = True
        path = (*top.path, f"key on line {line}") if top and is_key else self._path()
        self.tree.values[path] = SourceSpan(line, column, column + 1)
        self._frames.append(_Frame(built, path, bool(event.flow_style), is_key))
        return True

    def _close(self, event: Any) -> None:
        frame = self._frames.pop()
        place = self.tree.values[frame.path]
        if frame.flow and event.end_mark.line + 1 == place.line:
            self.tree.values[frame.path] = SourceSpan(place.line, place.column, event.end_mark.column + 1)
        if frame.is_key:
            self._frames[-1].key, self._frames[-1].stored = str(frame.path[-1]), False
            return
        built = braces_as_meant(self.page, frame.path, frame.built, frame.bare) if frame.bare else frame.built
        self._put(built)

    def _put(self, value: Any) -> None:
        if not self._frames:
            self.tree.data = value
            return
        top = self._frames[-1]
        if isinstance(top.built, list):
            top.built.append(value)
            top.count += 1
            return
        if top.stored and top.key is not None:
            top.built[top.key] = value
        top.key, top.stored = None, True


def _scalar(event: Any, text: str, plain: bool) -> Scalar:
    start, end = event.start_mark, event.end_mark
    style = getattr(event, "style", None) or ""
    return Scalar(text, plain, style, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
