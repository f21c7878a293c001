"""The eight forms of a promise: one that holds, one that is broken by the shortest call, one that is about nothing."""

from __future__ import annotations

import pytest
from tiny import files, moves, proof_of

from ivr.explore.promise_result import PromiseResult
from ivr.lint.findings import findings_of

MAIN = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: flow complaint}
    2: {label: {zh-CN: 人工, en-US: the desk}, next: desk}
    3: {label: {zh-CN: 时间, en-US: hours}, next: told}
    4: {label: {zh-CN: 更多, en-US: more}, next: more}
desk: {hours: agents, open: ring, closed: told}
ring: {transfer: agents, otherwise: told}
told: {say: {zh-CN: 八点。, en-US: At eight.}, next: goodbye}
more:
  branch:
    - {when: {caller.visits: {at_least: 3}}, next: ring}
    - {next: told}
"""
COMPLAINT = """\
flow: complaint
title: {zh-CN: 投诉, en-US: Complaint}
intake: complaint
steps:
  story:
    record: {zh-CN: 请讲。, en-US: Speak.}
    save: story
    no_input: {tries: 2, next: goodbye}
    no_match: {tries: 2, next: goodbye}
    next: keep
  keep: {case: complaint, with: [story], next: receipt}
  receipt: {say: {zh-CN: '{case.number}。', en-US: 'Number {case.number}.'}, next: goodbye}
"""
EVERYTHING = "unless: [hang up, a person, back, silence, mistakes]"


def result_of(promise: str, main: str = MAIN, complaint: str = COMPLAINT) -> PromiseResult:
    proof = proof_of(main, promises=f"- {{{promise}}}", complaint=complaint)
    assert proof.complete, proof.checked.unknown_turn
    return proof.results[-1]


@pytest.mark.parametrize(
    "promise",
    [
        "from: everywhere, press: 0, reaches: a person",
        "from: everywhere, within: 2 keys, reaches: a person",
        "from: start, within: 1 key, reaches: complaint",
        "choice: main.menu 1, leads to: complaint",
        f"after: complaint, always: case complaint, before: the end, {EVERYTHING}",
        "never: transfer agents, while: agents closed",
        "never: complaint.receipt, before: case complaint",
        "at most: 1 menu, before: an answer",
        "at most: 300 seconds, before: an answer",
        "when: {caller.visits: {at_least: 3}}, first: main.menu",
    ],
)
def test_a_promise_that_is_kept_holds_and_says_on_what_it_rests(promise: str) -> None:
    result = result_of(promise)

    assert result.holds, result.why
    assert result.evidence


@pytest.mark.parametrize(
    ("promise", "shortest"),
    [
        ("from: everywhere, within: 1 key, reaches: a person", []),
        ("from: start, press: 3, reaches: a person", ["时间"]),
        ("from: everywhere, press: star, reaches: a person", ["shortcut star"]),
        ("from: main.menu, press: 1, reaches: main.told", ["投诉"]),
        ("choice: main.menu 3, leads to: complaint", ["时间"]),
        ("after: complaint, always: case complaint, before: the end, unless: [a person, back, silence]", ["投诉"]),
        ("never: transfer agents, while: agents open", ["人工"]),
        ("never: main.told, before: case complaint", ["人工"]),
        ("at most: 0 menus, before: an answer", ["投诉"]),
        ("when: {caller.visits: {at_least: 3}}, first: a person", []),
    ],
)
def test_a_promise_that_is_broken_shows_the_shortest_call(promise: str, shortest: list[str]) -> None:
    result = result_of(promise)

    assert not result.holds
    assert result.why
    assert moves(result) == shortest


@pytest.mark.parametrize(
    ("promise", "what"),
    [
        ("from: agent.book, press: 0, reaches: a person", "agent.book"),
        ("choice: main.menu 7, leads to: complaint", "main.menu 7"),
        (f"after: case inquiry, always: case complaint, before: the end, {EVERYTHING}", "case inquiry"),
        ("never: transfer nobody, while: agents closed", "transfer nobody"),
        ("never: case feedback, before: case complaint", "case feedback"),
        ("at most: 4 menus, before: case feedback", "case feedback"),
    ],
)
def test_a_promise_about_what_never_happens_does_not_hold_for_that(promise: str, what: str) -> None:
    result = result_of(promise)

    assert not result.holds
    assert result.why == f"no call reaches {what}, so this cannot be tested. Lead a step there, or delete the promise."
    assert result.example is None


def test_a_promise_about_a_fact_nobody_asks_for_does_not_hold_for_that() -> None:
    result = result_of("when: {caller.open_cases: {at_least: 1}}, first: a person")

    assert result.why == "no step tests caller.open_cases, so this cannot be tested."


def test_a_case_skipped_on_one_branch_is_found_by_the_promise_alone() -> None:
    skipped = COMPLAINT.replace("next: keep\n", "next: receipt\n").replace("'{case.number}。'", "好。")

    result = result_of(f"after: complaint, always: case complaint, before: the end, {EVERYTHING}", complaint=skipped)

    assert not result.holds
    assert moves(result) == ["投诉", "a message"]


def test_a_transfer_that_asks_for_no_hours_breaks_while_closed() -> None:
    always = ("hours: agents, ring: 25s", "ring: 25s")
    promise = "- {never: transfer agents, while: agents closed}"

    proof = proof_of(MAIN, promises=promise, hotline=always, complaint=COMPLAINT)

    assert not proof.results[-1].holds


@pytest.mark.parametrize(
    ("promise", "sound"),
    [
        ("choice: agent.offer 1, leads to: agent.book", True),
        ("choice: agent.offer 2, leads to: goodbye", True),
        ("choice: agent.offer 1, leads to: complaint", False),
        ("choice: agent.offer 2, leads to: agent.book", False),
    ],
)
def test_yes_and_no_are_choices_by_their_keys(promise: str, sound: bool) -> None:
    result = result_of(promise)

    assert result.holds == sound
    assert about_promises(files(MAIN, promises=f"- {{{promise}}}", complaint=COMPLAINT)) == []
    assert sound or moves(result)[-1] == ("yes" if "offer 1" in promise else "no")


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("{choice: agent.offer 3, leads to: goodbye}", "no choice on key 3. Its keys are 1, 2."),
        ("{choice: main.rate 6, leads to: goodbye}", "no choice on key 6. Its keys are 1, 2, 3, 4, 5."),
        ("{choice: main.tongue star, leads to: goodbye}", "no choice on key star. Its keys are 1, 2."),
        ("{choice: main.say 1, leads to: goodbye}", "no choice on key 1."),
        ("{choice: complaint.story 2, leads to: complaint}", "no choice on key 2."),
    ],
)
def test_a_promise_on_a_key_that_chooses_nothing_is_a_finding(promise: str, said: str) -> None:
    tongue = (
        "tongue: {language: {zh-CN: 请。, en-US: Please.}, choices: {1: {is: zh-CN}, 2: {is: en-US}}, next: rate}\n"
    )
    more = "rate: {menu: {zh-CN: 几分？, en-US: How many?}, scale: 1-5, next: say}\n"
    more += "say: {say: {zh-CN: 好。, en-US: Right.}, next: menu}\n"

    found = about_promises(files(tongue + more + MAIN, promises=f"- {promise}", complaint=COMPLAINT))

    assert [each.partition(" has ")[2] for each in found] == [said]


def about_promises(written: dict[str, bytes]) -> list[str]:
    found = findings_of(written)
    return [f"{each.message} {each.hint}".strip() for each in found if each.code == "unknown-in-promise"]


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("{from: everywhere, reaches: a person}", "this promise needs press too"),
        ("{after: complaint, always: case complaint, before: the end}", "this promise needs unless too"),
        ("{from: everywhere, within: 2 menus, reaches: a person}", "within counts keys, such as within: 2 keys"),
        ("{choice: main, leads to: complaint}", "a choice is written FLOW.STEP KEY, such as main.menu 3"),
        ("{never: transfer agents, while: closed}", 'write while: HOURS closed, such as "agents closed"'),
        ("{never: the moon, before: the end}", '"the moon" is nothing a promise can speak of'),
        ("{never: goodbye, befor: the end}", 'there is no key "befor" here.'),
    ],
)
def test_a_promise_that_cannot_be_read_is_a_finding_with_its_place(promise: str, said: str) -> None:
    found = findings_of(files(MAIN, promises=f"- {promise}\n- {promise}", complaint=COMPLAINT))

    about = [finding for finding in found if said in finding.message]
    assert len(about) == 2
    assert about[0].line + 1 == about[1].line
    assert {finding.file for finding in about} == {"hotline.yaml"}
