"""A free utterance: what is spoken is the entry, what is keyed is a shortcut."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ivr.call.inputs import Digits, Given, Speech, Start
from ivr.call.state import State
from ivr.engine.turn import begin, take_turn
from ivr.flow.release import read_files
from ivr.lint.findings import compiled

FLOWS = Path(__file__).parents[2] / "flows"
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FLOW = """flow: ask
title: {zh-CN: 问, en-US: Ask}
steps:
  words:
    collect: {zh-CN: 请说。, en-US: Please say it.}
    type: text
    save: words
    next: done
  done:
    say: {zh-CN: "{words}", en-US: "{words}"}
    next: goodbye
"""


def answered(came) -> State:
    release = compiled({**read_files(str(FLOWS)), "flows/ask.yaml": FLOW.encode()})
    state = take_turn(release, begin(release, "ask"), Given(input=Start()), NOW).state
    return take_turn(release, state, Given(input=came, turn=2, facts={"hours.agents": "open"}), NOW).state


def test_zero_brings_a_person() -> None:
    assert [frame.flow for frame in answered(Digits("0")).stack][-1] == "agent"


def test_what_is_said_is_the_entry() -> None:
    assert answered(Speech("我的卡丢了")).stack == ()
