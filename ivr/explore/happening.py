"""Whether something a promise speaks of happens on an edge of the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ivr.call.events import CaseCompleted, Ended, Event, ExitTaken, TransferBegun
from ivr.explore.graph import Edge
from ivr.explore.walk import Walked
from ivr.flow.promises import Happening

Happens = Callable[[Edge], bool]
PERSON = Happening("word", "a person")
QUESTIONS = frozenset({"asked", "confirm", "consent", "record"})


def happens(walked: Walked, what: Happening) -> Happens:
    """A test of edges; what has already been found for a label is not looked at again."""
    graph = walked.graph
    by_label: dict[int, bool] = {}
    test = _test(walked, what)

    def on(edge: Edge) -> bool:
        found = by_label.get(edge.label)
        if found is None:
            found = by_label[edge.label] = test(graph.events(edge))
        return found or _arrives(walked, edge, what)

    return on


def _arrives(walked: Walked, edge: Edge, what: Happening) -> bool:
    """Whether a call waits at the step, or in the flow, at the end of an edge."""
    stack = walked.graph.states[edge.target].stack
    if not stack or what.what not in ("flow", "step"):
        return False
    return stack[-1].flow == what.name and what.step in ("", stack[-1].step)


def _test(walked: Walked, what: Happening) -> Callable[[Sequence[Event]], bool]:
    match what.what:
        case "case":
            return lambda events: any(isinstance(e, CaseCompleted) and e.kind == what.name for e in events)
        case "transfer":
            return lambda events: any(isinstance(e, TransferBegun) and e.destination == what.name for e in events)
        case "disposition":
            return lambda events: any(isinstance(e, Ended) and e.disposition == what.name for e in events)
        case "flow":
            return lambda events: any(isinstance(e, ExitTaken) and e.flow == what.name for e in events)
        case "step":
            place = (what.name, what.step)
            return lambda events: any(isinstance(e, ExitTaken) and (e.flow, e.step) == place for e in events)
        case "choice":
            chosen = choice_of(walked, what)
            return lambda events: chosen in events
    return _WORDS.get(what.name, _nothing)(walked)


def choice_of(walked: Walked, what: Happening) -> ExitTaken:
    """The exit of the choice on a key; the key itself where the step has no such choice."""
    step = walked.release.flows[what.name].steps[what.step]
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
