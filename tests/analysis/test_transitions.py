"""What a target means to the analyses is what the engine does with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from few_steps import flows

from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transition, Transitions
from ivr.call.events import Ended, Event, ExitTaken, LimitMet
from ivr.call.inputs import Digits, Given, Input, NoInput, Recording, Start, Transferred
from ivr.call.state import State
from ivr.engine.turn import begin, take_turn
from ivr.flow.compile import compile_release
from ivr.flow.model import Release, StepKey
from ivr.flow.parse import parse

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
EVERY_TARGET = {
    "main": """\
    first:
      menu: WORDS
      choices:
        1: {label: {zh-CN: 一, en-US: one}, next: through}
        2: {label: {zh-CN: 二, en-US: two}, next: flow other}
        3: {label: {zh-CN: 三, en-US: three}, next: repeat}
        4: {label: {zh-CN: 四, en-US: four}, next: back}
        5: {label: {zh-CN: 五, en-US: five}, next: return}
        6: {label: {zh-CN: 六, en-US: six}, next: deep}
      no_input: {tries: 2, next: flow other}
    through: {run: other, outcomes: {word: deep, away: flow other}, next: first}
    deep: {run: deep, next: flow main}
    """,
    "other": """\
    which:
      menu: WORDS
      choices:
        1: {label: {zh-CN: 一, en-US: one}, next: return}
        2: {label: {zh-CN: 二, en-US: two}, next: return word}
        3: {label: {zh-CN: 三, en-US: three}, next: return away}
        4: {label: {zh-CN: 四, en-US: four}, next: return unnamed}
        5: {label: {zh-CN: 五, en-US: five}, next: flow deep}
        6: {label: {zh-CN: 六, en-US: six}, next: back}
      no_input: {tries: 2, next: return}
    """,
    "deep": """\
    said: {say: WORDS, next: inner}
    inner: {run: other, next: ask}
    ask: {yes_no: WORDS, yes: return, no: flow main, no_input: {tries: 1, next: goodbye}}
    """,
}


def shipped(folder: str) -> Release:
    return compile_release(parse({path.name: path.read_bytes() for path in (ROOT / folder).glob("*.yaml")}))


class Anything:
    """Facts that are told at random."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def get(self, name: str, /) -> str | None:
        told = ("open", "closed", "holiday") if name.startswith("hours.") else ("yes", "no", "+8613800138000", None)
        return self.chance.choice(told)


class Shadow:
    """The stack of runs, told by the transitions alone, beside the engine's."""

    def __init__(self, release: Release) -> None:
        self.transitions = Transitions(release)
        self.stack: list[StepKey] = []
        self.lost = False
        self.checked: set[tuple[str, str]] = set()

    def begin(self, flow: str) -> None:
        self.stack = [StepKey(flow, self.transitions.release.flows[flow].first)]
        self.arrive()

    def arrive(self) -> None:
        """A `run` enters its flow without leaving its step."""
        while (run := self.transitions.entering(self.stack[-1])) is not None and run.to is not None:
            self.stack.append(run.to)

    def take(self, event: ExitTaken) -> None:
        key = self.stack[-1]
        assert key == (event.flow, event.step)
        taken = [*self.transitions.exits(key), *self.transitions.shortcuts(key)]
        self.go(next(each for each in taken if each.exit == event.exit))

    def go(self, transition: Transition) -> None:
        self.checked.add((transition.leads, "above another" if len(self.stack) > 1 else "alone"))
        match transition.leads:
            case "end":
                self.stack = []
            case "step":
                assert transition.to is not None
                self.stack[-1] = transition.to
                self.arrive()
            case "flow":
                assert transition.to is not None
                depths = [n for n, key in enumerate(self.stack) if key.flow == transition.to.flow]
                self.stack = [*self.stack[: depths[0] if depths else None], transition.to]
                self.arrive()
            case "return":
                self.come_back(transition.word)
            case "back":
                self.lost = True  # where to is for the engine to say

    def come_back(self, word: str) -> None:
        returning = self.stack.pop()
        if self.stack:
            after = self.transitions.returned(self.stack[-1], word)
            assert self.stack[-1] in self.transitions.below(returning.flow) or not after.exit
            self.expected = after.exit
            if not after.exit:
                self.go(after)  # it is asked again

    def follow(self, events: Sequence[Event], state: State) -> None:
        """Go along with a turn, and stand where the engine does at its end."""
        self.expected = ""
        for event in events:
            if isinstance(event, LimitMet):
                self.lost = True
            elif isinstance(event, ExitTaken) and not self.lost:
                assert self.expected in ("", event.exit)
                self.expected = ""
                self.take(event)
        stands = [StepKey(frame.flow, frame.step) for frame in state.stack]
        hung_up = any(isinstance(event, Ended) for event in events)
        assert self.lost or self.stack == stands or (hung_up and not stands)
        self.stack, self.lost = stands, False


@pytest.mark.parametrize("folder", ["flows", "docs/small"])
def test_transitions_lead_where_the_engine_goes(folder: str) -> None:
    release = shipped(folder)

    checked = set().union(*(follow_a_call(release, Random(seed)) for seed in range(150)))

    assert {("step", "alone"), ("end", "above another"), ("flow", "alone"), ("repeat", "alone")} <= checked


def test_every_kind_of_target_leads_where_the_engine_goes() -> None:
    release = flows(**EVERY_TARGET)

    checked = set().union(*(follow_a_call(release, Random(seed)) for seed in range(300)))

    everywhere = {
        (leads, where) for leads in ("step", "flow", "return", "back") for where in ("alone", "above another")
    }
    assert everywhere | {("repeat", "alone"), ("end", "above another")} <= checked


def follow_a_call(release: Release, chance: Random) -> set[tuple[str, str]]:
    """A random call with its shadow; the transitions that were seen."""
    shadow, state = Shadow(release), begin(release, release.default)
    shadow.begin(release.default)
    came: Input = Start()
    for number in range(1, 60):
        turn = take_turn(release, state, Given(input=came, turn=number, facts=Anything(chance)), NOW)
        shadow.follow(turn.events, turn.state)
        state = turn.state
        if not state.stack:
            break
        came = some_input(chance)
    return shadow.checked


def some_input(chance: Random) -> Input:
    if chance.random() < 0.6:
        return Digits(chance.choice("0123456789*#"))
    return chance.choice(
        [
            NoInput(),
            Digits("13800138000"),
            Recording("RE1", 5, "#"),
            Recording("RE1", 0, "9"),
            Transferred(chance.choice(["answered", "busy", "no_answer", "failed"])),
        ]
    )


def test_a_run_takes_the_return_of_any_flow_for_that_of_its_own() -> None:
    transitions = Transitions(flows(**EVERY_TARGET))
    through = StepKey("main", "through")

    assert transitions.returned(through, "word") == Transition("word", "step", StepKey("main", "deep"))
    assert transitions.returned(through, "unnamed").exit == "next"
    assert transitions.returned(StepKey("main", "first"), "word").to == StepKey("main", "first")
    assert {"through", "first"} <= {key.step for key in transitions.below("other")}


def test_a_misspelt_target_is_read_as_the_one_most_likely_meant() -> None:
    release = flows(
        main="""\
        first: {yes_no: WORDS, yes: secnd, no: goodby}
        second: {yes_no: WORDS, yes: flow agnt, no: feedback}
        """
    )

    exits = [each for name in ("first", "second") for each in Transitions(release).exits(StepKey("main", name))]

    meant = {each.exit: (each.leads, each.to) for each in exits[:2]}
    assert meant == {"yes": ("step", StepKey("main", "second")), "no": ("end", None)}
    rest = {each.exit: (each.leads, each.to and each.to.flow) for each in exits[4:6]}
    assert rest == {"yes": ("flow", "agent"), "no": ("unknown", None)}
    assert all(each.guessed for each in (*exits[:2], *exits[4:6]))


def test_what_is_behind_a_run_is_reached_by_the_words_its_flow_returns() -> None:
    release = flows(
        main="""\
        through: {run: other, outcomes: {word: one, never: two}, next: three}
        one: {say: WORDS, next: goodbye}
        two: {say: WORDS, next: goodbye}
        three: {say: WORDS, next: goodbye}
        """,
        other="ask: {yes_no: WORDS, yes: return word, no: inner}\ninner: {run: last, next: return}",
        last="ends: {say: WORDS, next: goodbye}",
    )

    reach = Reach(Transitions(release))

    assert reach.steps["main"] == {"through", "one"}
    assert (reach.returns("other"), reach.returns("last")) == ({"word"}, set())
