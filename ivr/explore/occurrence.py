"""Whether something a promise speaks of happens on an edge of the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ivr.call.case_kinds import PROMISED_CALLS
from ivr.call.events import CaseCompleted, Ended, Event, ExitTaken, TransferBegun
from ivr.call.keys import pressed_key
from ivr.call.state import State
from ivr.explore.graph import Edge
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence

Happens = Callable[[Edge], bool]
Moments = Callable[[Edge], Sequence[float]]
PERSON = Occurrence("word", "a person")
QUESTIONS = frozenset({"asked", "confirm", "consent", "record"})


def happens(walked: Walked, what: Occurrence) -> Happens:
    """A test of edges."""
    found = moments(walked, what)
    return lambda edge: bool(found(edge))


def moments(walked: Walked, what: Occurrence) -> Moments:
    """When on an edge it happens, as places among its events: what stands before what in one turn matters too."""
    graph = walked.graph
    if what.what == "flow":
        return _entered(walked, what.name)
    if what.what == "step":
        return _come_to(walked, (what.name, what.step))
    test = _test(walked, what)
    by_label = [[float(n) for n, event in enumerate(events) if test(event)] for events in graph.labels]
    return lambda edge: by_label[edge.label]


def _begun_at(events: Sequence[Event], n: int) -> float:
    """When the step that is left by event `n` was come to: just after the exit before it."""
    before = [m for m in range(n) if isinstance(events[m], ExitTaken)]
    return before[-1] + 0.5 if before else -0.5


def _entered(walked: Walked, flow: str) -> Moments:
    """The flow is entered: it was not on the stack before."""
    graph = walked.graph
    inside = [any(frame.flow == flow for frame in state.stack) for state in graph.states]
    passed = [
        [_begun_at(events, n) for n, e in enumerate(events) if isinstance(e, ExitTaken) and e.flow == flow][:1]
        for events in graph.labels
    ]

    at_the_end = _at_the_end(graph.labels)

    def on(edge: Edge) -> Sequence[float]:
        if inside[edge.source]:
            return ()
        return passed[edge.label] or (at_the_end[edge.label] if inside[edge.target] else ())

    return on


def _come_to(walked: Walked, place: tuple[str, str]) -> Moments:
    """The step is come to: not only left, or asked again."""
    graph = walked.graph
    at = [_stands(state, place) for state in graph.states]
    left = [
        [_begun_at(events, n) for n, e in enumerate(events) if isinstance(e, ExitTaken) and (e.flow, e.step) == place]
        for events in graph.labels
    ]

    at_the_end = _at_the_end(graph.labels)

    def on(edge: Edge) -> Sequence[float]:
        times = left[edge.label][int(at[edge.source]) :]
        asked_again = at[edge.source] and not left[edge.label]
        arrives = at[edge.target] and not asked_again
        return times + at_the_end[edge.label] if arrives else times

    return on


def _at_the_end(labels: Sequence[Sequence[Event]]) -> list[list[float]]:
    """By label, when the step a turn ends at was come to."""
    return [[_begun_at(events, len(events))] for events in labels]


def _stands(state: State, place: tuple[str, str]) -> bool:
    return bool(state.stack) and (state.stack[-1].flow, state.stack[-1].step) == place


def _test(walked: Walked, what: Occurrence) -> Callable[[Event], bool]:
    match what.what:
        case "case":
            return lambda e: isinstance(e, CaseCompleted) and e.kind == what.name
        case "transfer":
            return lambda e: isinstance(e, TransferBegun) and e.destination == what.name
        case "disposition":
            return lambda e: isinstance(e, Ended) and e.disposition == what.name
        case "choice":
            chosen = choice_of(walked, what)
            return lambda e: e == chosen
    return _WORDS.get(what.name, _nothing)(walked)


def choice_of(walked: Walked, what: Occurrence) -> ExitTaken:
    """The exit of the choice on a key; the key itself where the step has no such choice."""
    flow = walked.release.flows.get(what.name)
    step = flow.steps.get(what.step) if flow else None
    pressed = pressed_key(what.key)
    asked = step.declared.choices.get("asked") if step else None
    keys = asked.keys.values() if asked else ()
    found = next((each[pressed] for each in keys if pressed in each), what.key)
    return ExitTaken(what.name, what.step, found)


def _nothing(walked: Walked) -> Callable[[Event], bool]:
    return lambda event: False


def _a_person(walked: Walked) -> Callable[[Event], bool]:
    """Somebody is rung, or is promised to phone back."""
    return lambda e: isinstance(e, TransferBegun) or (isinstance(e, CaseCompleted) and e.kind in PROMISED_CALLS)


def _an_answer(walked: Walked) -> Callable[[Event], bool]:
    """A `say` is heard, somebody is rung, or a case is complete."""
    says = {(flow.name, step.name) for flow in walked.release.flows.values() for step in flow.steps.values()
            if step.kind.informs}  # fmt: skip
    return lambda e: (
        isinstance(e, TransferBegun | CaseCompleted) or (isinstance(e, ExitTaken) and (e.flow, e.step) in says)
    )


def _the_end(walked: Walked) -> Callable[[Event], bool]:
    return lambda e: isinstance(e, Ended)


_WORDS = {"a person": _a_person, "an answer": _an_answer, "the end": _the_end, "goodbye": _the_end}
