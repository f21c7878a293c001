"""Random real calls with whole state: every state and every arrow of theirs must be in the graph.

That merging states is sound is checked at the end of every run, not believed: a value dropped too early, a class of
input not tried, a fact not asked shows up here as a call the graph does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from ivr.call.events import ExitTaken, LimitMet
from ivr.call.facts import DIALLED
from ivr.call.inputs import Digits, Given, Input, NoInput, Recording, Resume, Speech
from ivr.call.state import State, decode_state, encode_state
from ivr.call.verbs import Ask, Verb
from ivr.carrier.gathering import gathered
from ivr.engine.masking import masked
from ivr.engine.turn import begin, take_turn
from ivr.explore.asked_facts import Answers, AskedFacts
from ivr.explore.graph import END, Edge
from ivr.explore.input_ways import QuestionInLanguage, place_of, verb_at, ways_at
from ivr.explore.sendable import can_send
from ivr.explore.state_walk import Walked
from ivr.messages.message import Message
from ivr.steps.entry import Entry

LONGEST_CALL = 40
NOISE = 0.25
MOVING = 0.1
PLACED = 0.2
"""The share of calls that the hotline places: they are short, so the others go deeper."""


@dataclass(slots=True)
class Checked:
    """How many calls and turns were checked, the exits they took, and what the graph did not know, empty if nothing."""

    calls: int = 0
    turns: int = 0
    unknown_turn: str = ""
    exits: set[tuple[str, str, str]] = field(default_factory=set)


def check(walked: Walked, *, calls: int = 1500, seed: int = 1) -> Checked:
    """Take random calls and look each turn up in the graph; stops at the first that is missing."""
    checked, callers = Checked(), _Callers(walked, Random(seed))  # noqa: S311 - a seed that repeats, not a secret
    while checked.calls < calls and not checked.unknown_turn:
        checked.calls += 1
        callers.call(checked)
    return checked


def _unknown(where: str, came: str, *, state: bool) -> Message:
    if state:
        return Message("proof.unknown.state", where=where, came=came)
    return Message("proof.unknown.turn", where=where, came=came)


def _dialled(root: Edge) -> Answers:
    return tuple(answer for answer in root.answers if answer[0] == DIALLED)


class _Callers:
    """Random callers; what can come in at a place is looked up once."""

    def __init__(self, walked: Walked, chance: Random) -> None:
        self.walked, self.chance, self.release = walked, chance, walked.release
        first = {(entry, _dialled(root)): n for n, (root, entry) in enumerate(self._begun())}
        self._placed = [n for (entry, _), n in first.items() if entry in self.release.outgoing]
        self._incoming = [n for (entry, _), n in first.items() if entry not in self.release.outgoing]
        self._arrows = {(edge.source, edge.target, edge.label) for edge in walked.graph.all_edges()}
        self._asked = sorted(question for question in walked.asked if not self.release.is_of_call(question))
        self._fitting: dict[QuestionInLanguage, list[Input]] = {}
        self._verbs: dict[QuestionInLanguage, Verb] = {}
        self._words = {
            tag: [word for said in walked.release.hints.values() for word in said.get(tag, ())]
            for tag in walked.release.languages
        }

    def _begun(self) -> Iterator[tuple[Edge, str]]:
        """Every way a call begins, with its flow."""
        yield from zip(self.walked.graph.roots, self.walked.graph.entries, strict=True)

    def call(self, checked: Checked) -> None:
        """One call, until it ends or is long enough."""
        graph, chance = self.walked.graph, self.chance
        root = chance.choice(
            self._placed if self._placed and chance.random() < PLACED else self._incoming or self._placed
        )
        state, source = begin(self.release, graph.entries[root]), END
        came: Input = graph.roots[root].way.input
        dialled = dict(_dialled(graph.roots[root]))
        answers = self._facts() | dialled
        for turn in range(1, LONGEST_CALL + 1):
            answers = self._facts() | dialled if chance.random() < MOVING else answers
            checked.turns += 1
            facts = AskedFacts(self.walked.questions, tuple(answers.items()))
            beside = Given(input=masked(self.release, state, came), turn=turn, handling_seconds=turn, facts=facts)
            taken = take_turn(self.release, state, beside, self.walked.questions.instants[0].at)
            target = graph.index.get(self.walked.canon.key(self.walked.canon(taken.state)))
            held = isinstance(came, Resume) and target == source  # asked again: tried once for each place
            held = held or any(isinstance(event, LimitMet) for event in taken.events)  # and so are some limits
            if target is None or not (held or (source, target, graph.label(taken.events)) in self._arrows):
                where = ".".join(place_of(state)[:2])
                checked.unknown_turn = _unknown(where, repr(beside.input), state=target is None)
                return
            checked.exits |= {(e.flow, e.step, e.exit) for e in taken.events if isinstance(e, ExitTaken)}
            if not taken.state.stack:
                return
            state, source = decode_state(encode_state(taken.state)), target
            came = self._input(state)

    def _facts(self) -> dict[str, int]:
        return {question: self.chance.randrange(self.walked.questions.count(question)) for question in self._asked}

    def _input(self, state: State) -> Input:
        """Mostly something that fits the question, so that calls go deep; sometimes anything the line can bring."""
        chance, place = self.chance, place_of(state)
        if chance.random() >= NOISE or state.phase == "transfer":
            return chance.choice(self._fitting_at(place))
        came = self._anything(state, place)
        return came if can_send(self._verb_at(place), came) else chance.choice(self._fitting_at(place))

    def _anything(self, state: State, place: QuestionInLanguage) -> Input:
        chance = self.chance
        if state.phase == "record":
            return chance.choice((NoInput(), Resume(), Recording("RE9", chance.randrange(3), chance.choice("#0*957"))))
        step = self.release.flows[place[0]].steps[place[1]]
        listening = step.declared.listening
        if listening is not None and listening.speech and chance.random() < 0.4:
            words = self._words[state.language] or ["?"]
            return Speech(chance.choice(words), chance.choice((None, 0.1, 0.9)))
        keys = "".join(chance.choice("0123456789*#") for _ in range(chance.choice((1, 1, 1, 2, 4, 11, 16))))
        entry = step.declared.entry
        if entry is not None and entry.save and state.phase == "asked":
            keys = self._entry(entry, place[0]) or keys
        verb = self._verb_at(place)
        if isinstance(verb, Ask):
            keys = gathered(keys, most=verb.digits, finish=verb.end_key)
        return chance.choice((Digits(keys), Digits(keys), NoInput(), Resume()))

    def _verb_at(self, place: QuestionInLanguage) -> Verb:
        """What a call waits with at a place, looked up once."""
        if place not in self._verbs:
            self._verbs[place] = verb_at(self.release, place)
        return self._verbs[place]

    def _entry(self, entry: Entry, flow: str) -> str:
        """Digits near what conditions ask for: one of their values, more behind or before it."""
        later = self.walked.canon.classes.later(flow, entry.save)
        plain = (sample.strip("+").replace("-", "") for sample in later.samples)
        begun = self.chance.choice(["", *(sample for sample in plain if sample.isdigit())])
        more = self.chance.randint(0, max(0, min(entry.lengths[1], 16) - len(begun)))
        digits = "".join(self.chance.choice("0123456789") for _ in range(more))
        return begun + digits if self.chance.random() < 0.7 else digits + begun

    def _fitting_at(self, place: QuestionInLanguage) -> list[Input]:
        found = self._fitting.get(place)
        if found is None:
            groups = ways_at(self.release, self.walked.canon.classes, place)
            found = [way.input for group in groups for way in group if way.mover not in ("limit", "hang up")]
            found.append(Resume())
            self._fitting[place] = found
        return found
