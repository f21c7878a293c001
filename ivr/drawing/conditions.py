"""Conditions in the few words a row has room for."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.call.condition import AnyOf, Bound, IsKnown, Not, StartsWith, Test
from ivr.messages.message import Message


def conditions(tests: Sequence[tuple[str, Test]]) -> Message:
    """Tests that must all hold, each with the name of the value it looks at; without any: otherwise."""
    if not tests:
        return Message("drawing.row.otherwise")
    return Message("drawing.test.all", tests=tuple(_condition(name, test) for name, test in tests))


def _condition(name: str, test: Test) -> Message:
    match test:
        case AnyOf(words=words):
            return Message("drawing.test.is", name=name, words=tuple(sorted(words)))
        case Bound(limit=limit, sign=1):
            return Message("drawing.test.at-least", name=name, limit=f"{limit:g}")
        case Bound(limit=limit):
            return Message("drawing.test.at-most", name=name, limit=f"{limit:g}")
        case StartsWith(beginning=beginning):
            return Message("drawing.test.begins", name=name, beginning=beginning)
        case IsKnown(wanted=True):
            return Message("drawing.test.known", name=name)
        case IsKnown():
            return Message("drawing.test.unknown", name=name)
        case Not(inner=AnyOf(words=words)):
            return Message("drawing.test.is-not", name=name, words=tuple(sorted(words)))
        case Not(inner=inner):
            return Message("drawing.test.not", test=_condition(name, inner))
    return Message("drawing.test.other", name=name)
