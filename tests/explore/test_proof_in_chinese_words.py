"""What a proof says of promises is a message: a Chinese reader gets it in Chinese, whatever is broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from left_in_english import left_in_english
from tiny import SINCE, compiled_tiny, proof_of

from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.messages.message import Message

MENU = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 时间, en-US: hours}, next: told}
    2: {label: {zh-CN: 留言, en-US: a message}, next: story}
told: {say: {zh-CN: '{hours.agents.opens:time}。', en-US: 'We open {hours.agents.opens:time}.'}, next: menu}
story:
  record: {zh-CN: 请讲。, en-US: Speak.}
  save: story
  no_input: {tries: 2, next: goodbye}
  no_match: {tries: 2, next: goodbye}
  next: goodbye
"""
BROKEN = """\
- {from: everywhere, within: 1 key, reaches: case callback}
- {from: start, press: 1, reaches: a person}
- {from: start, press: 2, within: 1 key, reaches: case callback}
- {choice: main.menu 1, leads to: agent}
- {after: main.menu, always: a person, before: the end, unless: []}
- {never: agent, while: agents closed}
- {never: agent, before: main.story}
- {at most: 1 seconds, before: the end}
- {when: {caller.visits: {at_least: 3}}, first: a person}
- {never: case inquiry, before: main.story}
- {never: agent, while: {hours.agents: closed}}
"""


def sentences(proof: Proof) -> list[str]:
    """Every sentence of a proof."""
    said = [each for result in proof.results for each in (result.evidence, result.why) if each]
    return [*said, *(waiver.sentence() for waiver in proof.waived), *filter(None, [proof.undecided])]


def in_chinese(said: list[str]) -> list[str]:
    """Sentences as a Chinese reader gets them."""
    assert said and all(isinstance(each, Message) for each in said), said
    return [each.in_language("zh-CN") for each in said if isinstance(each, Message)]


def test_promises_that_hold_and_that_are_broken_are_told_in_chinese() -> None:
    proof = proof_of(MENU, promises=BROKEN)

    told = in_chinese(sentences(proof))
    assert sum(not result.holds for result in proof.results) >= 9
    assert left_in_english(told) == []
    assert any("按 1 键到了 main.menu，而不是 a person。" in each for each in told)


@pytest.mark.parametrize(
    "steps",
    [
        "menu: {menu: {zh-CN: 请选。}, choices: {1: {label: {zh-CN: 甲, en-US: a}, next: goodbye}}}",
        "a: {say: {zh-CN: '{caller.phone}。', en-US: 'You are {caller.phone}.'}, next: goodbye}",
        "a: {say: {zh-CN: 一。, en-US: One.}, next: b}\nb: {say: {zh-CN: 二。, en-US: Two.}, next: a}",
        "a: {menu: {zh-CN: 请选。, en-US: Choose.}, choices: {1: {label: {zh-CN: 甲, en-US: a}, next: a}},"
        " no_input: {tries: 1, next: a}}",
    ],
)
def test_what_is_always_promised_is_told_in_chinese(steps: str) -> None:
    proof = proof_of(steps, hotline=("next: flow agent", "next: goodbye"))

    assert not proof.holds
    assert left_in_english(in_chinese(sentences(proof))) == []


def test_waivers_and_what_is_not_proved_are_told_in_chinese() -> None:
    release = replace(compiled_tiny(MENU), waive={"a person": "没有坐席", "intake kept": "没有坐席"})
    waived, cut = prove(release, Scope(since=SINCE), calls=20), prove(release, Scope(since=SINCE, most=5), calls=20)

    assert len(waived.waived) == 2
    assert left_in_english(in_chinese([*sentences(waived), cut.largest_state_part])) == []
