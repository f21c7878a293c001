"""Whether two turns are the same but for the values callers gave, which are replaced one by one by others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ivr.call.events import CaseAdded, Event
from ivr.call.state import Frame, State
from ivr.call.verbs import Verb
from ivr.engine.turn import Turn

OF_THE_CALL = "case.number"
"""Made from the call's own number: a call played again has another one, and it decides nothing."""
OF_THE_CLOCK = ("hours.", "case.", "call.started")


class Replaced:
    """What stands for what: each value given by the caller, and the one in its place. With `only`, nothing but values
    that begin so may be replaced."""

    def __init__(self, known: Mapping[str, str] | None = None, only: str = "") -> None:
        self.known, self._only = dict(known or {}), only

    def copy(self) -> Replaced:
        """One to try out."""
        return Replaced(self.known, self._only)

    def same_turn(self, one: Turn, other: Turn) -> bool:
        """Whether the second turn is the first one with other values; what stands for what is learned from it."""
        return (
            self._same_lists(one.events, other.events)
            and self._same_lists(one.verbs, other.verbs)
            and self.same_state(one.state, other.state)
        )

    def same_state(self, one: State, other: State) -> bool:
        """The same place, reached with other values."""
        blank: dict[str, object] = {"stack": (), "trail": (), "entry": "", "call": {}}
        return (
            msgspec.structs.replace(one, **blank) == msgspec.structs.replace(other, **blank)
            and self._same_frames(one.stack, other.stack)
            and self._same_frames(one.trail, other.trail)
            and self._same_values(one.call, other.call)
            and self._same("", one.entry, other.entry)
        )

    def _same_frames(self, one: Sequence[Frame], other: Sequence[Frame]) -> bool:
        return len(one) == len(other) and all(
            (a.flow, a.step) == (b.flow, b.step) and self._same_values(a.values, b.values)
            for a, b in zip(one, other, strict=True)
        )

    def _same_lists(self, one: Sequence[Event | Verb], other: Sequence[Event | Verb]) -> bool:
        return len(one) == len(other) and all(self._same_thing(a, b) for a, b in zip(one, other, strict=True))

    def _same_thing(self, one: Event | Verb, other: Event | Verb) -> bool:
        if one.words and one.words == other.words:
            blank: dict[str, object] = {one.words: {}}
            values = self._same_values(getattr(one, one.words), getattr(other, other.words))
            one, other = msgspec.structs.replace(one, **blank), msgspec.structs.replace(other, **blank)
            return values and _of_any_case(one) == _of_any_case(other)
        return one == other

    def _same_values(self, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
        return one.keys() == other.keys() and all(self._same(name, one[name], other[name]) for name in one)

    def _same(self, name: str, one: str, other: str) -> bool:
        if one == other or name == OF_THE_CALL:
            return True
        if name.startswith(OF_THE_CLOCK) or not one or not other or not one.startswith(self._only):
            return False
        return self.known.setdefault(one, other) == other


def _of_any_case(thing: Event | Verb) -> Event | Verb:
    """Without the number of the case it goes onto, which in a call played again is another one, as `OF_THE_CALL` is."""
    return thing.without_words() if isinstance(thing, CaseAdded) else thing
