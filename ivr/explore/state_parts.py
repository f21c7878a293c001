"""Canonical states by their parts: each stack and each rest has a number, so that a state is found without encoding it.

Thousands of states share a few stacks. The key of a state is four small parts: the stack, the stack `back` leads to,
the rest, and the kind of the call's last case.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from ivr.call.state import Frame, State, encode_state
from ivr.explore.canon import Canon

EMPTY = 0
"""The number of the empty stack: of a call that is over, and of no way back."""
_encode = msgspec.msgpack.Encoder(order="sorted").encode


class StateParts(NamedTuple):
    """A canonical state by the numbers of its parts."""

    stack: int
    trail: int
    rest: int
    case: str


class Cut(NamedTuple):
    """A stack cut in two: the runs below (EMPTY if none) and those on top."""

    below: int
    top: int


class PartNumbers:
    """Numbers the parts of the canonical states of one release."""

    def __init__(self, canon: Canon) -> None:
        self.canon = canon
        self.stacks: list[tuple[Frame, ...]] = []
        self.flows: list[frozenset[str]] = []
        """By stack, the flows that run in it."""
        self._stack_numbers: dict[bytes, int] = {}
        self._rests: list[State] = []
        self._rest_numbers: dict[bytes, int] = {}
        self._joined: dict[tuple[int, int], int] = {}
        self._cuts: dict[tuple[int, int], Cut] = {}
        self._reads_case: dict[int, bool] = {}
        self.stack(())

    def parts(self, state: State) -> StateParts:
        """The parts of a state that is canonical already."""
        return StateParts(self.stack(state.stack), self.stack(state.trail), self.rest(state), state.case)

    def state(self, parts: StateParts) -> State:
        """The state with these parts."""
        stack, trail = self.stacks[parts.stack], self.stacks[parts.trail]
        return msgspec.structs.replace(self._rests[parts.rest], stack=stack, trail=trail, case=parts.case)

    def stack(self, frames: tuple[Frame, ...]) -> int:
        """The number of a stack of canonical frames."""
        key = _encode(frames)
        found = self._stack_numbers.get(key)
        if found is None:
            found = self._stack_numbers[key] = len(self.stacks)
            self.stacks.append(frames)
            self.flows.append(frozenset(frame.flow for frame in frames))
        return found

    def rest(self, state: State) -> int:
        """The number of all of a canonical state but its stack, its trail and its last case."""
        rest = msgspec.structs.replace(state, stack=(), trail=(), case="")
        key = encode_state(rest)
        found = self._rest_numbers.get(key)
        if found is None:
            found = self._rest_numbers[key] = len(self._rests)
            self._rests.append(rest)
        return found

    def joined(self, below: int, top: int) -> int:
        """The stack made of one stack upon another."""
        found = self._joined.get((below, top))
        if found is None:
            found = self._joined[(below, top)] = self.stack(self.stacks[below] + self.stacks[top])
        return found

    def cut(self, stack: int, depth: int) -> Cut:
        """A stack cut so that `depth` runs are on top."""
        found = self._cuts.get((stack, depth))
        if found is None:
            frames = self.stacks[stack]
            found = self._cuts[(stack, depth)] = Cut(self.stack(frames[:-depth]), self.stack(frames[-depth:]))
        return found

    def case_in(self, stack: int, trail: int, case: str) -> str:
        """The last case, where something reads it from here on; else none."""
        return case if self._case_read(stack) or self._case_read(trail) else ""

    def _case_read(self, stack: int) -> bool:
        found = self._reads_case.get(stack)
        if found is None:
            found = self._reads_case[stack] = self.canon.uses.last_case.is_read(self.stacks[stack])
        return found
