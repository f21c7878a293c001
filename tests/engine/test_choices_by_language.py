"""A choice may have one name in several languages, each with a key and words of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.call.events import ExitTaken
from ivr.call.inputs import Digits, Given, Input, Speech, Start
from ivr.call.state import State
from ivr.call.verbs import Speak
from ivr.engine.turn import Turn, begin, take_turn
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

SMALL = Path(__file__).parents[2] / "docs" / "small"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
MENU = """\
flow: main
title: {zh-CN: 总, en-US: Main}
steps:
  ask:
    menu: {zh-CN: 请选择。, en-US: Choose.}
    save: about
    choices:
      1: {is: card, label: {zh-CN: 银行卡}, words: [存折], languages: [zh-CN]}
      2: {is: card, label: {en-US: cards}, words: [plastic], languages: [en-US]}
      3: {is: loan, label: {zh-CN: 贷款, en-US: loans}, words: [plastic loan]}
    next: told
  told: {say: {zh-CN: "{about}。", en-US: "About {about}."}, next: sure}
  sure: {yes_no: {zh-CN: 对吗？, en-US: Right?}, next: goodbye}
"""


@pytest.fixture(scope="module")
def release() -> Release:
    written = {name: (SMALL / name).read_bytes() for name in ("hotline.yaml", "agent.yaml")}
    parsed = parse({**written, "main.yaml": MENU.encode()})
    assert parsed.findings == []
    return compile_release(parsed)


def take(release: Release, state: State, came: Input) -> Turn:
    return take_turn(release, state, Given(input=came), NOW)


def words(release: Release, turn: Turn) -> str:
    """What is heard in a turn."""
    said = []
    for verb in turn.verbs:
        if isinstance(verb, Speak):
            for part in release.prompts[verb.prompt].parts[verb.language]:
                labels = None if isinstance(part, str) else (part.labels or {})
                said.append(part if labels is None else labels[verb.values[part.name]][verb.language])
    return "".join(said)


@pytest.mark.parametrize(
    ("language", "key", "word", "heard", "not_heard", "spoken"),
    [
        ("zh-CN", "1", "存折", "银行卡，请按1。", "请按2。", "银行卡。"),
        ("en-US", "2", "plastic", "For cards, press 2.", "press 1.", "About cards."),
    ],
)
def test_a_choice_of_one_name_is_announced_and_taken_in_each_language(
    release: Release, language: str, key: str, word: str, heard: str, not_heard: str, spoken: str
) -> None:
    asked = take(release, begin(release, "main", language), Start(language))

    assert heard in words(release, asked)
    assert not_heard not in words(release, asked)
    for came in (Digits(key), Speech(word)):
        turn = take(release, asked.state, came)
        assert ExitTaken("main", "ask", "card") in turn.events
        assert turn.state.stack[0].values == {"about": "card"}
        assert spoken in words(release, turn)
    other = take(release, asked.state, Digits({"1": "2", "2": "1"}[key]))
    assert not any(isinstance(event, ExitTaken) for event in other.events)
    assert word in release.hints["main.ask"][language]
