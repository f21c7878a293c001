"""Hotlines that once made a proof say too much or too little: each kept as a regression."""

from __future__ import annotations

import pytest
from tiny import broken, moves, proof_of

from ivr.explore.promise_result import PromiseResult

CALL = ("cases:\n", 'call:\n  x: {type: text, starts: "no"}\ncases:\n')
NO_PERSON = """\
flow: agent
title: {zh-CN: 人工, en-US: A person}
steps:
  bye: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}
"""


def last(main: str, promise: str, **more: object) -> PromiseResult:
    proof = proof_of(main, promises=f"- {{{promise}}}", **more)  # type: ignore[arg-type]
    assert proof.complete, proof.checked.unknown_turn
    return proof.results[-1]


def test_a_whole_call_value_that_was_copied_is_told_apart_by_its_class() -> None:
    steps = """\
    q:
      menu: {zh-CN: 请选择。, en-US: Choose.}
      save: v
      choices:
        1: {is: card, label: {zh-CN: 卡, en-US: cards}}
        2: {is: loan, label: {zh-CN: 贷款, en-US: loans}}
      next: keep
    keep: {set: {call.x: {v}}, next: q2}
    q2: {yes_no: {zh-CN: 继续？, en-US: Go on?}, yes: look, no: goodbye}
    look:
      branch:
        - {when: {call.x: card}, next: fine}
        - {next: t}
    fine: {say: {zh-CN: 好。, en-US: Fine.}, next: goodbye}
    t: {say: {zh-CN: 不。, en-US: Not so.}, next: goodbye}
    """

    result = last(steps, "never: main.t, before: case complaint", hotline=CALL)

    assert moves(result) == ["loan", "yes"]


SAME_TURN = """\
q: {yes_no: {zh-CN: 好？, en-US: Well?}, yes: a, no: c2}
a: {say: {zh-CN: 一。, en-US: One.}, next: c}
c: {say: {zh-CN: 三。, en-US: Three.}, next: b}
b: {say: {zh-CN: 二。, en-US: Two.}, next: q2}
c2: {say: {zh-CN: 三。, en-US: Three.}, next: b2}
b2: {say: {zh-CN: 二。, en-US: Two.}, next: q2}
q2: {yes_no: {zh-CN: 完？, en-US: Done?}, next: goodbye}
"""


@pytest.mark.parametrize(
    ("promise", "holds"),
    [
        ("never: main.a, before: main.c", False),
        ("never: main.c, before: main.a", True),
        ("never: main.b, before: main.c", True),
        ("after: main.a, always: main.b, before: main.c, unless: []", False),
        ("after: main.a, always: main.c, before: main.b, unless: []", True),
        ("after: main.b2, always: case callback, before: main.c2, unless: [back]", True),
    ],
)
def test_what_comes_first_in_one_turn_matters(promise: str, holds: bool) -> None:
    assert last(SAME_TURN, promise).holds is holds


@pytest.mark.parametrize(
    ("asked", "when"),
    [
        ("type: phone", '{starts_with: "+8613"}'),
        ("type: date", '{starts_with: "195"}'),
        ("type: money\n  length: 8", "{at_least: 20000000}"),
        ("type: number\n  length: 6", "{at_most: 49}"),
        ("type: digits\n  length: 4", '{starts_with: "62"}'),
        ("type: text\n  length: 8-20", "{starts_with: not}"),
        ("type: number", "{at_least: 2.5}"),
    ],
)
def test_an_entry_of_each_class_that_a_condition_tells_apart_is_tried(asked: str, when: str) -> None:
    steps = f"""\
q:
  collect: {{zh-CN: 请输入。, en-US: Enter.}}
  {asked}
  save: v
  no_input: goodbye
  no_match: goodbye
  next: look
look:
  branch:
    - {{when: {{v: {when}}}, next: t}}
    - {{next: fine}}
fine: {{say: {{zh-CN: 好。, en-US: Fine.}}, next: goodbye}}
t: {{say: {{zh-CN: 不。, en-US: Not so.}}, next: goodbye}}
"""

    proof = proof_of(steps, promises="- {never: main.t, before: case complaint}")

    assert proof.complete, proof.checked.unknown_turn
    assert proof.unreached == []
    assert not proof.results[-1].holds


def test_a_ring_that_no_caller_closes_because_it_sets_a_value_is_none() -> None:
    steps = """\
    q:
      record: {zh-CN: 请讲。, en-US: Speak.}
      no_input: look
      no_match: goodbye
      next: goodbye
    look:
      branch:
        - {when: {call.x: "yes"}, next: goodbye}
        - {next: mark}
    mark: {set: {call.x: "yes"}, next: q}
    """

    assert [result.name for result in broken(proof_of(steps, hotline=CALL))] == []


def test_a_ring_entered_at_its_far_side_is_not_cut_short() -> None:
    steps = """\
    look:
      branch:
        - {when: {caller.phone: {known: yes}}, next: a}
        - {next: b}
    a:
      menu: {zh-CN: 甲, en-US: A}
      choices:
        1: {label: {zh-CN: 卡, en-US: cards}, next: x}
        2: {label: {zh-CN: 贷, en-US: loans}, next: b}
    b:
      menu: {zh-CN: 乙, en-US: B}
      choices:
        1: {label: {zh-CN: 卡, en-US: cards}, next: a}
    x:
      menu: {zh-CN: 丙, en-US: X}
      choices:
        1: {label: {zh-CN: 卡, en-US: cards}, next: told}
    told: {say: {zh-CN: 好。, en-US: Fine.}, next: goodbye}
    """

    result = last(steps, "at most: 2 menus, before: an answer")

    assert not result.holds
    assert "3 menus" in result.why


def test_the_key_that_leads_to_the_answer_counts() -> None:
    steps = """\
    q: {yes_no: {zh-CN: 好？, en-US: Well?}, next: told}
    told: {say: {zh-CN: 好。, en-US: Fine.}, next: goodbye}
    """

    assert not last(steps, "at most: 0 keys, before: an answer").holds
    assert last(steps, "at most: 1 key, before: an answer").holds


def test_words_of_nothing_but_punctuation_are_silence() -> None:
    steps = """\
    q: {yes_no: {zh-CN: 好？, en-US: Well?}, next: told}
    told: {say: {zh-CN: ……, en-US: '...'}, next: goodbye}
    """

    assert {result.name for result in broken(proof_of(steps))} == {"never silent"}


def test_a_message_without_shortcuts_is_walked_as_the_engine_takes_it() -> None:
    steps = """\
    q:
      record: {zh-CN: 请讲。, en-US: Speak.}
      shortcuts: no
      no_input: goodbye
      no_match: goodbye
      next: goodbye
    """

    assert proof_of(steps).complete


@pytest.mark.parametrize("limits", ["turns: 10, call: 30m", "turns: 200, call: 60s"])
def test_small_limits_are_no_fault_of_the_walk(limits: str) -> None:
    steps = """\
    q: {yes_no: {zh-CN: 好？, en-US: Well?}, yes: q2, no: goodbye}
    q2: {yes_no: {zh-CN: 完？, en-US: Done?}, next: q}
    """

    assert proof_of(steps, hotline=("turns: 200, call: 30m", limits)).complete


def test_a_caller_is_not_called_stranded_for_a_value_the_call_never_has() -> None:
    steps = """\
    q: {yes_no: {zh-CN: 好？, en-US: Well?}, yes: look, no: look}
    look:
      branch:
        - {when: {call.x: "yes"}, next: goodbye}
        - {next: book}
    book: {case: callback, next: mark}
    mark: {set: {call.x: "yes"}, next: goodbye}
    """

    assert "a person" not in {result.name for result in broken(proof_of(steps, hotline=CALL, agent=NO_PERSON))}


def test_a_flow_that_only_hangs_up_is_reached() -> None:
    bye = "flow: bye\ntitle: {zh-CN: 完, en-US: End}\nsteps:\n  end: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}\n"
    steps = "q: {yes_no: {zh-CN: 好？, en-US: Well?}, yes: flow bye, no: goodbye}\n"

    assert proof_of(steps, bye=bye).unreached == []
