"""The flows a call can begin in are one list of the release: proof and lint begin in the same ones."""

from __future__ import annotations

from dataclasses import replace

from tiny import SINCE, broken, compiled_tiny

from ivr.analysis.can_finish import CanFinish
from ivr.analysis.known import Known
from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transitions
from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope, entry_flows
from ivr.flow.model import Release

MAIN = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 时间, en-US: hours}, next: told}
told: {say: {zh-CN: 八点。, en-US: At eight.}, next: menu}
"""
FOLLOW_UP = """\
flow: follow_up
title: {zh-CN: 回访, en-US: Our call}
TAKES
steps:
  accept: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, yes: thanks, no: return}
  thanks: {say: {zh-CN: 谢谢。, en-US: Thank you.}, next: return}
"""
PROMISES = """\
- {from: start, within: 1 key, reaches: main.told}
- {from: follow_up.accept, press: 0, reaches: a person}
"""


def phoning(takes: str = "", promises: str = PROMISES) -> Release:
    release = compiled_tiny(MAIN, promises=promises, follow_up=FOLLOW_UP.replace("TAKES\n", takes))
    return replace(release, entries={**release.entries, "follow_up": "outgoing"})


def test_every_number_and_the_default_one_are_incoming_once_each() -> None:
    numbers = ("default: main", 'default: main\nnumbers: {"+862155500000": main, "+862155500001": agent}')

    assert compiled_tiny(MAIN, hotline=numbers).entries == {"main": "incoming", "agent": "incoming"}


def test_start_is_where_a_caller_begins_and_not_a_call_of_ours() -> None:
    proof = prove(phoning(), Scope(since=SINCE), calls=200)

    assert [result for result in broken(proof) if result.written is not None] == []
    assert set(proof.walked.graph.entries) == {"main", "follow_up"}


def test_a_call_of_ours_may_begin_in_a_flow_that_takes_values_and_no_other_may() -> None:
    ours = phoning("takes: {number: text}\n")
    theirs = replace(ours, entries={"main": "incoming", "follow_up": "incoming"})

    assert entry_flows(ours) == ["main", "follow_up"]
    assert entry_flows(theirs) == ["main"]


def test_steps_of_a_call_of_ours_are_reached_for_lint_and_proof_alike() -> None:
    release = phoning(promises="")
    place = ("follow_up", "thanks")

    assert place in Known(Transitions(release)).before
    assert place in CanFinish(Reach(Transitions(release))).places
    assert prove(release, Scope(since=SINCE), calls=100).unreached == []
