"""`back: no`: a question that 9 does not lead back to; and where the way back and the shortcuts are announced."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from small import small_release

from ivr.call.inputs import Digits, Given, Input, NoInput, Start
from ivr.call.verbs import Speak
from ivr.engine.turn import begin, take_turn
from ivr.flow.words import words

MENU = "menu: {zh-CN: %s, en-US: At %s.}, choices: {1: {label: {zh-CN: 下一步, en-US: going on}, next: %s}}"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def menus(*names: str, never: str = "") -> str:
    steps = zip(names, [*names[1:], "goodbye"], strict=True)
    return "".join(
        f"{name}: {{{MENU % (name, name, after)}{', back: no' if name == never else ''}}}\n" for name, after in steps
    )


def heard(steps: str, *inputs: Input) -> str:
    release = small_release(steps)
    state, said = begin(release, "main", "en-US"), ""
    for turn, came in enumerate([Start(), *inputs], 1):
        done = take_turn(release, state, Given(came, turn, 0, {}), NOW)
        state = done.state
        spoken = [verb for verb in done.verbs if isinstance(verb, Speak)]
        said = " ".join(words(release, verb.prompt, verb.language, verb.values) for verb in spoken)
    return said


ON, BACK = Digits("1"), Digits("9")
ANNOUNCED = "For the menu before, press 9."


def test_nine_passes_over_a_question_that_is_not_come_back_to() -> None:
    assert heard(menus("one", "two", "three", never="two"), ON, ON, BACK).startswith("At one.")


def test_behind_the_first_question_there_is_nothing_to_go_back_to_and_nine_repeats() -> None:
    steps = menus("notice", "menu", "more", never="notice")

    assert ANNOUNCED not in heard(steps, ON)
    assert heard(steps, ON, BACK).startswith("At menu.")
    assert ANNOUNCED in heard(steps, ON, ON)


def test_a_second_nine_leads_to_the_first_question_that_callers_come_back_to() -> None:
    steps = menus("notice", "menu", "more", "most", never="notice")

    assert heard(steps, ON, ON, ON, BACK).startswith("At more.")
    assert heard(steps, ON, ON, ON, BACK, BACK).startswith("At menu.")
    assert heard(steps, ON, ON, ON, BACK, BACK, BACK).startswith("At menu.")


@pytest.mark.parametrize("came", [ON, NoInput()])
def test_silence_that_is_an_answer_is_not_come_back_to_either(came: Input) -> None:
    steps = menus("notice", "menu", never="notice").replace("back: no", "back: no, no_input: menu")

    assert ANNOUNCED not in heard(steps, came)


def test_a_yes_or_no_announces_the_shortcuts_only_to_who_has_not_answered_it() -> None:
    steps = menus("one", "it").replace(
        MENU % ("it", "it", "goodbye"), "yes_no: {zh-CN: 对吗？, en-US: Right?}, next: one"
    )

    assert heard(steps, ON) == "Right? For yes, press 1. For no, press 2."
    assert "For a person, press 0." in heard(steps, ON, NoInput())
    assert ANNOUNCED not in heard(steps, ON, NoInput())
    assert heard(steps, ON, BACK).startswith("At one."), "it works all the same"
