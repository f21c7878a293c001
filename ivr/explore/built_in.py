"""The promises every hotline keeps, without anybody writing them down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ivr.call.events import CaseNoted, CaseOpened, ExitTaken
from ivr.explore.amounts import amount
from ivr.explore.audible_faults import Fault, Hearing
from ivr.explore.game import must_reach
from ivr.explore.graph import END, Edge
from ivr.explore.longest_call import longest_call
from ivr.explore.occurrence import PERSON, QUESTIONS, EdgeTest, edge_test
from ivr.explore.promise_result import PromiseResult
from ivr.explore.reach_promises import landing
from ivr.explore.reachable import along, at_any
from ivr.explore.replayed import ExampleCall
from ivr.explore.search import NotReal
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message

ORDINARY = "ordinary callers"
INAUDIBLE = frozenset({"silent", "no words", "a hole"})


def heard(walked: Walked) -> Iterator[PromiseResult]:
    """Never silent: each turn says something in every language, and no sentence has a hole."""
    broken = False
    for fault, edges in walked.faults.items():
        if fault.kind in INAUDIBLE and (example := along(walked, [edge for edge, _ in edges])) is not None:
            if fault.kind == "a hole" and fault not in Hearing(walked.release).faults(example.turns[-1].verbs):
                raise NotReal(example.edges)
            broken = True
            why = _inaudible(fault, edges[0][1])
            yield PromiseResult(name="never silent", holds=False, why=why, example=example)
    if not broken:
        languages = len(walked.release.languages)
        evidence = Message("proof.silent.evidence", turns=walked.turns, languages=languages)
        yield PromiseResult(name="never silent", holds=True, evidence=evidence)


def _inaudible(fault: Fault, language: str) -> Message:
    if fault.kind == "silent":
        return Message("proof.silent.nothing", language=language)
    if fault.kind == "no words":
        return Message("proof.silent.no-words", prompt=fault.prompt, language=fault.about)
    return Message("proof.silent.hole", prompt=fault.prompt, value=fault.about, language=language)


def ended(walked: Walked) -> Iterator[PromiseResult]:
    """No dead end: a call that ends was ended by a step, once. That step may say that it failed: a line may be down."""
    broken = False
    for fault, edges in walked.faults.items():
        if fault.kind == "endings" and (example := along(walked, [edge for edge, _ in edges])) is not None:
            broken = True
            why = Message("proof.dead-end.broken", count=fault.about)
            yield PromiseResult(name="no dead end", holds=False, why=why, example=example)
    if not broken:
        ends = sum(edge.target == END for edge in walked.graph.all_edges())
        evidence = Message("proof.dead-end.evidence", ends=ends)
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
        place = landing(walked, last)
        why = Message("proof.person.zero", place=place) if pressed else Message("proof.person.no-keys", place=place)
        yield PromiseResult(name="a person", holds=False, why=why, example=example)
        return
    seen = Message("proof.reaches.evidence", questions=len(asked), keys=game.worst)
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
    lost_on = [next(_lost(walked, events), None) for events in graph.labels]
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
    yield PromiseResult(name="intake kept", holds=True, evidence=Message("proof.intake.evidence", kept=kept))


def _lost(walked: Walked, events: Sequence[object]) -> Iterator[Message]:
    noted = {(event.kind, name) for event in events if isinstance(event, CaseNoted) for name in event.fields}
    for event in events:
        if isinstance(event, ExitTaken) and (kind := walked.release.flows[event.flow].intake):
            declared = walked.release.flows[event.flow].steps[event.step].declared
            for name in declared.known_on.get(event.exit, ()):
                if walked.release.is_of_run(name) and not declared.runs and (kind, name) not in noted:
                    yield Message("proof.intake.lost", value=name, flow=event.flow, kind=kind)


def _not_opened(walked: Walked, edge: Edge) -> Message | None:
    graph, flows = walked.graph, walked.release.flows
    entered = [frame.flow for frame in graph.states[edge.target].stack if flows[frame.flow].intake]
    opened = {event.kind for event in graph.events(edge) if isinstance(event, CaseOpened)}
    state = graph.states[edge.source]
    before = {frame.flow for frame in (*state.stack, *state.trail)}
    lost = (flow for flow in entered if flow not in before and flows[flow].intake not in opened)
    flow = next(lost, None)
    return Message("proof.intake.not-opened", flow=flow, kind=flows[flow].intake) if flow else None


def ordinary_callers(walked: Walked) -> Iterator[PromiseResult]:
    """An ordinary caller, who is not silent, makes no mistake and asks for nobody, never meets a limit."""
    limits = walked.release.limits
    turns = longest_call(walked, "turns", limits.turns)
    seconds = longest_call(walked, "seconds", limits.call)
    for longest, most, unit in ((turns, limits.turns, "turns"), (seconds, limits.call, "seconds")):
        if longest.cost > most:
            example = longest.example(walked)
            why = Message("proof.ordinary.broken", longest=amount(longest.cost, unit), limit=amount(most, unit))
            if example is None:
                why = Message("proof.ordinary.unproved", longest=amount(longest.cost, unit), limit=amount(most, unit))
            yield PromiseResult(name=ORDINARY, holds=False, why=why, example=example)
            return
    yield PromiseResult(name=ORDINARY, holds=True, evidence=ordinary_evidence(turns.cost, seconds.cost))


def ordinary_evidence(turns: float, seconds: float) -> Message:
    """How long the longest ordinary call is."""
    return Message("proof.ordinary.evidence", turns=round(turns), minutes=round(seconds / 60))
