"""Whether something a promise speaks of happens on an edge of the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ivr.call.events import CaseCompleted, Ended, Event, ExitTaken, TransferBegun
from ivr.call.state import State
from ivr.explore.graph import Edge
from ivr.explore.walk import Walked
from ivr.flow.promises import Happening

Happens = Callable[[Edge], bool]
PERSON = Happening("word", "a person")
QUESTIONS = frozenset({"asked", "confirm", "consent", "record"})


def happens(walked: Walked, what: Happening) -> Happens:
    """A test of edges; what has already been found for a label is not looked at again."""
    graph = walked.graph
    if what.what == "flow":
        return _entered(walked, what.name)
    if what.what == "step":
        return _come_to(walked, (what.name, what.step))
    by_label: dict[int, bool] = {}
    test = _test(walked, what)

    def on(edge: Edge) -> bool:
        found = by_label.get(edge.label)
        if found is None:
            found = by_label[edge.label] = test(graph.events(edge))
        return found

    return on


def _entered(walked: Walked, flow: str) -> Happens:
    """The flow is entered: it was not on the stack before."""
    graph = walked.graph
    inside = [any(frame.flow == flow for frame in state.stack) for state in graph.states]
    passed = [any(isinstance(e, ExitTaken) and e.flow == flow for e in events) for events in graph.labels]
    return lambda edge: not inside[edge.source] and (inside[edge.target] or passed[edge.label])


def _come_to(walked: Walked, place: tuple[str, str]) -> Happens:
    """The step is come to: not only left, or asked again."""
    graph = walked.graph
    at = [_stands(state, place) for state in graph.states]
    left = [sum(isinstance(e, ExitTaken) and (e.flow, e.step) == place for e in events) for events in graph.labels]

    def on(edge: Edge) -> bool:
        times = left[edge.label] - at[edge.source]
        return times > 0 or (at[edge.target] and times == 0) if at[edge.source] else times > 0 or at[edge.target]

    return on


def _stands(state: State, place: tuple[str, str]) -> bool:
    return bool(state.stack) and (state.stack[-1].flow, state.stack[-1].step) == place


def _test(walked: Walked, what: Happening) -> Callable[[Sequence[Event]], bool]:
    match what.what:
        case "case":
            return lambda events: any(isinstance(e, CaseCompleted) and e.kind == what.name for e in events)
        case "transfer":
            return lambda events: any(isinstance(e, TransferBegun) and e.destination == what.name for e in events)
        case "disposition":
            return lambda events: any(isinstance(e, Ended) and e.disposition == what.name for e in events)
        case "choice":
            chosen = choice_of(walked, what)
            return lambda events: chosen in events
    return _WORDS.get(what.name, _nothing)(walked)


def choice_of(walked: Walked, what: Happening) -> ExitTaken:
    """The exit of the choice on a key; the key itself where the step has no such choice."""
    flow = walked.release.flows.get(what.name)
    step = flow.steps.get(what.step) if flow else None
    dialled = {"star": "*", "pound": "#"}.get(what.key, what.key)
    keys = getattr(getattr(step, "choosing", None), "keys", {})
    found = next((each[dialled] for each in keys.values() if dialled in each), what.key)
    return ExitTaken(what.name, what.step, found)


def _nothing(walked: Walked) -> Callable[[Sequence[Event]], bool]:
    return lambda events: False


def _a_person(walked: Walked) -> Callable[[Sequence[Event]], bool]:
    """Somebody is rung, or is promised to phone back."""
    return lambda events: any(
        isinstance(e, TransferBegun) or (isinstance(e, CaseCompleted) and e.kind == "callback") for e in events
    )


def _an_answer(walked: Walked) -> Callable[[Sequence[Event]], bool]:
    """A `say` is heard, somebody is rung, or a case is complete."""
    says = {(flow.name, step.name) for flow in walked.release.flows.values() for step in flow.steps.values()
            if step.kind == "say"}  # fmt: skip
    return lambda events: any(
        isinstance(e, TransferBegun | CaseCompleted) or (isinstance(e, ExitTaken) and (e.flow, e.step) in says)
        for e in events
    )


def _the_end(walked: Walked) -> Callable[[Sequence[Event]], bool]:
    return lambda events: any(isinstance(e, Ended) for e in events)


_WORDS = {"a person": _a_person, "an answer": _an_answer, "the end": _the_end, "goodbye": _the_end}
