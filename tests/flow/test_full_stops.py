"""A sentence ends once: over all prompts that are shipped, in all their languages, with all values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import small_files

from ivr.flow.model import Release, Slot
from ivr.flow.put_together import put_together
from ivr.flow.release import read_files
from ivr.flow.words import words
from ivr.lint.findings import compiled, findings_of
from ivr.twilio.fixed import goodbye, last_words

ROOT = Path(__file__).parents[2]
FOLDERS = ["flows", "docs/small", "tests/flows/three_languages"]
RELEASES = {folder: compiled(read_files(str(ROOT / folder))) for folder in FOLDERS}
TWICE = re.compile(r"[.。．]\s*[.。．]|[!！?？]\s*[.。．]|\b(?:by|at|on|until) (?:at|by|on)\b", re.I)
VALUES = {
    "digits": ["648808661", ""],
    "phone": ["+12025550123", "+862155500123", "+864008895594", "+4917612345678"],
    "number": ["12", "-0.5"],
    "money": ["12.50", "0"],
    "date": ["2026-03-17", "2026-03-17T14:30+08:00 later"],
    "fulldate": ["1960-03-02"],
    "weekday": ["1960-03-02"],
    "time": [
        "2026-03-02T13:59+08:00 today", "2026-03-02T09:00+08:00 tomorrow", "2026-10-08T12:00+08:00 later", "2026-03-17",
    ],
    "": ["yes", "card", "Thanks.", "真的？", "等等…", "p.m.", "a. m.", ".", "2026-03-17T14:30+08:00 later"],
}  # fmt: skip


def spoken_with(release: Release, prompt: str, language: str, value_no: int) -> str:
    parts = release.prompts[prompt].parts.get(language, ())
    slots = [part for part in parts if isinstance(part, Slot)]
    values = {slot.name: VALUES[slot.format][value_no % len(VALUES[slot.format])] for slot in slots}
    return words(release, prompt, language, values)


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_shipped_sentence_ends_twice_whatever_is_spoken_in_it(folder: str) -> None:
    release = RELEASES[folder]

    said = [
        spoken_with(release, prompt, language, n)
        for prompt in release.prompts
        for language in release.languages
        for n in range(max(map(len, VALUES.values())))
    ]

    assert len(said) >= 300
    assert [text for text in said if TWICE.search(text)] == []
    assert not any("2026-0" in text for text in said)


@pytest.mark.parametrize("text", [goodbye(), last_words("+862155500911"), last_words("")])
def test_the_sentences_of_the_service_itself_end_once(text: str) -> None:
    assert not TWICE.search(re.sub("<[^>]*>", "", text))


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("by 1:59 p.m.", ".", "by 1:59 p.m."),
        ("by 1:59 p.m.", "?", "by 1:59 p.m.?"),
        ("by 1:59 p.m.", ", please", "by 1:59 p.m., please"),
        ("Thanks.", ".", "Thanks."),
        ("Thanks!", ". And", "Thanks! And"),
        ("真的？", "。", "真的？"),
        ("Really?", ".", "Really?"),
        ("Really?!", ".", "Really?!"),
        ("Thanks.", "!", "Thanks!"),
        ("Thanks.", "?", "Thanks?"),
        ("before a. m.", ".", "before a. m."),
        ("2 marta 1960 г.", ".", "2 marta 1960 г."),
        ("Your number is ", ".", "Your number is."),
        ("", ".", "."),
        ("您好，", "，请讲。", "您好，，请讲。"),
    ],
)
def test_what_ends_a_sentence_is_said_once(before: str, after: str, whole: str) -> None:
    assert put_together(before, after) == whole


@settings(max_examples=500, derandomize=True, deadline=None)
@given(before=st.text(max_size=40), after=st.text(max_size=10).map(lambda text: f".{text.replace('.', '')}"))
def test_no_words_are_lost_and_no_two_full_stops_meet(before: str, after: str) -> None:
    whole = put_together(before, after)

    kept = re.sub(r"[\s.。．!！?？]", "", before)
    assert re.sub(r"[\s.。．!！?？]", "", whole) == kept + re.sub(r"[\s.。．!！?？]", "", after)
    if kept and before.rstrip().endswith("."):
        assert whole.count(".") < before.count(".") + after.count(".")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thank you..", True),
        ("Thank you. . Goodbye.", False),
        ("Really?. Goodbye.", True),
        ("Thank you,.", True),
        ("Wait...", False),
        ("Wait... please.", False),
        ("Call {phone:phone}.", False),
    ],
)
def test_an_author_who_ends_a_sentence_twice_is_told(text: str, found: bool) -> None:
    steps = f'hello:\n  say: {{zh-CN: 您好。, en-US: "{text}"}}\n  next: goodbye\n'

    codes = [finding.code for finding in findings_of(small_files(steps))]

    assert ("doubled-stop" in codes) is found
