"""A name is a fact, a value of the whole call or a value of the run, because it is declared so; a dot says nothing."""

from __future__ import annotations

from datetime import UTC, datetime

from few_steps import flows

from ivr.analysis.known import A_CASE, Known
from ivr.analysis.liveness import Uses
from ivr.analysis.transitions import Transitions
from ivr.analysis.value_classes import Classes
from ivr.call.events import CaseNoted
from ivr.call.inputs import Digits, Given, Start
from ivr.call.state import Frame, State
from ivr.call.verbs import Speak
from ivr.engine.turn import begin, take_turn
from ivr.explore.canon import Canon
from ivr.flow.model import StepKey

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LOOKED_UP = {
    "main": """\
    look: {set: {found.state: open, call.recording: "no"}, next: other}
    other: {run: other, next: which}
    which: {branch: [{when: {found.state: open}, next: told}, {next: goodbye}]}
    told: {say: {zh-CN: "{found.state}。", en-US: "It is {found.state}."}, next: ask}
    ask: {yes_no: WORDS, next: which}
    """,
    "other": """\
    ask: {yes_no: WORDS, next: same}
    same: {branch: [{when: {found.state: closed}, next: goodbye}, {next: return}]}
    """,
}
RELEASE = flows(**LOOKED_UP)
WHICH, INNER = StepKey("main", "which"), StepKey("other", "same")


def after(*keys: str) -> tuple[State, list[object]]:
    """The state after a call of these keys, and what was said in its last turn."""
    state, said = begin(RELEASE, "main"), list[object]()
    for number, came in enumerate([Start(), *map(Digits, keys)], 1):
        turn = take_turn(RELEASE, state, Given(input=came, turn=number), NOW)
        state, said = turn.state, [verb for verb in turn.verbs if isinstance(verb, Speak)]
    return state, said


def test_the_release_says_what_a_name_stands_for() -> None:
    release = flows(("shortcuts:", "call: {vip: {type: yes_no}}\nshortcuts:"), **LOOKED_UP)

    assert [release.is_of_call(name) for name in ("call.vip", "call.recording", "call.other", "found.state")] == [
        True, True, False, False,
    ]  # fmt: skip
    facts = ("call.language", "caller.phone", "case.due", "hours.agents", "hours.agents.opens", "hours.nobody")
    assert [name in release.facts for name in facts] == [True] * 5 + [False]
    assert [release.is_of_run(name) for name in ("phone", "found.state", "call.vip", "caller.phone")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_the_engine_keeps_a_dotted_value_with_the_run_that_saved_it() -> None:
    inside, _ = after()
    back, said = after("1")

    assert [dict(frame.values) for frame in inside.stack] == [{"found.state": "open"}, {}]
    assert inside.call["call.recording"] == "no"
    assert [dict(frame.values) for frame in back.stack] == [{"found.state": "open"}]
    assert said[0].values == {"found.state": "open"}  # type: ignore[attr-defined]


def test_an_intake_notes_a_dotted_value_on_its_case() -> None:
    intake = "flow: main\ntitle: WORDS\nintake: complaint\nsteps:\n  look: {set: {found.state: open}, next: ask}\n"
    release = flows(main=intake + "  ask: {yes_no: WORDS, next: goodbye}\n")

    turn = take_turn(release, begin(release, "main"), Given(input=Start()), NOW)

    assert CaseNoted("complaint", {"found.state": "open"}) in turn.events


def test_a_dotted_value_is_surely_known_in_its_run_and_nowhere_else() -> None:
    known = Known(Transitions(RELEASE))

    assert {"found.state", "call.recording"} <= known.before[WHICH]
    assert known.before[INNER] == {"call.recording"}


def test_a_case_is_known_outside_the_run_that_opened_it() -> None:
    release = flows(
        main="keep: {case: complaint, next: other}\nother: {run: other, next: goodbye}",
        other="a: {say: WORDS, next: return}",
    )

    assert A_CASE in Known(Transitions(release)).before[StepKey("other", "a")]


def test_a_dotted_value_is_live_in_its_run_and_nowhere_else() -> None:
    uses = Uses(RELEASE)

    assert uses.decides(StepKey("main", "other"), below=True) == {"found.state"}
    assert "found.state" in uses.said(StepKey("main", "ask"), below=False)
    assert uses.decides(INNER, below=False) == {"found.state"}  # its own, which nothing saves
    assert not {"found.state"} & (uses.call_decides | uses.call_said)


def test_the_classes_of_a_dotted_value_are_those_of_its_own_flow() -> None:
    classes = Classes(RELEASE)

    assert set(classes.later("main", "found.state").samples) == {"open"}
    assert set(classes.later("other", "found.state").samples) == {"closed"}


def test_canon_keeps_a_dotted_value_where_it_is_read() -> None:
    canon = Canon(RELEASE, Classes(RELEASE))
    inside, _ = after()
    unlike = Frame("main", "other", {"found.state": "closed"})

    kept = canon(inside)

    assert [dict(frame.values) for frame in kept.stack] == [{"found.state": "open"}, {}]
    assert canon(State(stack=(unlike, inside.stack[1]), language="zh-CN", phase="asked")).stack != kept.stack
