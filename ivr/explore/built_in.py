"""The promises every hotline keeps, without anybody writing them down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.call.events import CaseNoted, CaseOpened, Ended, ExitTaken
from ivr.explore.cycles import rings, shortest_ring
from ivr.explore.errands import longest_errand
from ivr.explore.facts import INSTANT
from ivr.explore.game import keys_needed
from ivr.explore.graph import END, Edge
from ivr.explore.happening import PERSON, QUESTIONS, happens
from ivr.explore.hearing import Hearing
from ivr.explore.replayed import Example, replayed, way_to
from ivr.explore.search import FOUND, NotReal, Step, shortest, to_edge
from ivr.explore.verdict import Verdict
from ivr.explore.walk import Walked

PASSIVE = frozenset({"answer", "passive", "world"})


def heard(walked: Walked) -> Iterator[Verdict]:
    """Never silent: each turn says something in every language, its sentences whole; each end is one end."""
    said = {"silent": "says nothing", "no words": "has no words in", "a hole": "leaves a hole in a sentence:"}
    broken = 0
    for fault, (edge, language) in walked.faults.items():
        if fault.kind in said and (example := to_edge(walked, edge)) is not None:
            if fault.kind == "a hole" and fault not in Hearing(walked.release).faults(example.turns[-1].verbs):
                raise NotReal(example.edges)
            broken += 1
            why = f"the hotline {said[fault.kind]} {fault.about}".rstrip()
            yield Verdict(name="never silent", holds=False, why=f"{why} ({language}).", example=example)
    if not broken:
        languages = len(walked.release.languages)
        yield Verdict(name="never silent", holds=True, seen=f"{walked.turns:,} turns, {languages} languages")


def ended(walked: Walked) -> Iterator[Verdict]:
    """No dead end: a call that ends has said goodbye, with one disposition, and not because something failed."""
    broken, ends = 0, 0
    for edge in walked.graph.all_edges():
        dispositions = [e.disposition for e in walked.graph.events(edge) if isinstance(e, Ended)]
        ends += len(dispositions)
        if "failed" in dispositions and (example := to_edge(walked, edge)) is not None:
            broken += 1
            yield Verdict(name="no dead end", holds=False, why="the call ends as failed.", example=example)
            break
    for fault, (edge, _) in walked.faults.items():
        if fault.kind == "endings":
            broken += 1
            why = f"the call ends with {fault.about} dispositions instead of one."
            yield Verdict(name="no dead end", holds=False, why=why, example=to_edge(walked, edge))
    if not broken:
        yield Verdict(name="no dead end", holds=True, seen=f"{ends:,} ways to end a call, one disposition each")


def never_endless(walked: Walked) -> Iterator[Verdict]:
    """Never endless: without an active choice of the caller no way goes round, and no limit is used to prove it."""
    for fault, (edge, _) in walked.faults.items():
        if fault.kind == "endless turn" and (example := to_edge(walked, edge)) is not None:
            why = "steps lead round in a ring in which nothing is asked, until the limit of steps in a turn."
            yield Verdict(name="never endless", holds=False, why=why, example=example)
            return
    round_ = _ring(walked, {}) if _passive_rings(walked, {}) else None
    if round_ is None and _passive_rings(walked, {}):
        round_ = next((found for told in _tellings(walked) if (found := _ring(walked, told)) is not None), None)
    if round_ is None:
        yield Verdict(name="never endless", holds=True, seen="no ring without an active choice")
    else:
        example, length = round_
        why = f"from here on the last {length} {'turn repeats' if length == 1 else 'turns repeat'} for ever."
        yield Verdict(name="never endless", holds=False, why=why, example=example)


def _passive(walked: Walked, told: dict[str, int]) -> list[list[Edge]]:
    """The edges a caller can be led along without choosing, where the facts are as told."""
    return [
        [
            edge
            for edge in edges
            if edge.way.doing in PASSIVE and edge.target != END and _agrees(edge, told)
        ]
        for edges in walked.graph.edges
    ]


def _agrees(edge: Edge, told: dict[str, int]) -> bool:
    return not told or all(told.get(question, answer) == answer for question, answer in edge.answers)


def _passive_rings(walked: Walked, told: dict[str, int]) -> list[list[int]]:
    return rings([[edge.target for edge in edges] for edges in _passive(walked, told)])


def _ring(walked: Walked, told: dict[str, int]) -> tuple[Example, int] | None:
    """The ring come to by the fewest turns, as a real call that has gone round it once."""
    passive = _passive(walked, told)
    successors = [[edge.target for edge in edges] for edges in passive]
    for start in sorted(min(part) for part in rings(successors)):
        came = walked.graph.came_by[start]
        assert came is not None
        nodes = shortest_ring(successors, start)
        ring = [
            next(edge for edge in passive[source] if edge.target == target)
            for source, target in zip(nodes, nodes[1:], strict=False)
        ]
        way = way_to(walked, came)
        example = replayed(walked, [*way, *ring])
        if example is None:
            approach = shortest(walked, _towards(start, told))
            example = replayed(walked, [*approach.edges, *ring]) if approach else None
        if example is not None:
            return example, len(ring)
    return None


def _towards(state: int, told: dict[str, int]) -> Step:
    return lambda edge, _: (FOUND if edge.target == state else 0) if _agrees(edge, told) else None


def _tellings(walked: Walked) -> Iterator[dict[str, int]]:
    """Each fact of the caller held fast, one at a time: a ring that needs it both ways is none."""
    asked = {question for edge in walked.graph.all_edges() for question, _ in edge.answers}
    for question in sorted(asked - {INSTANT}):
        for answer in range(walked.questions.count(question)):
            yield {question: answer}


def a_person(walked: Walked) -> Iterator[Verdict]:
    """From every question a caller can come to a person, or to a promise to be phoned, whatever the world does."""
    graph = walked.graph

    needed = keys_needed(walked, happens(walked, PERSON))
    asked = [n for n, state in enumerate(graph.states) if state.phase in QUESTIONS]
    stranded = [n for n in asked if n not in needed]
    if stranded:
        example = next((e for n in stranded if (e := _stranded_at(walked, n, needed)) is not None), None)
        if example is not None:
            why = "a caller cannot be sure to come to a person, or to a promise to be phoned back, by any key."
            yield Verdict(name="a person", holds=False, why=why, example=example)
            return
    keys = max((needed[n] for n in asked if n in needed), default=0)
    yield Verdict(name="a person", holds=True, seen=f"from {len(asked):,} questions, within {keys} keys at the worst")


def _stranded_at(walked: Walked, state: int, needed: Mapping[int, int]) -> Example | None:
    """A call that comes to a state and asks for a person there, with what the world may answer to that."""
    came = walked.graph.came_by[state]
    if came is None:
        return None
    for edge in walked.graph.edges[state]:
        if edge.way.means == "shortcut 0" and edge.target not in needed:
            if (example := replayed(walked, [*way_to(walked, came), edge])) is not None:
                return example
    return to_edge(walked, came)


def intake_kept(walked: Walked) -> Iterator[Verdict]:
    """What was said in an intake is on a case: opened in the turn that enters it, noted in the turn that saves it."""
    graph, kept = walked.graph, 0
    for edge in graph.all_edges():
        events = graph.events(edge)
        lost = next(_lost(walked, events), "") or _not_opened(walked, edge)
        kept += sum(isinstance(event, CaseNoted) for event in events)
        if lost and (example := to_edge(walked, edge)) is not None:
            yield Verdict(name="intake kept", holds=False, why=lost, example=example)
            return
    yield Verdict(name="intake kept", holds=True, seen=f"{kept:,} times something said was noted")


def _lost(walked: Walked, events: Sequence[object]) -> Iterator[str]:
    noted = {(event.kind, name) for event in events if isinstance(event, CaseNoted) for name in event.fields}
    for event in events:
        if isinstance(event, ExitTaken) and (kind := walked.release.flows[event.flow].intake):
            declared = walked.release.flows[event.flow].steps[event.step].declared
            for name in declared.known_on.get(event.exit, ()):
                if "." not in name and not declared.runs and (kind, name) not in noted:
                    yield f'what was saved as "{name}" in {event.flow} is not on the {kind}.'


def _not_opened(walked: Walked, edge: Edge) -> str:
    graph = walked.graph
    opened = {event.kind for event in graph.events(edge) if isinstance(event, CaseOpened)}
    state = graph.states[edge.source]
    before = {frame.flow for frame in (*state.stack, *state.trail)}
    for frame in graph.states[edge.target].stack:
        kind = walked.release.flows[frame.flow].intake
        if kind and frame.flow not in before and kind not in opened:
            return f"{frame.flow} was entered, and no {kind} was opened."
    return ""


def ordinary_callers(walked: Walked) -> Iterator[Verdict]:
    """An ordinary caller, who is not silent, makes no mistake and asks for nobody, never meets a limit."""
    limits = walked.release.limits
    turns, seconds = longest_errand(walked, "turns"), longest_errand(walked, "seconds")
    for errand, most, unit in ((turns, limits.turns, "turns"), (seconds, limits.call, "seconds")):
        if errand.cost > most:
            why = f"the longest errand takes {errand.cost:.0f} {unit}, and limits end a call after {most}."
            yield Verdict(name="ordinary callers", holds=False, why=why, example=errand.example(walked))
            return
    seen = f"{turns.cost:.0f} turns and about {seconds.cost / 60:.0f} minutes at the longest"
    yield Verdict(name="ordinary callers", holds=True, seen=seen)
