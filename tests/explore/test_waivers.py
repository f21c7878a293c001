"""A built-in promise that cannot hold on a line is waived by its name, with a reason that everybody can read."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from placed import ABOUT_A_CASE, placed_proof
from tiny import SINCE, broken, compiled_tiny

from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.flow.promises import REACHED, BuiltIn

SURVEY = """\
rating:
  menu: {zh-CN: 请打分。, en-US: How is our service?}
  scale: 1-5
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 2, next: goodbye}
  next: thanks
thanks: {hangup: {zh-CN: 谢谢。, en-US: Thank you.}}
"""
NO_AGENT = "flow: agent\ntitle: {zh-CN: 完, en-US: End}\nsteps:\n  bye: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}\n"
LOST = "lost: {say: {zh-CN: 无。, en-US: None.}, next: goodbye}\n"
SILENT = (
    SURVEY.replace("How is our service?", '"..."')
    .replace("请打分。", '"…"')
    .replace("  scale", "  speech: no\n  scale")
)
ENDLESS = SURVEY.replace("no_input: {tries: 2, next: goodbye}", "no_input: {tries: 2, next: rating}")
LONG = "".join(
    f"q{n}: {{yes_no: {{zh-CN: 好吗？, en-US: 'Well?'}}, next: {f'q{n + 1}' if n < 12 else 'rating'}}}\n"
    for n in range(1, 13)
)
TEN_TURNS = ("turns: 200", "turns: 10")
WHY = "a survey has no agents"


def survey(steps: str, *waived: str, hotline: tuple[str, str] = ("", "")) -> Proof:
    release = compiled_tiny(steps, agent=NO_AGENT, hotline=hotline)
    return prove(replace(release, waive=dict.fromkeys(waived, WHY)), Scope(since=SINCE), calls=100)


@pytest.mark.parametrize(
    ("steps", "promise", "hotline"),
    [
        (SURVEY, "a person", ("", "")),
        (SURVEY + LOST, REACHED, ("", "")),
        (SILENT, "never silent", ("", "")),
        (ENDLESS, "never endless", ("", "")),
        (LONG + SURVEY, "ordinary callers", TEN_TURNS),
    ],
)
def test_what_cannot_hold_is_waived_with_its_reason(steps: str, promise: str, hotline: tuple[str, str]) -> None:
    without, proof = survey(steps, hotline=hotline), survey(steps, promise, hotline=hotline)

    names = {result.name for result in broken(without)} | ({REACHED} if without.unreached else set())
    assert promise in names
    assert {result.name for result in broken(proof)} == names - {promise, REACHED}
    (waiver,) = proof.waived
    assert (waiver.promise, waiver.reason) == (promise, WHY)
    assert waiver.broken
    assert f"waived  {promise}: {WHY}" in str(waiver)


def test_a_survey_that_waives_a_person_is_proved() -> None:
    assert not survey(SURVEY).holds
    assert survey(SURVEY, "a person").holds


def test_a_waiver_excuses_no_other_promise() -> None:
    proof = survey(ENDLESS, "a person")

    assert [result.name for result in broken(proof)] == ["never endless"]
    assert not proof.holds


def test_a_waiver_of_a_promise_that_holds_is_told() -> None:
    proof = survey(SURVEY, "a person", "intake kept", REACHED)

    assert [waiver.promise for waiver in proof.waived if not waiver.broken] == ["intake kept", REACHED]
    assert str(proof.waived[1]) == (
        f"  WARNING intake kept is waived ({WHY}), but holds: take it out of waive in hotline.yaml."
    )
    assert proof.holds


def test_every_built_in_promise_is_known_by_the_name_proof_gives_it() -> None:
    names = [result.name for result in survey(SURVEY).results]
    ours = [result.name for result in placed_proof(ABOUT_A_CASE).results]

    assert names == ours[: len(names)]
    assert [*ours, REACHED] == list(get_args(BuiltIn))


MAIN = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 时间, en-US: hours}, next: told}
told: {say: {zh-CN: 八点。, en-US: At eight.}, next: menu}
"""
RATING = "flow: rating\ntitle: {zh-CN: 调查, en-US: Survey}\nsteps:\n" + "".join(
    f"  {line}\n" for line in SURVEY.replace("  scale", "  shortcuts: no\n  scale").splitlines()
)
TWO_LINES = ("default: main", 'default: main\nnumbers: {"+862155500001": rating}')


def two_lines(steps: str, /, **waived: str) -> Proof:
    """A line with agents, and a survey on which key 0 leads nowhere."""
    agent = "flow: agent\ntitle: {zh-CN: 人工, en-US: A person}\nsteps:\n" + (
        "  call: {branch: [{when: {call.survey: yes}, next: bye}, {next: desk}]}\n"
        "  desk: {transfer: agents, otherwise: book}\n"
        "  book: {case: callback, next: goodbye}\n"
        "  bye: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}\n"
    )
    rating = RATING.replace("steps:\n", "steps:\n  mark: {set: {call.survey: yes}, next: rating}\n")
    numbers = TWO_LINES[1] + "\ncall: {survey: {type: yes_no, starts: no}}"
    release = compiled_tiny(steps, agent=agent, rating=rating, hotline=(TWO_LINES[0], numbers))
    return prove(replace(release, waive={"a person": waived}), Scope(since=SINCE), calls=100)


def test_a_promise_waived_for_one_line_is_proved_for_the_others() -> None:
    assert [result.name for result in broken(two_lines(MAIN))] == ["a person"]

    proof = two_lines(MAIN, **{"rating": WHY})

    assert proof.holds
    assert [str(waiver)[:58] for waiver in proof.waived] == [f"  waived  a person in rating: {WHY} (else: "[:58]]
    (person,) = [result for result in proof.results if result.name == "a person"]
    assert "question" in person.evidence


def test_a_promise_waived_for_one_line_still_breaks_on_another() -> None:
    stranded = MAIN.replace("next: told}", "next: trap}") + ("trap: {set: {call.survey: yes}, next: menu}\n")

    proof = two_lines(stranded, **{"rating": WHY})

    assert [result.name for result in broken(proof)] == ["a person"]
    assert not proof.holds
    assert [waiver.flow for waiver in proof.waived if waiver.broken] == ["rating"]


def test_a_waiver_for_a_line_on_which_the_promise_holds_is_told() -> None:
    proof = two_lines(MAIN, **{"rating": WHY, "main": "for nothing"})

    assert [(waiver.flow, bool(waiver.broken)) for waiver in proof.waived] == [("main", False), ("rating", True)]
    assert proof.holds


def test_where_every_line_waives_it_nothing_is_left_to_prove() -> None:
    stranded = MAIN.replace("next: told}", "next: trap}") + "trap: {set: {call.survey: yes}, next: menu}\n"

    proof = two_lines(stranded, **{"rating": WHY, "main": "nobody works here"})

    assert "a person" not in {result.name for result in proof.results}
    assert len(proof.waived) == 2
