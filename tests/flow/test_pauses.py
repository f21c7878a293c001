"""A pause in a prompt: `{pause}` and `{pause:1s}` are silence for callers, and no words for anybody who reads along."""

from __future__ import annotations

import pytest
from small import small_release

from ivr.call.verbs import Hangup, Speak
from ivr.carrier.document import read_document
from ivr.carrier.line import Reply
from ivr.explore.audible_faults import Fault, Hearing
from ivr.explore.call_costs import CallCosts, TurnKind
from ivr.flow.model import Pause, Release, Slot
from ivr.flow.prompts import compile_text
from ivr.flow.words import words
from ivr.lint.prompts.markup_in_words import markup_in
from ivr.lint.spoken_length import seconds_of
from ivr.twilio.twiml import Documents

EN, ZH = "en-US", "zh-CN"


def release(text: str, zh: str = "好。") -> Release:
    return small_release(f"it:\n  say:\n    zh-CN: '{zh}'\n    en-US: '{text}'\n  next: goodbye\n")


def document(found: Release, language: str = EN, **values: str) -> str:
    return Documents("", "").render(found, [Speak("main.it", language, values), Hangup()], 2, "")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("{pause}", 0.3), ("{pause:1s}", 1.0), ("{pause:0.1s}", 0.1), ("{pause:2.5s}", 2.5), ("{pause:3s}", 3.0)],
)
def test_a_pause_is_a_part_of_a_prompt(text: str, seconds: float) -> None:
    assert compile_text(f"您好{text}再见", {}) == ("您好", Pause(seconds), "再见")


@pytest.mark.parametrize(
    "text", ["{pause:4s}", "{pause:3.1s}", "{pause:0s}", "{pause:0.05s}", "{pause:500ms}", "{pause:soon}", "{Pause}"]
)
def test_what_is_no_pause_stays_in_sight(text: str) -> None:
    assert compile_text(text, {}) == (text,)


def test_a_value_of_a_longer_name_is_no_pause() -> None:
    assert compile_text("{pause_code:digits}", {}) == (Slot("pause_code", "digits"),)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("One.{pause}Two.", "One. Two."),
        ("One. {pause:1s} Two.", "One. Two."),
        ("One.{pause}{pause:1s}Two.", "One. Two."),
        ("{pause}One.{pause}", "One."),
        ("一。{pause}二。", "一。二。"),
        ("一。 {pause:1s} 二。", "一。二。"),
    ],
)
def test_who_reads_along_sees_the_words_alone(text: str, read: str) -> None:
    assert words(release(text), "main.it", EN, {}) == read


def test_callers_hear_a_break_of_that_time_inside_the_same_say() -> None:
    said = document(release("One.{pause}Two.{pause:1.5s}Three."))

    assert said.count("<Say ") == 1
    assert '>One. <break time="300ms"/>Two. <break time="1500ms"/>Three.</Say>' in said


def test_pauses_in_a_row_are_one_silence_and_at_most_what_a_voice_can_keep() -> None:
    assert '<break time="1300ms"/>Two' in document(release("One.{pause}{pause:1s}Two."))
    assert '<break time="10000ms"/>Two' in document(release(f"One.{'{pause:3s}' * 9}Two."))


def test_a_silence_at_the_beginning_or_the_end_is_kept() -> None:
    assert '<break time="1000ms"/>One.<break time="300ms"/></Say>' in document(release("{pause:1s}One.{pause}"))


def test_nothing_a_caller_gives_becomes_a_break() -> None:
    found = release("{call.from}{pause}Bye.")
    said = document(found, **{"call.from": '<break time="9s"/>{pause:3s}'})

    assert said.count("<break ") == 1
    assert "&lt;break time=" in said
    assert "{pause:3s}" in said


@pytest.mark.parametrize("text", ["One.{pause}Two.", "{pause:3s}One.", "One.{pause}", "One. {pause:1s} {call.from}."])
def test_the_carrier_hears_what_the_engine_says(text: str) -> None:
    found = release(text)
    verbs = read_document(Reply(200, "text/xml", document(found, **{"call.from": "x < y"}).encode()))
    heard = "".join(said.text for verb in verbs for said in verb.said())

    assert heard == words(found, "main.it", EN, {"call.from": "x < y"})


def test_a_long_prompt_is_cut_between_its_pauses_and_no_silence_is_lost() -> None:
    found = release("Hello.", "{pause}".join(["请稍等。" * 40] * 6))
    said = document(found, ZH)

    assert said.count('<break time="300ms"/>') == 5
    assert said.count("<Say ") > 1
    read_document(Reply(200, "text/xml", said.encode()))


def test_a_prompt_of_nothing_but_a_pause_says_nothing() -> None:
    found = release("{pause:1s}")

    assert "<Say" not in document(found)
    assert Fault("no words", "en-US", "main.it") in set(Hearing(found).faults([Speak("main.it", EN), Hangup()]))


def test_a_pause_takes_its_time_where_the_length_of_a_prompt_is_reckoned() -> None:
    assert seconds_of("One.{pause:3s}Two.") == pytest.approx(seconds_of("One. Two.") + 3)
    plain, slow = (CallCosts(release(text), "seconds") for text in ("One. Two.", "One.{pause:3s} Two."))
    turn = TurnKind(("main.it",), None, keyed=False)
    assert slow(turn) == pytest.approx(plain(turn) + 3, abs=0.1)


@pytest.mark.parametrize(
    "text",
    ['<break time="1s"/>', "</speak>", "<emphasis>now</emphasis>", "<停顿>", "＜break＞", "A &amp; B", "&#38;",
     "&nbsp;", "[pause]", "[Pause 1s]", "[ break ]", "【停顿】", "（停顿）", "(pause 1s)", "**now**"],
)  # fmt: skip
def test_markup_of_any_kind_is_found(text: str) -> None:
    assert list(markup_in(f"Hello {text} goodbye."))


@pytest.mark.parametrize(
    "text",
    ["R&D; and more", "AT&T", "5 < 7", "x > y", "暂停（暂停办理）", "[1]", "(wait for the tone)", "1*2", "{pause:1s}"],
)
def test_plain_words_are_no_markup(text: str) -> None:
    assert not list(markup_in(text))
