"""The finished walk: every canonical state, every edge between them, and how each was first come by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from ivr.call.events import Event
from ivr.call.inputs import Input
from ivr.call.state import State
from ivr.explore.asked_facts import Answers
from ivr.steps.step import Mover

Moving = Mover | Literal["limit", "hold", "hang up", "begin"]
"""Who moves the call on: see `ivr.steps.step.Mover`; beside it a limit met, a hold document, the end of the line."""
END = 0
"""The state of a call that the flow has ended."""
_encode = msgspec.msgpack.Encoder(order="sorted").encode


class InputWay(NamedTuple):
    """One thing that can come in at a state: what it means there, who does it, the input, and what comes beside it."""

    means: str
    mover: Moving
    input: Input
    turn: int = 2
    served: int = 0


class Edge(NamedTuple):
    """One turn from a canonical state: what came in, which facts it was told, what happened, and where it led.

    `sets` are the whole-call values it gave, which the states leave out; `heard` is the number of the prompts that were
    heard (`Graph.heard`).
    """

    source: int
    target: int
    way: InputWay
    answers: Answers
    label: int
    sets: tuple[tuple[str, str], ...] = ()
    heard: int = 0


@dataclass(slots=True)
class Graph:
    """States by number (0 is the end), their edges, and the first edge that led to each: a shortest way there."""

    states: list[State] = field(default_factory=list)
    index: dict[bytes, int] = field(default_factory=dict)
    edges: list[list[Edge]] = field(default_factory=list)
    came_by: list[Edge | None] = field(default_factory=list)
    roots: list[Edge] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    labels: list[Sequence[Event]] = field(default_factory=list)
    heard: dict[tuple[str, ...], int] = field(default_factory=dict)
    _label_index: dict[bytes, int] = field(default_factory=dict)
    _merged: list[list[Edge]] = field(default_factory=list)

    def add(self, key: bytes, state: State) -> int:
        """The number of a state; a new one has no edges yet."""
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.states)
            self.states.append(state)
            self.edges.append([])
            self.came_by.append(None)
        return found

    def label(self, events: Sequence[Event]) -> int:
        """The number of what happened in a turn, the callers' own words left out."""
        plain = [event.without_words() for event in events]
        key = _encode(plain)
        found = self._label_index.get(key)
        if found is None:
            found = self._label_index[key] = len(self.labels)
            self.labels.append(plain)
        return found

    def all_edges(self) -> Iterator[Edge]:
        """Every edge, those into the first questions first."""
        yield from self.roots
        for edges in self.edges:
            yield from edges

    def merged(self) -> Sequence[Sequence[Edge]]:
        """By state, one edge for all of the same target, label, meaning, mover and prompts, whatever their answers.

        To be asked for once the graph is finished.
        """
        if not self._merged:
            for edges in self.edges:
                first: dict[tuple[int, int, str, str, int], Edge] = {}
                for edge in edges:
                    first.setdefault((edge.target, edge.label, edge.way.means, edge.way.mover, edge.heard), edge)
                self._merged.append(list(first.values()))
        return self._merged

    def prompts(self) -> list[tuple[str, ...]]:
        """By number, the prompts that one turn lets be heard, in order."""
        return list(self.heard)

    def events(self, edge: Edge) -> Sequence[Event]:
        """What happened on an edge."""
        return self.labels[edge.label]
