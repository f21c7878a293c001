"""What could not be read of a step, as far as it can be shown: its kind, its words, the ways out somebody wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ivr.flow.known import LeftOut
from ivr.source.scalars import SourcePath
from ivr.steps.kind import Kind
from ivr.steps.kinds import KINDS
from ivr.steps.reported import entries_that_lead, leading_fields
from ivr.steps.target import Target, parse_target

LEADS, CALLED = "next", "label"
"""What an entry of a field says where it leads by, and what it is called by, in every kind."""
LONGEST_KEY = 2


class Way(NamedTuple):
    """A way out as it is written. `key`: the key to press, if it is one; `label`: its words, or by language; `leads`:
    None where nothing says so that can be understood; `path`: where it stands in its step."""

    path: SourcePath
    key: str
    label: str | Mapping[str, str]
    leads: Target | None


@dataclass(frozen=True, slots=True)
class Unread:
    """Of a step, or of a part of it that could not be read. `kind` and `words` are those of a whole step."""

    kind: Kind | None = None
    words: str | Mapping[str, str] = ""
    ways: Sequence[Way] = ()


NOTHING = Unread()


def unread_of(left_out: Sequence[LeftOut], kind: str = "") -> Unread:
    """What is known of what was left out of a step, of a kind if it is a part of one."""
    if not left_out:
        return NOTHING
    if left_out[0].path:
        holding = _Holding.of(kind)
        return Unread(ways=tuple(way for each in left_out for way in holding.ways(each.path, each.written)))
    data = left_out[0].written
    if not isinstance(data, dict) or not data:
        return NOTHING
    first = str(next(iter(data)))
    holding = _Holding.of(first)
    ways = tuple(way for name, value in data.items() for way in holding.ways((str(name),), value))
    return Unread(KINDS[first].kind if first in KINDS else None, _words(data[first]), ways)


@dataclass(frozen=True, slots=True)
class _Holding:
    """Which fields of a kind say where its exits lead, and which hold entries that do."""

    leading: frozenset[str] = frozenset({LEADS})
    entries: frozenset[str] = frozenset()

    @classmethod
    def of(cls, kind: str) -> _Holding:
        fields = KINDS.get(kind)
        return cls(leading_fields(fields), entries_that_lead(fields)) if fields else cls()

    def ways(self, path: SourcePath, value: Any) -> Iterator[Way]:
        """The ways out in something written at a path: itself, or its entries."""
        field, inner = str(path[0]), isinstance(value, dict | list)
        if field not in self.leading | self.entries:
            return
        if len(path) == 1 and inner:
            for name, each in value.items() if isinstance(value, dict) else enumerate(value):
                yield from self.ways((field, name), each)
        elif len(path) == 1 and field in self.leading:
            yield Way(path, "", field, _target(value))
        elif len(path) == 2 and isinstance(value, dict):
            yield Way(path, *_named(path[1], _words(value.get(CALLED))), _target(value.get(LEADS)))
        elif len(path) == 2:
            yield Way(path, *_named(path[1], ""), _target(value))


def _named(name: str | int, label: str | Mapping[str, str]) -> tuple[str, str | Mapping[str, str]]:
    """The key of a way and its label; a name that is no key is the label."""
    if isinstance(name, int):
        return "", label
    return (name, label) if len(name) <= LONGEST_KEY else ("", label or name)


def _words(written: Any) -> str | Mapping[str, str]:
    if isinstance(written, dict):
        return {str(tag): text for tag, text in written.items() if isinstance(text, str)}
    return written if isinstance(written, str) else ""


def _target(written: Any) -> Target | None:
    try:
        return parse_target(written) if isinstance(written, str) else None
    except ValueError:
        return None
