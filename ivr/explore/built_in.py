"""The promises every hotline keeps, without anybody writing them down."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ivr.call.events import CaseNoted, CaseOpened, ExitTaken
from ivr.explore.audible_faults import Hearing
from ivr.explore.errands import longest_errand
from ivr.explore.game import surely
from ivr.explore.graph import END, Edge
from ivr.explore.occurrence import PERSON, QUESTIONS, happens
from ivr.explore.replayed import Example
from ivr.explore.search import NotReal, along, at_any
from ivr.explore.state_walk import Walked
from ivr.explore.verdict import Verdict, some


def heard(walked: Walked) -> Iterator[Verdict]:
    """Never silent: each turn says something in every language, and no sentence has a hole."""
    said = {"silent": "says nothing", "no words": "has no words in", "a hole": "leaves a hole in a sentence:"}
    broken = 0
    for fault, edges in walked.faults.items():
        if fault.kind in said and (example := along(walked, [edge for edge, _ in edges])) is not None:
            if fault.kind == "a hole" and fault not in Hearing(walked.release).faults(example.turns[-1].verbs):
                raise NotReal(example.edges)
            broken += 1
            why = f"the hotline {said[fault.kind]} {fault.about}".rstrip()
            yield Verdict(name="never silent", holds=False, why=f"{why} ({edges[0][1]}).", example=example)
    if not broken:
        languages = len(walked.release.languages)
        yield Verdict(name="never silent", holds=True, seen=f"{walked.turns:,} turns, {languages} languages")


def ended(walked: Walked) -> Iterator[Verdict]:
    """No dead end: a call that ends was ended by a step, once. That step may say that it failed: a line may be down."""
    broken = False
    for fault, edges in walked.faults.items():
        if fault.kind == "endings" and (example := along(walked, [edge for edge, _ in edges])) is not None:
            broken = True
            why = f"the call ends with {fault.about} dispositions instead of one."
            yield Verdict(name="no dead end", holds=False, why=why, example=example)
    if not broken:
        ends = sum(edge.target == END for edge in walked.graph.all_edges())
        yield Verdict(name="no dead end", holds=True, seen=f"{ends:,} ways to end a call, one disposition each")


def a_person(walked: Walked) -> Iterator[Verdict]:
    """From every question a caller can come to a person, or to a promise to be phoned, whatever the world does."""
    asked = {n for n, state in enumerate(walked.graph.states) if state.phase in QUESTIONS}
    game = surely(walked, happens(walked, PERSON), asked)
    stranded = {state for state, _, _ in game.stranded}
    if stranded and (example := _stranded_at(walked, stranded)) is not None:
        why = "a caller cannot be sure to come to a person, or to a promise to be phoned back, by any key."
        yield Verdict(name="a person", holds=False, why=why, example=example)
        return
    seen = f"from {some(len(asked), 'question')}, within {some(game.worst, 'key')} at the worst"
    yield Verdict(name="a person", holds=True, seen=seen)


def _stranded_at(walked: Walked, states: Collection[int]) -> Example | None:
    """A call that comes to one of these states, and asks for a person there if it can."""
    asking = [edge for state in states for edge in walked.graph.edges[state] if edge.way.means == "shortcut 0"]
    return along(walked, asking) or at_any(walked, states)


def intake_kept(walked: Walked) -> Iterator[Verdict]:
    """What was said in an intake is on a case: opened in the turn that enters it, noted in the turn that saves it."""
    labels = walked.graph.labels
    noted = [sum(isinstance(event, CaseNoted) for event in events) for events in labels]
    lost_on = [next(_lost(walked, events), "") for events in labels]
    lost: dict[Edge, str] = {}
    kept = 0
    for edge in walked.graph.all_edges():
        kept += noted[edge.label]
        if why := lost_on[edge.label] or _not_opened(walked, edge):
            lost[edge] = why
    if (example := along(walked, lost)) is not None:
        yield Verdict(name="intake kept", holds=False, why=lost[example.edges[-1]], example=example)
        return
    yield Verdict(name="intake kept", holds=True, seen=f"{kept:,} times something said was noted")


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
    if not entered:
        return ""
    opened = {event.kind for event in graph.events(edge) if isinstance(event, CaseOpened)}
    state = graph.states[edge.source]
    before = {frame.flow for frame in (*state.stack, *state.trail)}
    lost = (flow for flow in entered if flow not in before and flows[flow].intake not in opened)
    return next((f"{flow} was entered, and no {flows[flow].intake} was opened." for flow in lost), "")


def ordinary_callers(walked: Walked) -> Iterator[Verdict]:
    """An ordinary caller, who is not silent, makes no mistake and asks for nobody, never meets a limit."""
    limits = walked.release.limits
    turns = longest_errand(walked, "turns", limits.turns)
    seconds = longest_errand(walked, "seconds", limits.call)
    for errand, most, unit in ((turns, limits.turns, "turns"), (seconds, limits.call, "seconds")):
        if errand.cost > most:
            example = errand.example(walked)
            doubt = "" if example else " No call was found that takes so many; so this is not proved."
            why = f"the longest errand takes {errand.cost:.0f} {unit}, and limits end a call after {most}.{doubt}"
            yield Verdict(name="ordinary callers", holds=False, why=why, example=example)
            return
    length = f"{some(round(turns.cost), 'turn')} and about {some(round(seconds.cost / 60), 'minute')}"
    yield Verdict(name="ordinary callers", holds=True, seen=f"{length} at the longest")
