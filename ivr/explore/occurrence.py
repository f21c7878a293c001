"""Whether something a promise speaks of occurs on an edge of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ivr.call.case_kinds import PROMISED_CALLS
from ivr.call.events import CaseCompleted, Ended, Event, ExitTaken, FollowedUp, TransferBegun
from ivr.call.keys import pressed_key
from ivr.explore.graph import Edge
from ivr.explore.said_values import saying, says_positions
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence

EdgeTest = Callable[[Edge], bool]
EventPositions = Callable[[Edge], Sequence[float]]
PERSON = Occurrence("word", "a person")
QUESTIONS = frozenset({"asked", "confirm", "consent", "record"})


def edges_with(walked: Walked, what: Occurrence) -> list[Edge]:
    """The edges on which it occurs. Looked for once: each label is asked once, not each edge."""
    found = walked.occurrences.get(what)
    if found is None:
        found = walked.occurrences[what] = list(_edges_with(walked, what))
    return found


def edge_test(walked: Walked, what: Occurrence) -> EdgeTest:
    """A test whether it occurs on an edge."""
    found = set(map(id, edges_with(walked, what)))
    return lambda edge: id(edge) in found


def _edges_with(walked: Walked, what: Occurrence) -> Iterator[Edge]:
    graph = walked.graph
    if what.what == "flow":
        inside, passed = _inside(walked, what.name), _passed(walked, what.name)
        return (e for e in graph.all_edges() if not inside[e.source] and (passed[e.label] or inside[e.target]))
    if what.what == "says" or _only_ends(walked, what):
        wanted = _heard_of(walked, what)
        heard = [not wanted.isdisjoint(prompts) for prompts in graph.prompts()]
        return (e for e in graph.all_edges() if heard[e.heard])
    if what.what == "step":
        place = (what.name, what.step)
        at, left = _waiting(walked, place), _left(walked, place)
        return (
            e for e in graph.all_edges()
            if len(left[e.label]) > at[e.source] or (at[e.target] and (not at[e.source] or left[e.label]))
        )  # fmt: skip
    test = _test(walked, what)
    occurs = [any(map(test, events)) for events in graph.labels]
    return (e for e in graph.all_edges() if occurs[e.label])


def event_positions(walked: Walked, what: Occurrence) -> EventPositions:
    """When on an edge it occurs, as positions among its events: what comes before what in one turn matters too."""
    graph = walked.graph
    if what.what == "flow":
        return _entered(walked, what.name)
    if what.what == "says" or _only_ends(walked, what):
        return says_positions(walked, _heard_of(walked, what))
    if what.what == "step":
        return _reached(walked, (what.name, what.step))
    test = _test(walked, what)
    by_label = [[float(n) for n, event in enumerate(events) if test(event)] for events in graph.labels]
    return lambda edge: by_label[edge.label]


def _only_ends(walked: Walked, what: Occurrence) -> bool:
    """Whether it is a step that nothing leaves: no event names it, but its words are heard."""
    flow = walked.release.flows.get(what.name) if what.what == "step" else None
    step = flow.steps.get(what.step) if flow else None
    return step is not None and not step.declared.exits and not step.declared.runs


def _heard_of(walked: Walked, what: Occurrence) -> frozenset[str]:
    """The prompts that are heard where it occurs."""
    if what.what == "says":
        return saying(walked.release, what.name)
    return frozenset({f"{what.name}.{what.step}"})


def _begun_at(events: Sequence[Event], n: int) -> float:
    """When the step that is left by event `n` was reached: just after the exit before it."""
    before = [m for m in range(n) if isinstance(events[m], ExitTaken)]
    return before[-1] + 0.5 if before else -0.5


def _inside(walked: Walked, flow: str) -> list[bool]:
    """By state, whether the flow is on the stack."""
    return [any(frame.flow == flow for frame in state.stack) for state in walked.graph.states]


def _passed(walked: Walked, flow: str) -> list[list[float]]:
    """By label, when the flow was entered, if the turn leaves one of its steps."""
    return [
        [_begun_at(events, n) for n, e in enumerate(events) if isinstance(e, ExitTaken) and e.flow == flow][:1]
        for events in walked.graph.labels
    ]


def _entered(walked: Walked, flow: str) -> EventPositions:
    """The flow is entered: it was not on the stack before."""
    inside, passed = _inside(walked, flow), _passed(walked, flow)
    at_the_end = _at_the_end(walked.graph.labels)

    def on(edge: Edge) -> Sequence[float]:
        if inside[edge.source]:
            return ()
        return passed[edge.label] or (at_the_end[edge.label] if inside[edge.target] else ())

    return on


def _waiting(walked: Walked, place: tuple[str, str]) -> list[bool]:
    """By state, whether the call waits at the step."""
    tops = (state.stack[-1] if state.stack else None for state in walked.graph.states)
    return [top is not None and (top.flow, top.step) == place for top in tops]


def _left(walked: Walked, place: tuple[str, str]) -> list[list[float]]:
    """By label, when the step was reached, each time the turn leaves it."""
    return [
        [_begun_at(events, n) for n, e in enumerate(events) if isinstance(e, ExitTaken) and (e.flow, e.step) == place]
        for events in walked.graph.labels
    ]


def _reached(walked: Walked, place: tuple[str, str]) -> EventPositions:
    """The step is reached: not only left, or asked again."""
    at, left = _waiting(walked, place), _left(walked, place)
    at_the_end = _at_the_end(walked.graph.labels)

    def on(edge: Edge) -> Sequence[float]:
        times = left[edge.label][int(at[edge.source]) :]
        asked_again = at[edge.source] and not left[edge.label]
        arrives = at[edge.target] and not asked_again
        return times + at_the_end[edge.label] if arrives else times

    return on


def _at_the_end(labels: Sequence[Sequence[Event]]) -> list[list[float]]:
    """By label, when the step a turn ends at was reached."""
    return [[_begun_at(events, len(events))] for events in labels]


def _test(walked: Walked, what: Occurrence) -> Callable[[Event], bool]:
    match what.what:
        case "case":
            return lambda e: isinstance(e, CaseCompleted) and e.kind == what.name
        case "transfer":
            return lambda e: isinstance(e, TransferBegun) and e.destination == what.name
        case "disposition":
            return lambda e: isinstance(e, Ended) and e.disposition == what.name
        case "follow_up":
            return lambda e: isinstance(e, FollowedUp) and e.result == what.name
        case "arm":
            arm = arm_of(walked, what)
            return lambda e: e == arm
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


def arm_of(walked: Walked, what: Occurrence) -> ExitTaken:
    """The exit of the arm with a number; the number itself where the step has no such arm."""
    flow = walked.release.flows.get(what.name)
    step = flow.steps.get(what.step) if flow else None
    arms = list(step.declared.arms) if step else []
    number = int(what.key)
    return ExitTaken(what.name, what.step, arms[number - 1] if number <= len(arms) else what.key)


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
