"""The walk: from the first questions on, every canonical state once, by every way in and every answer of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from ivr.analysis.value_classes import Classes
from ivr.call.events import Ended, LimitMet
from ivr.call.inputs import Given, Start
from ivr.call.state import State
from ivr.call.verbs import Speak
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.explore.asked_facts import Answers, AskedFacts, Questions
from ivr.explore.audible_faults import Fault, Hearing
from ivr.explore.canon import Canon
from ivr.explore.graph import END, Edge, Graph, Way
from ivr.explore.ways import Place, once_at, place_of, ways_at
from ivr.flow.model import Release

MOST_STATES = 300_000
Progress = Callable[[int, int], None]
"""How many states have been walked, how many are known."""


class LanguageMatters(Exception):
    """Two languages lead different ways, so that the language belongs to the state."""


@dataclass(slots=True)
class Walked:
    """What the walk found, at a cap of `most` states: the graph, each fault with the edges it was heard on and in which
    language, and the facts that were `asked` at all."""

    release: Release
    canon: Canon
    questions: Questions
    graph: Graph
    faults: dict[Fault, list[tuple[Edge, str]]] = field(default_factory=dict)
    turns: int = 0
    whole: bool = True
    asked: set[str] = field(default_factory=set)
    most: int = MOST_STATES


def walk(
    release: Release, *, since: date, entries: Sequence[str] = (), most: int = MOST_STATES,
    progress: Progress = lambda done, known: None, classes: Classes | None = None, by_language: bool = False,
) -> Walked:  # fmt: skip
    """Walk a release from its entry flows. Not `whole` where the cap `most` was met.

    With `by_language` the languages are walked each for itself, which takes as many times the states.
    """
    classes = classes or Classes(release)
    walker = _Walker(release, classes, since, most, progress)
    walker.canon.keeps_language |= by_language
    try:
        return walker.walk(entries or entry_flows(release))
    except LanguageMatters:
        return walk(release, since=since, entries=entries, most=most, progress=progress, classes=classes,
                    by_language=True)  # fmt: skip


def entry_flows(release: Release) -> list[str]:
    """The flows a call can begin in; an incoming one hands nothing over."""
    known = {name: dialled for name, dialled in release.entries.items() if name in release.flows}
    return [name for name, dialled in known.items() if dialled == "outgoing" or not release.flows[name].takes]


class _Walker:
    def __init__(self, release: Release, classes: Classes, since: date, most: int, progress: Progress) -> None:
        self.release, self.classes, self.most, self.progress = release, classes, most, progress
        self.canon = Canon(release, classes)
        self.questions = Questions(release, classes, since)
        self.hearing = Hearing(release)
        self.walked = Walked(release, self.canon, self.questions, Graph(), most=most)
        self._ways: dict[Place, list[tuple[Way, list[Way]]]] = {}
        self._said: dict[tuple[Place, str, int, tuple[str, ...]], list[tuple[Fault, str]]] = {}
        self._others = [tag for tag in release.languages if tag != release.first_language]
        self._now = self.questions.instants[0].at

    def walk(self, entries: Sequence[str]) -> Walked:
        graph = self.walked.graph
        ended = self.canon(State(stack=(), language=self.release.first_language))
        graph.add(self.canon.key(ended), ended)
        for entry in entries:
            self._begin(entry)
        at = END + 1
        while at < len(graph.states):
            if len(graph.states) > self.most:
                self.walked.whole = False
                break
            self._expand(at)
            at += 1
            if at % 256 == 0:
                self.progress(at, len(graph.states))
        return self.walked

    def _begin(self, entry: str) -> None:
        state = begin(self.release, entry)
        way = Way("begin", "begin", Start(), turn=1)
        for turn, answers in self._turns(state, way):
            edge, _ = self._edge(END, way, turn, answers)
            self.walked.graph.entries.append(entry)
            self.walked.graph.roots.append(edge)
            self._listen(edge, turn, state.language)
            for fault, language in self._elsewhere(edge, state, [way] * len(self._others)):
                self.walked.faults.setdefault(fault, []).append((edge, language))

    def _expand(self, source: int) -> None:
        state = self.walked.graph.states[source]
        if not state.stack:
            return
        known: set[tuple[int, int, Way, Answers]] = set()
        place = place_of(state)
        once = [] if place in self._ways else [(way, [way] * len(self._others)) for way in once_at(self.release)]
        edges = self.walked.graph.edges[source]
        for way, others in [*self._ways_of(place, state), *once]:
            for turn, answers in self._turns(state, way):
                edge, after = self._edge(source, way, turn, answers)
                if (found := (edge.target, edge.label, way, answers)) in known:
                    continue
                known.add(found)
                edges.append(edge)
                self._listen(edge, turn, state.language)
                heard = tuple(verb.prompt for verb in turn.verbs if isinstance(verb, Speak))
                said = (place, way.means, edge.label, heard)
                if said not in self._said:
                    self._said[said] = self._elsewhere(edge, state, others)
                for fault, language in self._said[said]:
                    self.walked.faults.setdefault(fault, []).append((edge, language))

    def _edge(self, source: int, way: Way, turn: Turn, answers: Answers) -> tuple[Edge, State]:
        graph = self.walked.graph
        after = self.canon(turn.state)
        target = graph.add(self.canon.key(after), after)
        given = tuple(turn.state.call.items()) if turn.state.call else ()
        edge = Edge(source, target, way, answers, graph.label(turn.events), given)
        if graph.came_by[target] is None:
            graph.came_by[target] = edge
        return edge, after

    def _elsewhere(self, edge: Edge, state: State, ways: Sequence[Way]) -> list[tuple[Fault, str]]:
        """The same turn in every other language: it must lead the same way, and say something there too.

        Only what is chosen and what is said depends on the language, so that is done once for each place, way in,
        and sequence of prompts.
        """
        found: list[tuple[Fault, str]] = []
        if self.canon.keeps_language:
            return found
        for language, way in zip(self._others, ways, strict=True):
            abroad = msgspec.structs.replace(state, language=language)
            turn, _ = self._take(abroad, way, edge.answers)
            found += [(fault, language) for fault in self._faults(turn, edge.way)]
            graph = self.walked.graph
            if self.canon.key(self.canon(turn.state)) != self.canon.key(graph.states[edge.target]):
                raise LanguageMatters
            if graph.label(turn.events) != edge.label:
                raise LanguageMatters
        return found

    def _turns(self, state: State, way: Way) -> Iterator[tuple[Turn, Answers]]:
        """The turn under every answer of the facts it asks for."""
        ahead: list[Answers] = [()]
        while ahead:
            given = ahead.pop()
            turn, facts = self._take(state, way, given)
            ahead += facts.others()
            self.walked.asked.update(facts.asked)
            yield turn, tuple(facts.asked.items())

    def _take(self, state: State, way: Way, given: Answers) -> tuple[Turn, AskedFacts]:
        facts = AskedFacts(self.questions, given)
        came = masked(self.release, state, way.input)
        self.walked.turns += 1
        beside = Given(input=came, turn=way.turn, handling_seconds=way.served, facts=facts)
        return take_turn(self.release, state, beside, self._now), facts

    def _ways_of(self, place: Place, state: State) -> list[tuple[Way, list[Way]]]:
        """The ways in at a place, each with the same one in every other language."""
        found = self._ways.get(place)
        if found is None:
            groups = ways_at(self.release, self.classes, place)
            found = [(way, self._abroad(place, way)) for group in groups for way in self._apart(state, group)]
            self._ways[place] = found
        return found

    def _apart(self, state: State, group: Sequence[Way]) -> Iterator[Way]:
        """The first way of a group, and each other that did not come out like it after all."""
        first = None
        for way in group:
            turn, _ = self._take(state, way, ())
            if first is None or (turn.state, turn.events) != first:
                yield way
            first = first or (turn.state, turn.events)

    def _abroad(self, place: Place, way: Way) -> list[Way]:
        if self.canon.keeps_language:
            return []
        found = []
        for language in self._others:
            groups = ways_at(self.release, self.classes, (*place[:3], language))
            alike = [other for group in groups for other in group if other.means == way.means]
            if not alike:
                raise LanguageMatters
            found.append(next((other for other in alike if type(other.input) is type(way.input)), alike[0]))
        return found

    def _listen(self, edge: Edge, turn: Turn, language: str) -> None:
        for fault in self._faults(turn, edge.way):
            self.walked.faults.setdefault(fault, []).append((edge, language))

    def _faults(self, turn: Turn, way: Way) -> Iterator[Fault]:
        yield from self.hearing.faults(turn.verbs)
        ended = sum(isinstance(event, Ended) for event in turn.events)
        if ended != (not turn.state.stack):
            yield Fault("endings", str(ended))
        if any(isinstance(event, LimitMet) and event.limit == "steps_in_a_turn" for event in turn.events):
            yield Fault("endless turn", way.means)
