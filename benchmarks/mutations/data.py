"""Flows as data, and the ways to change one place of them: what every operator is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import yaml

Data = dict[str, Any]
Flows = dict[str, Data]
Path = tuple[Any, ...]
Edit = Callable[[Flows], None]
Edits = Iterator[tuple[str, Edit]]
"""What is changed, in words, and the change."""
Operator = Callable[[str, str, Data, Data], Edits]
"""Of a file, a step's name, its fields and the file's data, every place the operator fits."""
TARGETS = ("next", "yes", "no", "otherwise", "closed", "answered", "busy", "open")


def load(files: dict[str, bytes]) -> Flows:
    """The files as data; every scalar is text."""
    return {name: yaml.load(raw, yaml.BaseLoader) for name, raw in files.items()}  # noqa: S506 - BaseLoader is safe


def dump(flows: Flows) -> dict[str, bytes]:
    """Data as files again."""
    return {name: yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode() for name, data in flows.items()}


def at(flows: Flows, file: str, step: str, path: Path) -> Any:
    """What stands at a path of a step."""
    found = flows[file]["steps"][step]
    for part in path:
        found = found[part]
    return found


def put(file: str, step: str, path: Path, value: Any) -> Edit:
    """Another value at a path of a step."""

    def edit(flows: Flows) -> None:
        at(flows, file, step, path[:-1])[path[-1]] = value

    return edit


def take(file: str, step: str, path: Path) -> Edit:
    """Nothing at a path of a step."""

    def edit(flows: Flows) -> None:
        del at(flows, file, step, path[:-1])[path[-1]]

    return edit


def exits(fields: Data) -> Iterator[tuple[Path, str]]:
    """Every written target of a step, with its path."""
    for key, value in fields.items():
        if key in TARGETS and isinstance(value, str):
            yield (key,), value
        elif key in ("no_input", "no_match"):
            if isinstance(value, str):
                yield (key,), value
            elif "next" in value:
                yield (key, "next"), value["next"]
        elif key == "choices":
            yield from (((key, k, "next"), c["next"]) for k, c in value.items() if "next" in c)
        elif key == "outcomes":
            yield from (((key, word), to) for word, to in value.items())
        elif key == "branch":
            yield from (((key, n, "next"), arm["next"]) for n, arm in enumerate(value))


def said(path: Path) -> str:
    """A path in words."""
    return ".".join(str(part) for part in path if part != "next") or "next"
