"""Turns that states share: a walk that shares them has the edges of one that takes every turn from the whole state."""

from __future__ import annotations

from datetime import date

import pytest
from tiny import SINCE, asked_twice, compiled_tiny

from ivr.call.inputs import Given
from ivr.engine.masking import masked
from ivr.engine.turn import take_turn
from ivr.explore.asked_facts import AskedFacts
from ivr.explore.graph import Edge
from ivr.explore.state_walk import Scope, Walked, walk
from ivr.flow.model import Release

RETURNS = """\
first:
  yes_no: {zh-CN: 一？, en-US: One?}
  yes: ask
  no: flow agent
ask: {run: contact, outcomes: {none: again}, next: again}
again:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 开头, en-US: the start}, next: flow main}
    2: {label: {zh-CN: 返回, en-US: back}, next: back}
    3: {label: {zh-CN: 再来, en-US: once more}, next: ask}
"""
CONTACT = """\
flow: contact
title: {zh-CN: 联系, en-US: Contact}
gives: {phone: text}
steps:
  q:
    collect: {zh-CN: 请输入。, en-US: Enter.}
    type: digits
    length: 4
    save: phone
    confirm: {zh-CN: '{value}？', en-US: '{value}?'}
    no_input: return none
    no_match: return none
    next: sure
  sure: {yes_no: {zh-CN: 好？, en-US: Well?}, yes: return, no: flow main}
"""


def from_the_whole_state(walked: Walked, edge: Edge) -> tuple[bytes, int]:
    """What an edge leads to, and what happens on it, taken from the whole state of its source."""
    state = walked.graph.states[edge.source]
    facts = AskedFacts(walked.questions, edge.answers)
    came = masked(walked.release, state, edge.way.input)
    beside = Given(input=came, turn=edge.way.turn, handling_seconds=edge.way.served, facts=facts)
    turn = take_turn(walked.release, state, beside, walked.questions.instants[0].at)
    assert tuple(facts.asked.items()) == edge.answers
    return walked.canon.key(walked.canon(turn.state)), walked.graph.label(turn.events)


@pytest.mark.parametrize("by_language", [False, True])
def test_edges_of_the_shipped_hotline_are_turns_of_the_whole_state(hotline: Release, by_language: bool) -> None:
    walked = walk(hotline, Scope(since=date(2026, 11, 25)), by_language=by_language)
    keys = list(walked.graph.index)

    for edge in [edge for edges in walked.graph.edges for edge in edges]:
        assert from_the_whole_state(walked, edge) == (keys[edge.target], edge.label)

    assert walked.taken < walked.turns


def test_flows_that_return_begin_again_and_go_back_share_no_turn_they_must_not() -> None:
    steps, values = asked_twice("ab")
    for release in (compiled_tiny(RETURNS, contact=CONTACT), compiled_tiny(steps, hotline=values)):
        walked = walk(release, Scope(since=SINCE))
        keys = list(walked.graph.index)

        for edge in [edge for edges in walked.graph.edges for edge in edges]:
            assert from_the_whole_state(walked, edge) == (keys[edge.target], edge.label)
        assert walked.canon(walked.graph.states[-1]) == walked.graph.states[-1]
