"""Bringing a state into canonical form changes no later turn: canon(turn(s)) == canon(turn(canon(s))), same labels."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest
from tiny import compiled_tiny

from ivr.analysis.value_classes import Classes
from ivr.call.case_kinds import CASE_KINDS
from ivr.call.inputs import Digits, Given, Input, NoInput, Recording, Resume, Speech, Start, Transferred
from ivr.call.state import Frame, State
from ivr.call.verbs import RecordVerb, TransferVerb, Verb
from ivr.engine.turn import begin, take_turn
from ivr.explore.canon import SAID, Canon
from ivr.explore.graph import Graph
from ivr.flow.model import Release

NOW = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
NUMBERS = {f"case.{kind}.{what}": "1" for kind in CASE_KINDS for what in ("number", "due", "opened")}
EVERY_KIND = """\
tongue:
  language: {zh-CN: 请按1。, en-US: Press 2.}
  choices: {1: {is: zh-CN, words: [中文]}, 2: {is: en-US, words: [English]}}
  next: what
what:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  save: product
  choices:
    1: {is: card, label: {zh-CN: 卡, en-US: cards}}
    2: {is: loan, label: {zh-CN: 贷款, en-US: loans}}
    3: {is: none, label: {zh-CN: 其他, en-US: others}, next: mark}
  next: number
mark: {set: {product: loan, call.vip: yes}, next: number}
number:
  collect: {zh-CN: 请输入。, en-US: Enter.}
  type: number
  save: amount
  confirm: yes
  next: split
split:
  branch:
    - {when: {product: card, amount: {at_least: 100}}, next: desk}
    - {when: {call.vip: yes}, next: told}
    - {next: told}
desk: {hours: agents, open: put_through, closed: told}
put_through: {transfer: agents, otherwise: told}
told: {say: {zh-CN: '{product}。', en-US: '{product}.'}, next: sub}
sub:
  run: ask
  with: [product]
  outcomes: {none: kept}
  next: kept
kept: {case: complaint, with: [product, story, amount], next: again}
again:
  yes_no: {zh-CN: 再来？, en-US: Again?}
  yes: what
  no: over
over: {hangup: {zh-CN: '{case.number}再见。', en-US: 'Goodbye, {case.number}.'}}
"""
ASK = """\
flow: ask
title: {zh-CN: 问, en-US: Ask}
takes: {product: [card, loan, none]}
gives: {story: recording}
steps:
  which:
    branch:
      - {when: {product: loan}, next: story}
      - {next: no_story}
  story:
    record: {zh-CN: 请讲。, en-US: Speak.}
    save: story
    no_input: {tries: 2, next: no_story}
    no_match: {tries: 2, next: no_story}
    next: return
  no_story: {say: {zh-CN: 好。, en-US: Well.}, next: return none}
"""


@pytest.fixture(scope="module")
def every_kind() -> Release:
    """A hotline with a step of every kind, values handed on, copied back, tested and spoken."""
    vip = ("cases:\n", "call:\n  vip: {type: yes_no, starts: no}\n  recording: {type: yes_no, starts: yes}\ncases:\n")
    return compiled_tiny(EVERY_KIND, hotline=vip, ask=ASK)


def an_answer(chance: Random, waiting: Verb) -> Input:
    """Something that fits what the call waits for, mostly a sensible key, so that calls go deep."""
    if isinstance(waiting, TransferVerb):
        return Transferred(chance.choice(("answered", "busy", "no_answer", "failed")))
    if isinstance(waiting, RecordVerb):
        return chance.choice((Recording("RE1", 7, "#"), Recording("RE1", 7, "#"), Recording("RE1", 2, "0"), NoInput()))
    return chance.choice(
        (*map(Digits, "1122334589*0"), Digits("13800138000"), Digits("150"), Speech("投诉"), NoInput(), Resume())
    )


def commutes(release: Release, entry: str, seed: int) -> None:
    """One random call, each turn taken from the whole and from the canonical state."""
    canon, labels, chance = Canon(release, Classes(release)), Graph(), Random(seed)
    canon.keeps_language = True  # the same word means nothing in another language; explore compares those by class
    state, came = begin(release, entry), Start()
    for number in range(1, 40):
        facts = {"hours.agents": chance.choice(("open", "closed")), **NUMBERS, "hours.agents.opens": "x"}
        facts |= chance.choice(({}, {"caller.phone": "+8613800138000"}))
        whole = take_turn(release, state, Given(input=came, turn=number, facts=facts), NOW)

        short = take_turn(release, canon(state), Given(input=came, turn=number, facts={**facts, **state.call}), NOW)

        assert labels.label(short.events) == labels.label(whole.events)
        assert canon(short.state) == canon(whole.state)
        state, came = whole.state, an_answer(chance, whole.verbs[-1])


@pytest.mark.parametrize("seed", range(150))
def test_canon_commutes_with_the_turn_of_the_shipped_hotline(hotline: Release, seed: int) -> None:
    commutes(hotline, "main", seed)


@pytest.mark.parametrize("seed", range(150))
def test_canon_commutes_with_the_turn_of_every_kind_of_step(every_kind: Release, seed: int) -> None:
    commutes(every_kind, "main", seed)


def test_a_canonical_state_is_its_own_canonical_form(hotline: Release) -> None:
    canon = Canon(hotline, Classes(hotline))
    state = canon(begin(hotline, "main"))

    assert canon(state) == state


def test_a_value_nobody_will_read_any_more_is_dropped_and_one_only_spoken_loses_its_words(hotline: Release) -> None:
    canon = Canon(hotline, Classes(hotline))
    held = State(stack=(Frame("agent", "book", {"phone": "+8613800138000", "note": "x"}),), language="zh-CN")

    assert canon(held).stack[0].values == {"phone": SAID}


def test_values_that_no_condition_tells_apart_become_one(every_kind: Release) -> None:
    canon = Canon(every_kind, Classes(every_kind))

    def at_split(amount: str) -> State:
        return canon(State(stack=(Frame("main", "split", {"product": "card", "amount": amount}),), language="zh-CN"))

    assert at_split("150") == at_split("7000")
    assert at_split("150") != at_split("99")


def test_an_ended_call_is_one_state(hotline: Release) -> None:
    canon = Canon(hotline, Classes(hotline))

    assert canon(State(stack=(), language="en-US", case="complaint", no_input=2)) == State(stack=(), language="zh-CN")
