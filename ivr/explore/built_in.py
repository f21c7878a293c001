"""The promises every hotline keeps, without anybody writing them down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ivr.call.events import CaseNoted, CaseOpened, ExitTaken
from ivr.explore.audible_faults import Hearing
from ivr.explore.game import must_reach
from ivr.explore.graph import END, Edge
from ivr.explore.longest_call import longest_call
from ivr.explore.occurrence import PERSON, QUESTIONS, EdgeTest, edge_test
from ivr.explore.promise_result import PromiseResult, some
from ivr.explore.reach_promises import landing
from ivr.explore.reachable import along, at_any
from ivr.explore.replayed import ExampleCall
from ivr.explore.search import NotReal
from ivr.explore.state_walk import Walked

ORDINARY = "ordinary callers"


def heard(walked: Walked) -> Iterator[PromiseResult]:
    """Never silent: each turn says something in every language, and no sentence has a hole."""
    said = {"silent": "says nothing", "no words": "has no words in", "a hole": "leaves a hole in a sentence:"}
    broken = 0
    for fault, edges in walked.faults.items():
        if fault.kind in said and (example := along(walked, [edge for edge, _ in edges])) is not None:
            if fault.kind == "a hole" and fault not in Hearing(walked.release).faults(example.turns[-1].verbs):
                raise NotReal(example.edges)
            broken += 1
            why = f"the hotline {said[fault.kind]} {fault.about}".rstrip()
            yield PromiseResult(name="never silent", holds=False, why=f"{why} ({edges[0][1]}).", example=example)
    if not broken:
        languages = len(walked.release.languages)
        yield PromiseResult(name="never silent", holds=True, evidence=f"{walked.turns:,} turns, {languages} languages")


def ended(walked: Walked) -> Iterator[PromiseResult]:
    """No dead end: a call that ends was ended by a step, once. That step may say that it failed: a line may be down."""
    broken = False
    for fault, edges in walked.faults.items():
        if fault.kind == "endings" and (example := along(walked, [edge for edge, _ in edges])) is not None:
            broken = True
            why = f"the call ends with {fault.about} dispositions instead of one."
            yield PromiseResult(name="no dead end", holds=False, why=why, example=example)
    if not broken:
        ends = sum(edge.target == END for edge in walked.graph.all_edges())
        evidence = f"{ends:,} ways to end a call, one disposition each"
        yield PromiseResult(name="no dead end", holds=True, evidence=evidence)


def a_person(walked: Walked) -> Iterator[PromiseResult]:
    """From every question a caller can reach a person, or a promise to be phoned, whatever the environment does."""
    asked = {n for n, state in enumerate(walked.graph.states) if state.phase in QUESTIONS}
    counts = edge_test(walked, PERSON)
    game = must_reach(walked, counts, asked)
    stranded = {state for state, _, _ in game.stranded}
    if stranded and (example := _stranded_at(walked, stranded, counts)) is not None:
        last = example.edges[-1]
        pressed = last.way.means == "shortcut 0"
        why = (
            f"key 0 leads to {landing(walked, last)} and not to a person or a promise to be phoned back."
            if pressed
            else f"from {landing(walked, last)} no keys lead to a person or a promise to be phoned back for sure."
        )
        yield PromiseResult(name="a person", holds=False, why=why, example=example)
        return
    seen = f"from {some(len(asked), 'question')}, within {some(game.worst, 'key')} at the worst"
    yield PromiseResult(name="a person", holds=True, evidence=seen)


def _stranded_at(walked: Walked, states: Collection[int], counts: EdgeTest) -> ExampleCall | None:
    """A call that reaches one of these states, and asks for a person there in vain if it can."""
    asking = [edge for state in states for edge in walked.graph.edges[state]
              if edge.way.means == "shortcut 0" and not counts(edge)]  # fmt: skip
    return along(walked, asking) or at_any(walked, states)


def intake_kept(walked: Walked) -> Iterator[PromiseResult]:
    """What was said in an intake is on a case: opened in the turn that enters it, noted in the turn that saves it."""
    graph = walked.graph
    noted = [sum(isinstance(event, CaseNoted) for event in events) for events in graph.labels]
    lost_on = [next(_lost(walked, events), "") for events in graph.labels]
    intakes = {name for name, flow in walked.release.flows.items() if flow.intake}
    runs = [intakes.intersection(frame.flow for frame in state.stack) for state in graph.states]
    ran = [intakes.intersection(frame.flow for frame in (*state.stack, *state.trail)) for state in graph.states]
    entered = [edge for edge in graph.all_edges() if runs[edge.target] and not runs[edge.target] <= ran[edge.source]]
    lost = {id(edge): (edge, why) for edge in entered if (why := _not_opened(walked, edge))}
    if any(lost_on):
        lost |= {id(edge): (edge, why) for edge in graph.all_edges() if (why := lost_on[edge.label])}
    if (example := along(walked, [edge for edge, _ in lost.values()])) is not None:
        yield PromiseResult(name="intake kept", holds=False, why=lost[id(example.edges[-1])][1], example=example)
        return
    kept = sum(noted[edge.label] for edge in graph.all_edges())
    yield PromiseResult(name="intake kept", holds=True, evidence=f"{kept:,} times something said was noted")


def _lost(walked: Walked, events: Sequence[object]) -> Iterator[str]:
    noted = {(event.kind, name) for event in events if isinstance(event, CaseNoted) for name in event.fields}
    for event in events:
        if isinstance(event, ExitTaken) and (kind := walked.release.flows[event.flow].intake):
            declared = walked.release.flows[event.flow].steps[event.step].declared
            for name in declared.known_on.get(event.exit, ()):
                if walked.release.is_of_run(name) and not declared.runs and (kind, name) not in noted:
                    yield f'what was saved as "{name}" in {event.flow} is not on the {kind}.'


def _not_opened(walked: Walked, edge: Edge) -> str:
    graph, flows = walked.graph, walked.release.flows
    entered = [frame.flow for frame in graph.states[edge.target].stack if flows[frame.flow].intake]
    opened = {event.kind for event in graph.events(edge) if isinstance(event, CaseOpened)}
    state = graph.states[edge.source]
    before = {frame.flow for frame in (*state.stack, *state.trail)}
    lost = (flow for flow in entered if flow not in before and flows[flow].intake not in opened)
    return next((f"{flow} was entered, and no {flows[flow].intake} was opened." for flow in lost), "")


def ordinary_callers(walked: Walked) -> Iterator[PromiseResult]:
    """An ordinary caller, who is not silent, makes no mistake and asks for nobody, never meets a limit."""
    limits = walked.release.limits
    turns = longest_call(walked, "turns", limits.turns)
    seconds = longest_call(walked, "seconds", limits.call)
    for longest, most, unit in ((turns, limits.turns, "turns"), (seconds, limits.call, "seconds")):
        if longest.cost > most:
            example = longest.example(walked)
            doubt = "" if example else " No call was found that takes so many; so this is not proved."
            why = f"the longest call takes {longest.cost:.0f} {unit}, and limits end a call after {most} {unit}.{doubt}"
            yield PromiseResult(name=ORDINARY, holds=False, why=why, example=example)
            return
    yield PromiseResult(name=ORDINARY, holds=True, evidence=ordinary_evidence(turns.cost, seconds.cost))


def ordinary_evidence(turns: float, seconds: float) -> str:
    """How long the longest ordinary call is."""
    return f"{some(round(turns), 'turn')} and about {some(round(seconds / 60), 'minute')} at the longest"
