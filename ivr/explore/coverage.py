"""What calls can walk and what some calls have walked: exits, re-asks and confirmations, in each language.

Shortcuts are left out: they are the hotline's, not a step's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ivr.call.events import Event, ExitTaken, Failed, LanguageChosen
from ivr.call.state import State
from ivr.explore.graph import END, Edge
from ivr.explore.reachable import shortest_each
from ivr.explore.replayed import ExampleCall
from ivr.explore.state_walk import Walked


class Item(NamedTuple):
    """Something to be walked once: an exit by its name, a re-ask (`no_input 1`), or `confirm yes`, `confirm no`."""

    flow: str
    step: str
    what: str
    language: str


def items(before: State, events: Sequence[Event], after: State) -> Iterator[Item]:
    """What one turn has walked, from the state before it to the state after it."""
    language = before.language
    left: set[tuple[str, str, str]] = set()
    for event in events:
        match event:
            case LanguageChosen(language=chosen):
                language = chosen
            case ExitTaken(flow=flow, step=step, exit=exit) if not exit.startswith("shortcut "):
                left.add((flow, step, exit))
                yield Item(flow, step, exit, language)
            case Failed(flow=flow, step=step, how=how, count=count):
                yield Item(flow, step, f"{how} {count}", language)
    if before.phase == "confirm" and before.stack:
        top = before.stack[-1]
        if (top.flow, top.step, "next") in left:
            yield Item(top.flow, top.step, "confirm yes", before.language)
        elif after.refused > before.refused and after.stack and after.stack[-1].step == top.step:
            yield Item(top.flow, top.step, "confirm no", before.language)


def items_on(walked: Walked, edge: Edge) -> Iterator[Item]:
    """What an edge of a walk by language walks."""
    graph = walked.graph
    before = graph.states[edge.source] if edge.source != END else _begun(walked)
    yield from items(before, graph.events(edge), graph.states[edge.target])


def _begun(walked: Walked) -> State:
    return State(stack=(), language=walked.release.first_language)


def possible(walked: Walked) -> dict[Item, Edge]:
    """Everything some call may walk, with an edge of a shortest way there; made of a walk by language.

    Limits are left out: no fixture goes on for so long.
    """
    found: dict[Item, Edge] = {}
    for edge in walked.graph.all_edges():
        if edge.way.mover not in ("limit", "hold"):
            for item in items_on(walked, edge):
                found.setdefault(item, edge)
    return found


def real(walked: Walked, wanted: dict[Item, Edge]) -> dict[Item, ExampleCall]:
    """Of what may be walked, what a real call does walk, with one for each; the rest no call can."""
    return shortest_each(walked, wanted, lambda edge: _ordinary(walked, edge))


def _ordinary(walked: Walked, edge: Edge) -> Iterator[Item]:
    if edge.way.mover not in ("limit", "hold"):
        yield from items_on(walked, edge)


def walked_by(example: ExampleCall, begun: State) -> set[Item]:
    """What a real call walks, all of it."""
    found: set[Item] = set()
    before = begun
    for turn in example.turns:
        found |= set(items(before, turn.events, turn.state))
        before = turn.state
    return found
