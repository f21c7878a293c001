"""Flows that would go on for ever: lint refuses them, and where one runs all the same, the call ends by its limits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from small import small_files, small_release

from ivr.call.events import Ended, LimitMet
from ivr.call.inputs import Digits, Given, NoInput, Start
from ivr.call.state import encode_state
from ivr.call.verbs import Ask, Hangup
from ivr.engine.turn import begin, take_turn
from ivr.lint.findings import findings_of

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LIMITS = "limits: {steps_in_a_turn: 50, turns: 200, call: 30m, next: goodbye}\n"
SAY = "{{say: {{zh-CN: 好。, en-US: Well.}}, next: {to}}}\n"
NEST = 60
BOMBS: dict[str, tuple[str, dict[str, str]]] = {
    "a step that leads to itself": ("it: " + SAY.format(to="it"), {}),
    "two steps that lead to each other": ("it: " + SAY.format(to="on") + "on: " + SAY.format(to="it"), {}),
    "a set that leads to itself": ("it: {set: {x: {call.language}}, next: it}\n", {}),
    "a branch that leads to itself": ("it: {branch: [{next: it}]}\n", {}),
    "a flow that runs itself": ("it: {run: main, next: it}\n", {}),
    "a flow that enters itself": ("it: " + SAY.format(to="flow main"), {}),
    "two flows that run each other": (
        "it: {run: other, next: it}\n",
        {"other": "flow: other\ntitle: {zh-CN: 二, en-US: Two}\nsteps:\n  again: {run: main, next: again}\n"},
    ),
    "flows sixty deep, each running the next": (
        "it: {run: deep1, next: it}\n",
        {
            f"deep{n}": f"flow: deep{n}\ntitle: {{zh-CN: 深, en-US: Deep}}\nsteps:\n"
            f"  on: {{run: {'main' if n == NEST else f'deep{n + 1}'}, next: on}}\n"
            for n in range(1, NEST + 1)
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "flows"), BOMBS.values(), ids=BOMBS)
def test_a_flow_that_goes_round_without_asking_is_refused_by_lint(steps: str, flows: dict[str, str]) -> None:
    found = findings_of(small_files(steps, keys=LIMITS, **flows))

    assert any(finding.severity == "error" for finding in found)


@pytest.mark.parametrize(("steps", "flows"), BOMBS.values(), ids=BOMBS)
def test_a_flow_that_goes_round_without_asking_ends_within_its_limits(steps: str, flows: dict[str, str]) -> None:
    release = small_release(steps, keys=LIMITS, **flows)

    turn = take_turn(release, begin(release, "main"), Given(Start(), 1), NOW)

    assert isinstance(turn.verbs[-1], Hangup)
    assert any(isinstance(event, LimitMet) for event in turn.events)
    assert any(isinstance(event, Ended) for event in turn.events)
    assert len(turn.verbs) <= 2 * 50 + 2
    assert len(encode_state(turn.state)) < 10_000


ASKS = "it: {yes_no: {zh-CN: 好吗？, en-US: Well?}, yes: it, no: it, no_input: {tries: 9, next: it}}\n"


@pytest.mark.parametrize("keys", ["1", "2", ""])
def test_a_caller_who_is_asked_for_ever_is_let_go_after_the_turns_of_a_call(keys: str) -> None:
    release = small_release(ASKS, keys=LIMITS)
    state, turns = begin(release, "main"), 0

    while state.stack and turns < 1000:
        turns += 1
        came = Start() if turns == 1 else Digits(keys) if keys else NoInput()
        turn = take_turn(release, state, Given(came, turns), NOW)
        assert isinstance(turn.verbs[-1], Ask | Hangup)
        state = turn.state

    assert turns <= 401, "led on at 200 turns, ended at twice as many"


def test_a_file_of_a_million_steps_is_refused_before_it_is_read() -> None:
    found = findings_of(
        {**small_files(), "main.yaml": b"flow: main\nsteps:\n" + b"  a: {say: b, next: a}\n" * 1_000_000}
    )

    assert [finding.code for finding in found][:1] == ["too-large"]
