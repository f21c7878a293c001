"""What promises can speak of beside steps and cases: arms of a branch, words with a value, what comes after what."""

from __future__ import annotations

import pytest
from test_promises import COMPLAINT, MAIN, about_promises, result_of
from tiny import files, moves

from ivr.lint.findings import findings_of

COPIED = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 投诉, en-US: a complaint}, next: complain}
    2: {label: {zh-CN: 时间, en-US: hours}, next: told}
complain: {run: complaint, next: keep}
keep: {set: {number: {case.complaint.number}}, next: read}
read: {say: {zh-CN: '{number}。', en-US: 'It is {number}.'}, next: goodbye}
told: {say: {zh-CN: 八点。, en-US: At eight.}, next: goodbye}
"""
RETURNS = COMPLAINT.replace("}, next: goodbye}", "}, next: return}")


@pytest.mark.parametrize(
    "promise",
    [
        "never: says case.number, before: case complaint",
        "never: says case.*, before: complaint.story",
        "never: main.told, after: complaint.receipt",
        "never: main.ring, before: main.menu 2",
        "choice: main.menu 4, leads to: main.more arm 2",
    ],
)
def test_a_promise_of_arms_words_and_what_is_never_after_can_hold(promise: str) -> None:
    visits = MAIN.replace("caller.visits: {at_least: 3}", "caller.visits: {at_least: 99}")

    result = result_of(promise, main=visits if "arm" not in promise else NEVER_FIRST)

    assert result.holds == ("main.ring" not in promise), result.why
    assert result.evidence or not result.holds


NEVER_FIRST = MAIN.replace("caller.visits: {at_least: 3}", "call.language: {not: zh-CN}")


@pytest.mark.parametrize(
    ("promise", "shortest"),
    [
        ("never: says case.number, before: main.told", ["投诉", "a message"]),
        ("never: complaint.keep, after: complaint.story", ["投诉", "a message"]),
        ("never: transfer agents, before: main.desk", ["更多"]),
        ("never: main.ring, before: main.more arm 2", ["人工"]),
        ("never: main.more arm 1, before: complaint", ["更多"]),
    ],
)
def test_such_a_promise_is_broken_by_the_shortest_call(promise: str, shortest: list[str]) -> None:
    result = result_of(promise)

    assert not result.holds
    assert moves(result) == shortest


def test_what_is_said_before_a_step_in_the_same_turn_comes_before_it() -> None:
    says = COMPLAINT.replace("}, next: goodbye}", "}, next: after}") + "  after: {set: {x: y}, next: goodbye}\n"

    assert result_of("never: says case.number, before: complaint.after", complaint=says).holds is False
    assert result_of("never: complaint.after, before: says case.number", complaint=says).holds


def test_a_copy_of_a_value_says_what_the_value_says() -> None:
    result = result_of("never: says case.complaint.number, before: main.told", main=COPIED, complaint=RETURNS)

    assert moves(result) == ["投诉", "a message"]


@pytest.mark.parametrize(
    ("promise", "why"),
    [
        ("never: says caller.visits, before: main.told", "no call reaches says caller.visits"),
        ("never: main.told, after: case feedback", "no call reaches case feedback"),
        ("never: follow_up accepted, before: main.menu", "no call reaches follow_up accepted"),
    ],
)
def test_what_never_happens_cannot_be_promised_about(promise: str, why: str) -> None:
    assert result_of(promise).why.startswith(why)


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("{never: follow_up acepted, before: main}", 'is no result of a call to a customer. Did you mean "accepted"?'),
        ("{never: follow_up 7, before: main}", "write one of accepted, not_accepted, unclear, wrong_person, later,"),
        (
            "{never: says 5, before: main}",
            '"says 5" names no value: write says and a value, such as "says case.number"',
        ),
        ("{never: main.more arm 0, before: main}", 'write "main.more arm 1" for the first'),
        ("{never: main.more arm two, before: main}", 'write "main.more arm 1" for the first'),
        ("{never: main, aftr: main}", 'there is no key "aftr" here.'),
    ],
)
def test_a_happening_that_cannot_be_read_is_a_finding_on_its_line(promise: str, said: str) -> None:
    found = findings_of(files(MAIN, promises=f"- {promise}\n- {promise}", complaint=COMPLAINT))

    about = [finding for finding in found if said in finding.message]
    assert len(about) == 2, [each.message for each in found]
    assert about[0].line + 1 == about[1].line


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("{never: main.more arm 3, before: main}", '"more" has 2 arms, and no arm 3.'),
        ("{never: main.told arm 1, before: main}", '"told" has no arms: it is no branch.'),
        ("{never: main.mor arm 1, before: main}", 'flow "main" has no step "mor".'),
        ("{never: mian.more arm 1, before: main}", 'there is no flow "mian".'),
    ],
)
def test_an_arm_that_is_not_there_is_a_finding(promise: str, said: str) -> None:
    found = about_promises(files(MAIN, promises=f"- {promise}", complaint=COMPLAINT))

    assert [each for each in found if said in each], found


def test_a_step_that_ends_the_call_is_reached_too() -> None:
    ends = MAIN.replace("told: {say: {zh-CN: 八点。, en-US: At eight.}, next: goodbye}",
                        "told: {hangup: {zh-CN: 八点。, en-US: At eight.}}")  # fmt: skip

    assert result_of("never: complaint.receipt, before: main.told", main=ends).holds is False
    assert moves(result_of("never: main.told, before: main.desk", main=ends)) == ["时间"]
