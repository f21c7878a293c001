"""`back` from the second question leads to the first, and once more to where its flow begins to decide."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ivr.call.inputs import Digits, Given, Start
from ivr.call.verbs import Speak
from ivr.engine.turn import begin, take_turn
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse

SMALL = Path(__file__).parents[2] / "docs" / "small"
MAIN = """\
flow: main
title: {zh-CN: 总, en-US: Main}
steps:
  known:
    branch:
      - {when: {caller.open_cases: {at_least: 9}}, next: enough}
      - {when: {caller.phone: {known: yes}}, next: same}
      - {next: number}
  enough: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}
  same: {yes_no: {zh-CN: '是{caller.phone}吗？', en-US: 'Is it {caller.phone}?'}, yes: done, no: number}
  number: {collect: {zh-CN: 号码？, en-US: Which number?}, type: phone, save: phone, next: sure}
  sure: {yes_no: {zh-CN: 对吗？, en-US: Right?}, yes: done, no: number}
  done: {say: {zh-CN: 好。, en-US: Good.}, next: goodbye}
"""


def test_a_hangup_before_the_first_question_does_not_stop_going_back_to_the_branch() -> None:
    """Last words end a call and do nothing else: whoever withheld their number is not asked about it by name."""
    files = {"hotline.yaml": (SMALL / "hotline.yaml").read_bytes(), "main.yaml": MAIN.encode()}
    files["agent.yaml"] = (SMALL / "agent.yaml").read_bytes()
    flows = compile_release(parse(files))
    state, heard = begin(flows, "main"), ""

    for came in (Start(), Digits("02155501234"), Digits("9"), Digits("9")):
        turn = take_turn(flows, state, Given(input=came, facts={}), datetime(2026, 3, 2, tzinfo=UTC))
        state = turn.state
        heard = next(verb.prompt for verb in turn.verbs if isinstance(verb, Speak))

    assert flows.flows["main"].rewind == "known"
    assert heard == "main.number"
