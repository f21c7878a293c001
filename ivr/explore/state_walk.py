"""The walk: from the first questions on, every canonical state once, by every way in and every answer of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import msgspec

from ivr.analysis.value_classes import Classes
from ivr.call.events import Ended, FollowedUp, LimitMet
from ivr.call.facts import DIALLED
from ivr.call.inputs import Given, Start
from ivr.call.state import State
from ivr.call.verbs import Speak
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.explore.asked_facts import Answers, AskedFacts, Questions
from ivr.explore.audible_faults import Fault, Hearing
from ivr.explore.canon import Canon
from ivr.explore.graph import END, Edge, Graph, InputWay
from ivr.explore.input_ways import QuestionInLanguage, once_at, place_of, ways_at
from ivr.explore.other_languages import LanguageMatters, OtherLanguages
from ivr.explore.shared_turns import Noted, SharedTurns
from ivr.explore.state_parts import EMPTY, PartNumbers, StateParts
from ivr.flow.model import Release
from ivr.flow.promises import Occurrence

MOST_STATES = 300_000
Progress = Callable[[int, int], None]
"""How many states have been walked, how many are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is walked: calendars from the day `since` for a year, calls that begin in `entries` (empty: all incoming
    ones), up to `most` states. `progress` hears how far it is."""

    since: date
    entries: Sequence[str] = ()
    most: int = MOST_STATES
    progress: Progress = lambda done, known: None


@dataclass(slots=True)
class Walked:
    """What the walk found, at a cap of `most` states: the graph, each fault with the edges it was heard on and in which
    language, and the facts that were `asked` at all.

    The edges stand for `turns` turns, of which the engine took `taken`. `reachable`, `occurrences` and `game` keep
    what several promises need, once it is made.
    """

    release: Release
    canon: Canon
    questions: Questions
    graph: Graph
    faults: dict[Fault, list[tuple[Edge, str]]] = field(default_factory=dict)
    turns: int = 0
    taken: int = 0
    complete: bool = True
    asked: set[str] = field(default_factory=set)
    most: int = MOST_STATES
    reachable: dict[frozenset[str], object] = field(default_factory=dict)
    occurrences: dict[Occurrence, list[Edge]] = field(default_factory=dict)
    game: object = None


def walk(release: Release, scope: Scope, classes: Classes | None = None, *, by_language: bool = False) -> Walked:
    """Walk a release from its entry flows. Not `complete` where the cap on states was met.

    With `by_language` the languages are walked each for itself, which takes as many times the states.
    """
    classes = classes or Classes(release)
    walker = _Walker(release, classes, scope)
    walker.canon.keeps_language |= by_language
    try:
        return walker.walk(scope.entries or entry_flows(release))
    except LanguageMatters:
        return walk(release, scope, classes, by_language=True)


def entry_flows(release: Release) -> list[str]:
    """The flows a call can begin in; an incoming one hands nothing over."""
    known = {name: dialled for name, dialled in release.entries.items() if name in release.flows}
    return [name for name, dialled in known.items() if dialled == "outgoing" or not release.flows[name].takes]


class _Walker:
    def __init__(self, release: Release, classes: Classes, scope: Scope) -> None:
        self.release, self.classes, self.most, self.progress = release, classes, scope.most, scope.progress
        self.canon = Canon(release, classes)
        self.questions = Questions(release, classes, scope.since)
        self.hearing = Hearing(release)
        self.walked = Walked(release, self.canon, self.questions, Graph(), most=scope.most)
        self.numbers = PartNumbers(self.canon)
        self.shared = SharedTurns(self.numbers)
        self.languages = OtherLanguages(release, classes)
        self._parts: list[StateParts] = []
        self._index: dict[StateParts, int] = {}
        self._ways: dict[QuestionInLanguage, list[InputWay]] = {}
        self._compared: dict[QuestionInLanguage, set[tuple[str, int, int]]] = {}
        self._elsewhere: dict[tuple[QuestionInLanguage, str, int, int], list[tuple[Fault, str]]] = {}
        self._now = self.questions.instants[0].at

    def walk(self, entries: Sequence[str]) -> Walked:
        graph = self.walked.graph
        self._number(self.numbers.parts(self.canon(State(stack=(), language=self.release.first_language))))
        for entry in entries:
            self._begin(entry)
        at = END + 1
        # Every state below `at` has all its edges, and `came_by` leads from each state to a root by a shortest way:
        # states are numbered in the order in which a breadth-first search first comes to them.
        while at < len(graph.states):
            if len(graph.states) > self.most:
                self.walked.complete = False
                break
            self._expand(at)
            at += 1
            if at % 256 == 0:
                self.progress(at, len(graph.states))
        self.walked.taken += self.shared.taken
        return self.walked

    def _begin(self, entry: str) -> None:
        state = begin(self.release, entry)
        way = InputWay("begin", "begin", Start(), turn=1)
        for turn, answers in self._first_turns(entry, state, way):
            noted = self.note(turn, way)
            target = self._number(self.numbers.parts(self.canon(turn.state)))
            edge = self._edge(END, target, way, answers, noted)
            self.walked.turns += 1
            self.walked.graph.entries.append(entry)
            self.walked.graph.roots.append(edge)
            self._listen(edge, noted, state.language)
            self._compare(edge, noted, state, (entry, "", "", state.language))

    def _first_turns(self, entry: str, state: State, way: InputWay) -> Iterator[tuple[Turn, Answers]]:
        """The first turn, by each number that leads to the entry where the flows ask for the number dialled."""
        dialled: Iterable[Answers] = [()]
        if DIALLED in self.release.reads:
            self.walked.asked.add(DIALLED)
            dialled = [((DIALLED, answer),) for answer in dict(self.questions.dialled(entry))]
        for given in dialled:
            for turn, answers in self.turns(state, way, given):
                yield turn, (*given, *(answer for answer in answers if answer not in given))

    def _number(self, parts: StateParts) -> int:
        """The number of a state; a new one is added to the graph."""
        found = self._index.get(parts)
        if found is None:
            state = self.numbers.state(parts)
            found = self._index[parts] = self.walked.graph.add(self.canon.key(state), state)
            self._parts.append(parts)
        return found

    def _expand(self, source: int) -> None:
        state, parts = self.walked.graph.states[source], self._parts[source]
        if not state.stack:
            return
        place, numbers, edges = place_of(state), self.numbers, self.walked.graph.edges[source]
        once = [] if place in self._ways else once_at(self.release)
        for number, way in enumerate([*self._ways_at(place, state), *once]):
            below, turns = self.shared.of(self, parts, number, way)
            self.walked.turns += len(turns)
            for answers, noted, top, on_hidden, trail, rest, case in turns:
                stack = numbers.joined(below, top) if on_hidden and below else top
                back = EMPTY if trail == "none" else parts.stack if trail == "asked" else parts.trail
                target = self._number(StateParts(stack, back, rest, case and numbers.case_in(stack, back, case)))
                edge = self._edge(source, target, way, answers, noted)
                edges.append(edge)
                if noted.faults:
                    self._listen(edge, noted, state.language)
                self._compare(edge, noted, state, place)

    def _edge(self, source: int, target: int, way: InputWay, answers: Answers, noted: Noted) -> Edge:
        edge = Edge(source, target, way, answers, noted.label, noted.sets, noted.heard)
        if self.walked.graph.came_by[target] is None:
            self.walked.graph.came_by[target] = edge
        return edge

    def _listen(self, edge: Edge, noted: Noted, language: str) -> None:
        for fault in noted.faults:
            self.walked.faults.setdefault(fault, []).append((edge, language))

    def _compare(self, edge: Edge, noted: Noted, state: State, place: QuestionInLanguage) -> None:
        """Take the turn in every other language too: it must lead to the same state, and say something there.

        The language decides only what is chosen and what is said. So one turn stands for all with the same question,
        input, events and prompts.
        """
        compared = self._compared.setdefault(place, set())
        key = (edge.way.means, noted.label, noted.heard)
        if key in compared:
            for fault, language in self._elsewhere.get((place, *key), ()):
                self.walked.faults.setdefault(fault, []).append((edge, language))
            return
        compared.add(key)
        found = [] if self.canon.keeps_language else list(self._faults_elsewhere(edge, state, place))
        if found:
            self._elsewhere[(place, *key)] = found
        for fault, language in found:
            self.walked.faults.setdefault(fault, []).append((edge, language))

    def _faults_elsewhere(self, edge: Edge, state: State, place: QuestionInLanguage) -> Iterator[tuple[Fault, str]]:
        graph = self.walked.graph
        for language, way in zip(self.languages.tags, self.languages.same_input(place, edge.way), strict=True):
            turn, _ = self._take(msgspec.structs.replace(state, language=language), way, edge.answers)
            self.walked.turns += 1
            self.walked.taken += 1
            yield from ((fault, language) for fault in self._faults(turn, edge.way))
            key = self.canon.key(self.canon(turn.state))
            if key != self.canon.key(graph.states[edge.target]) or graph.label(turn.events) != edge.label:
                raise LanguageMatters

    def turns(self, state: State, way: InputWay, known: Answers = ()) -> Iterator[tuple[Turn, Answers]]:
        """The turn under every answer of the facts it asks for and that are not known."""
        ahead: list[Answers] = [known]
        while ahead:
            given = ahead.pop()
            turn, facts = self._take(state, way, given)
            ahead += facts.others()
            self.walked.asked.update(facts.asked)
            yield turn, tuple(facts.asked.items())

    def _take(self, state: State, way: InputWay, given: Answers) -> tuple[Turn, AskedFacts]:
        facts = AskedFacts(self.questions, given)
        came = masked(self.release, state, way.input)
        beside = Given(input=came, turn=way.turn, handling_seconds=way.served, facts=facts)
        return take_turn(self.release, state, beside, self._now), facts

    def note(self, turn: Turn, way: InputWay) -> Noted:
        """What the walk keeps of a turn."""
        label = self.walked.graph.label(turn.events)
        sets = tuple(turn.state.call.items()) if turn.state.call else ()
        heard = tuple(verb.prompt for verb in turn.verbs if isinstance(verb, Speak))
        known = self.walked.graph.heard
        number = known.setdefault(heard, len(known))
        return Noted(label, sets, number, tuple(self._faults(turn, way)))

    def _ways_at(self, place: QuestionInLanguage, state: State) -> list[InputWay]:
        """The inputs a question can receive, one of each class."""
        found = self._ways.get(place)
        if found is None:
            groups = ways_at(self.release, self.classes, place)
            found = list(dict.fromkeys(way for group in groups for way in self._apart(state, group)))
            self._ways[place] = found
        return found

    def _apart(self, state: State, group: Sequence[InputWay]) -> Iterator[InputWay]:
        """The first input of a group, and each other that has another result after all."""
        first = None
        for way in group:
            turn, _ = self._take(state, way, ())
            self.walked.turns += 1
            self.walked.taken += 1
            if first is None or (turn.state, turn.events) != first:
                yield way
            first = first or (turn.state, turn.events)

    def _faults(self, turn: Turn, way: InputWay) -> Iterator[Fault]:
        found = self.hearing.faults(turn.verbs)
        machine = any(isinstance(event, FollowedUp) and event.result == "machine" for event in turn.events)
        yield from (fault for fault in found if not machine or fault.kind != "silent")  # nobody is there to hear it
        ended = sum(isinstance(event, Ended) for event in turn.events)
        if ended != (not turn.state.stack):
            yield Fault("endings", str(ended))
        if any(isinstance(event, LimitMet) and event.limit == "steps_in_a_turn" for event in turn.events):
            yield Fault("endless turn", way.means)
