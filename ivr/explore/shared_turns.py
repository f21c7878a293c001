"""Turns that states share: one turn is taken for all states that differ only in what it does not read.

A turn seldom reads the runs of flows below the current one, or the question `back` leads to. So it is taken from a
state in which those are hidden, and its result holds for every state with the same rest. A turn that does read them is
taken again with one more run in sight, and in the end from the whole state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, NoReturn, Protocol

import msgspec

from ivr.call.state import Frame, State
from ivr.engine.turn import Turn
from ivr.explore.asked_facts import Answers
from ivr.explore.audible_faults import Fault
from ivr.explore.graph import InputWay
from ivr.explore.state_parts import EMPTY, PartNumbers, StateParts


class HiddenRead(Exception):
    """A turn reads a run of a flow that is hidden from it."""


class _HiddenFlow(str):
    """The flow of a hidden run. It equals no name, notes the names it is compared with, and cannot be looked up."""

    __slots__ = ("compared",)
    compared: set[str]

    def __eq__(self, other: object) -> bool:
        self.compared.add(str(other))
        return False

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> NoReturn:
        raise HiddenRead


class Noted(NamedTuple):
    """What the walk keeps of a turn: what happened, the whole-call values it gave, the number of the
    prompts heard, the faults."""

    label: int
    sets: tuple[tuple[str, str], ...]
    heard: int
    faults: tuple[Fault, ...]


class SharedTurn(NamedTuple):
    """A turn, as far as states share it, under some answers of the facts. After it the stack is `top`, which lies on
    the hidden runs if `on_hidden`; `trail` says which stack `back` leads to; `rest` and `case` are as in StateParts."""

    answers: Answers
    noted: Noted
    top: int
    on_hidden: bool
    trail: Literal["none", "same", "asked"]
    rest: int
    case: str


class _Taken(NamedTuple):
    """The turns by one input, None where they read what is hidden; they hold where none of `flows` runs hidden."""

    turns: Sequence[SharedTurn] | None
    flows: frozenset[str]


READS_HIDDEN = _Taken(None, frozenset())


class Engine(Protocol):
    """Takes turns, and says what the walk keeps of them."""

    def turns(self, state: State, way: InputWay) -> Iterator[tuple[Turn, Answers]]:
        """The turns by one input from a state, under every answer of the facts they ask for."""

    def note(self, turn: Turn, way: InputWay) -> Noted:
        """What the walk keeps of a turn."""


_FrontKey = tuple[int, int, str, bool, bool]


class SharedTurns:
    """The turns of one release, each taken once for all states that share it."""

    def __init__(self, numbers: PartNumbers) -> None:
        self.numbers = numbers
        self.taken = 0
        """How many turns the engine has taken."""
        self._known: dict[_FrontKey, dict[int, _Taken]] = {}

    def of(self, engine: Engine, parts: StateParts, number: int, way: InputWay) -> tuple[int, Sequence[SharedTurn]]:
        """The turns from a state by the `number`th input of its question, and the stack they left hidden.

        Invariant: what is returned equals the turns from the whole state. With `depth` runs in sight that is known if
        no hidden run was read, and no hidden run is of a flow the turns asked for; else one more run is shown.
        """
        numbers = self.numbers
        for depth in range(1, len(numbers.stacks[parts.stack]) + 1):
            below, top = numbers.cut(parts.stack, depth)
            front = (top, parts.rest, parts.case, below != EMPTY, parts.trail != EMPTY)
            known = self._known.get(front)
            if known is None:
                known = self._known[front] = {}
            found = known.get(number)
            if found is None:
                found = known[number] = self._take(engine, parts, depth, way)
            if found.turns is not None and found.flows.isdisjoint(numbers.flows[below]):
                return below, found.turns
        state = numbers.state(parts)
        return EMPTY, self._all(engine, state, way)

    def _take(self, engine: Engine, parts: StateParts, depth: int, way: InputWay) -> _Taken:
        state = self.numbers.state(parts)
        hidden, back = _HiddenFlow(), _HiddenFlow()
        hidden.compared, back.compared = set(), set()
        shown = state.stack[-depth:]
        probe = msgspec.structs.replace(
            state,
            stack=shown if depth == len(state.stack) else (Frame(hidden, ""), *shown),
            trail=(Frame(back, ""),) if state.trail else (),
        )
        try:
            turns = self._all(engine, probe, way)
        except HiddenRead:
            return READS_HIDDEN
        return _Taken(turns, frozenset(hidden.compared | back.compared))

    def _all(self, engine: Engine, before: State, way: InputWay) -> list[SharedTurn]:
        found = []
        for turn, answers in engine.turns(before, way):
            self.taken += 1
            found.append(self._shared(before, turn, answers, engine.note(turn, way)))
        return found

    def _shared(self, before: State, turn: Turn, answers: Answers, noted: Noted) -> SharedTurn:
        after, canon, numbers = turn.state, self.numbers.canon, self.numbers
        on_hidden = bool(after.stack) and isinstance(after.stack[0].flow, _HiddenFlow)
        shown = after.stack[1:] if on_hidden else after.stack
        trail: Literal["none", "same", "asked"] = "none"
        if after.trail:
            trail = "asked" if after.trail is before.stack else "same"
        visible = msgspec.structs.replace(after, stack=shown, trail=(), case="")
        rest = numbers.rest(canon(visible))
        return SharedTurn(answers, noted, numbers.stack(canon.frames(shown)), on_hidden, trail, rest, after.case)
