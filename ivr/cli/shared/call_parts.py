"""Calls on record in parts, one for each process to read and replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ivr.service.ports import CallFilter


def parts_of(wanted: CallFilter, names: Sequence[str], size: int) -> list[CallFilter]:
    """The wanted calls in parts of so many; `names` are all their ids in order.

    Where all calls are wanted a part is a range of ids, which is read from end to end. The calls of a period are spread
    over all ids, so a part names each of them.
    """
    parts = [names[at : at + size] for at in range(0, len(names), size)]
    if wanted.since or wanted.calls:
        return [replace(wanted, calls=tuple(part)) for part in parts]
    return [replace(wanted, first=part[0], last=part[-1]) for part in parts]
