"""A built-in promise that cannot hold on a line is waived by its name, with a reason that everybody can read."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest
from tiny import SINCE, broken, compiled_tiny

from ivr.explore.prove import Proof, prove
from ivr.explore.waivers import REACHED
from ivr.flow.promises import BuiltIn

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
    return prove(replace(release, waive=dict.fromkeys(waived, WHY)), since=SINCE, calls=100)


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

    names = {verdict.name for verdict in broken(without)} | ({REACHED} if without.unreached else set())
    assert promise in names
    assert {verdict.name for verdict in broken(proof)} == names - {promise, REACHED}
    (waiver,) = proof.waived
    assert (waiver.promise, waiver.reason) == (promise, WHY)
    assert waiver.broken
    assert f"waived  {promise}: {WHY}" in str(waiver)


def test_a_survey_that_waives_a_person_is_proved() -> None:
    assert not survey(SURVEY).holds
    assert survey(SURVEY, "a person").holds


def test_a_waiver_excuses_no_other_promise() -> None:
    proof = survey(ENDLESS, "a person")

    assert [verdict.name for verdict in broken(proof)] == ["never endless"]
    assert not proof.holds


def test_a_waiver_of_a_promise_that_holds_is_told() -> None:
    proof = survey(SURVEY, "a person", "intake kept", REACHED)

    assert [waiver.promise for waiver in proof.waived if not waiver.broken] == ["intake kept", REACHED]
    assert str(proof.waived[1]) == (
        f"  WARNING intake kept is waived ({WHY}), but holds: take it out of waive in hotline.yaml."
    )
    assert proof.holds


def test_every_built_in_promise_is_known_by_the_name_proof_gives_it() -> None:
    names = [verdict.name for verdict in survey(SURVEY).verdicts]

    assert [*names, REACHED] == list(get_args(BuiltIn))
