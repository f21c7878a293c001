"""Misspelt keys put right in what was read, so that one slip of the pen is one finding and all others are told too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ivr.source.yaml_file import Source, SourcePath


def rename(source: Source, path: SourcePath, key: str, meant: str) -> None:
    """Read a key as the one that was meant: in the data, and in the places of all that stands under it."""
    mapping = inside(source.data, path)
    pairs = [(meant if name == key else name, value) for name, value in mapping.items()]
    mapping.clear()
    mapping.update(pairs)
    old, new = (*path, key), (*path, meant)
    for places in (source.keys, source.values):
        under = [(at, place) for at, place in places.items() if at[: len(old)] == old]
        places.update({(*new, *at[len(old) :]): place for at, place in under})


def inside(data: Any, path: Iterable[str | int]) -> Any:
    """What stands at a path."""
    for part in path:
        data = data[part]
    return data
