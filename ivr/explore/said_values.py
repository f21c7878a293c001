"""Where on an edge the words of a prompt with certain values are heard: `says case.*` in a promise.

A value copied from another says what that one says, under whatever name and in whichever flow it was handed to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.facts import NAME_OF_CUSTOMER
from ivr.explore.graph import Edge
from ivr.explore.state_walk import Walked
from ivr.flow.model import Release

SpeechPositions = Callable[[Edge], Sequence[float]]
_FlowValue = tuple[str, str]
"""A flow, and a value of its runs."""


def says_positions(walked: Walked, wanted: Collection[str]) -> SpeechPositions:
    """When on an edge prompts with these names are heard, as positions among its events."""
    graph = walked.graph
    found = [[prompt for prompt in prompts if prompt in wanted] for prompts in graph.prompts()]
    waits = [(state.stack[-1].flow, state.stack[-1].step) if state.stack else ("", "") for state in graph.states]

    def on(edge: Edge) -> Sequence[float]:
        events = graph.events(edge)
        return [_heard_at(prompt, events, waits[edge.source]) for prompt in found[edge.heard]]

    return on


def _heard_at(prompt: str, events: Sequence[Event], waited: tuple[str, str]) -> float:
    """A prompt of a step is heard just before the step is left; of the step the turn ends at, and of none, at the
    end. A step the call waited at is left without a word, unless it gives up there."""
    flow, step = (*prompt.split(".")[:2], "")[:2]
    left = [n for n, e in enumerate(events) if isinstance(e, ExitTaken) and (e.flow, e.step) == (flow, step)]
    if left and waited == (flow, step) and not any(isinstance(event, Failed) for event in events[: left[0]]):
        left = left[1:]
    exits = [n for n, event in enumerate(events) if isinstance(event, ExitTaken)]
    return left[0] - 0.25 if left else exits[-1] + 0.5 if exits else -0.5


def saying(release: Release, value: str, *, of_taken: bool = False) -> frozenset[str]:
    """The prompts whose words name a value, or a copy of it. `case.*` is all of a case but its customer's name; with
    `of_taken`, of the case that a call is about and not of one that it opens itself."""
    named = _named(value)
    taking = {name for name, flow in release.flows.items() if not of_taken or "case" in flow.takes.values()}
    copies = _copies(release, named, taking)
    found = set()
    for name, prompt in release.prompts.items():
        flow = name.partition(".")[0]
        if any((named(slot) and flow in taking) or (flow, slot) in copies for slot in prompt.slots):
            found.add(name)
    return frozenset(found)


def _named(value: str) -> Callable[[str], bool]:
    scope, star, _ = value.partition("*")
    if star:
        return lambda slot: slot.startswith(scope) and slot != NAME_OF_CUSTOMER
    return lambda slot: slot == value


def _copies(release: Release, named: Callable[[str], bool], taking: Collection[str]) -> set[_FlowValue]:
    """The values that hold a copy, followed until there are no more."""
    copied = list(_copied(release))
    found: set[_FlowValue] = set()
    while True:
        new = {to for flow, source, to in copied if (named(source) and flow in taking) or (flow, source) in found}
        if new <= found:
            return found
        found |= new


def _copied(release: Release) -> Iterator[tuple[str, str, _FlowValue]]:
    """Each copy: in which flow, of what, and the value it goes to."""
    for flow, step in release.steps():
        declared = step.declared
        for name, given in declared.sets.items():
            if given.startswith("="):
                yield flow.name, given[1:], (flow.name, name)
        for name, given in declared.hands.items():
            if given.startswith("=") and declared.runs:
                yield flow.name, given[1:], (declared.runs, name)
