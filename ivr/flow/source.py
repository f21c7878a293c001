"""An author's YAML file as plain data with a place for every key and value; every scalar is text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from ivr.errors import Finding, Severity

Path = tuple[str | int, ...]
LARGEST = 1_000_000
DEEPEST = 20
KEYS = {"*": "star", "#": "pound"}
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, from 1, in characters; `end_column` is the first column behind it."""

    line: int
    column: int
    end_column: int


@dataclass(slots=True)
class Source:
    """One file as read: its data (dicts, lists and text), where everything stands, and what was wrong."""

    file: str
    text: str = ""
    data: Any = None
    findings: list[Finding] = field(default_factory=list)
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Sequence[str | int]) -> Place:
        """Where the value at a path stands, or its nearest ancestor."""
        return self._nearest(self.values, tuple(path))

    def key_place(self, path: Sequence[str | int]) -> Place:
        """Where the last key of a path stands, or the nearest value above it."""
        found = self.keys.get(tuple(path))
        return found or self.place(path)

    def _nearest(self, places: dict[Path, Place], path: Path) -> Place:
        while path and path not in places:
            path = path[:-1]
        return places.get(path, Place(1, 1, 2))

    def finding(
        self,
        code: str,
        path: Sequence[str | int],
        message: str,
        hint: str = "",
        *,
        at_key: bool = False,
        severity: Severity = "error",
    ) -> Finding:
        """A finding at a value, or at its key."""
        place = self.key_place(path) if at_key else self.place(path)
        return Finding(self.file, place.line, place.column, code, severity, message, hint)


def read_source(file: str, raw: bytes) -> Source:
    """Read a file. Never raises: what is wrong with it stands in `findings`."""
    source = Source(file)
    text = _decode(source, raw)
    if text is None:
        return source
    source.text = text
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as failed:
        _say_syntax(source, failed)
        return source
    if not isinstance(node, yaml.MappingNode):
        source.findings.append(Finding(file, 1, 1, "not-a-mapping", "error", "the file is no mapping of keys."))
        return source
    source.data = _build(source, node, ())
    source.findings.sort()
    return source


def _decode(source: Source, raw: bytes) -> str | None:
    def fail(code: str, message: str, hint: str = "", line: int = 1) -> None:
        source.findings.append(Finding(source.file, line, 1, code, "error", message, hint))

    if len(raw) > LARGEST:
        fail("too-large", f"the file has {len(raw):,} bytes; at most {LARGEST:,} are read.")
        return None
    if not raw.strip():
        fail("empty-file", "the file is empty.")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = raw[: failed.start].count(b"\n") + 1
        fail("not-utf-8", "the file is not UTF-8 text.", "Save it as UTF-8.", line)
        return None
    if "\0" in text:
        fail("not-text", "the file is not text.")
        return None
    return text


def _say_syntax(source: Source, failed: yaml.YAMLError) -> None:
    mark = getattr(failed, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    source.findings.append(
        Finding(source.file, line, column, "yaml-syntax", "error", "this cannot be read as YAML.", "")
    )


def _build(source: Source, node: yaml.Node, path: Path) -> Any:
    mark, end = node.start_mark, node.end_mark
    width = end.column - mark.column if end.line == mark.line else 1
    source.values[path] = Place(mark.line + 1, mark.column + 1, mark.column + 1 + max(width, 1))
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_build(source, item, (*path, n)) for n, item in enumerate(node.value)]
    built: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = KEYS.get(key_node.value, key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        at = (*path, key)
        start = key_node.start_mark
        place = Place(start.line + 1, start.column + 1, key_node.end_mark.column + 1)
        if key in built:
            first = source.keys[at].line
            source.findings.append(
                Finding(source.file, place.line, place.column, "duplicate-key", "error",
                        f'"{key}" stands here a second time; the first is on line {first}.')
            )  # fmt: skip
            continue
        source.keys[at] = place
        built[key] = _build(source, value_node, at)
    return built
