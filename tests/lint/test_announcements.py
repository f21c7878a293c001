"""Keys in sentences: those of a language that announce keys, and words that say a key announced anyway."""

from __future__ import annotations

import pytest
from small import SMALL, small_files

from ivr.lint.findings import findings_of

CHINESE, ENGLISH = "是，请按1；不是，请按2。", "For yes, press 1. For no, press 2."


def with_sentence(tag: str, key: str, sentence: str) -> list[str]:
    """What lint says of a language's sentence."""
    text = (SMALL / "hotline.yaml").read_text(encoding="utf-8")
    before, after = text.split(f"  {tag}:\n", 1)
    line = next(line for line in after.splitlines() if line.strip().startswith(f"{key}:"))
    after = after.replace(line, f'    {key}: "{sentence}"', 1)
    files = {**small_files(), "hotline.yaml": f"{before}  {tag}:\n{after}".encode()}
    return [f"{finding.code} {finding.message}" for finding in findings_of(files)]


@pytest.mark.parametrize(
    ("tag", "sentence"),
    [
        ("zh-CN", CHINESE),
        ("zh-CN", "是请按1，否请按2。"),
        ("zh-CN", "对，请按一；不对，请按二。"),
        ("zh-CN", "请按1表示同意，按2表示不同意。"),
        ("en-US", ENGLISH),
        ("en-US", "Press 1 for yes, 2 for no."),
        ("en-US", "Press one for yes and two for no."),
        ("en-US", "Yes is 1, no is 2."),
        ("en-US", "Press 2 for no, or 1 for yes."),
        ("en-US", "Press 1 if you agree. Otherwise press 2."),
        ("en-US", "If that is not correct press two, otherwise press one."),
        ("en-US", "One for yes two for no"),
        ("zh-CN", "如果不正确请按二，否则请按一。"),
        ("zh-CN", "是请按一不是请按二"),
    ],
)
def test_a_sentence_that_says_one_for_yes_and_two_for_no_is_fine(tag: str, sentence: str) -> None:
    assert with_sentence(tag, "yes_no", sentence) == []


@pytest.mark.parametrize(
    ("tag", "sentence", "said"),
    [
        ("zh-CN", "是，请按2；不是，请按1。", ['says 2 for "yes"', 'says 1 for "no"']),
        ("zh-CN", "是，请按1；不是，请按3。", ['says 3 for "no"']),
        ("zh-CN", "请说是或者不是。", ['does not say 1, the key for "yes"', 'does not say 2, the key for "no"']),
        ("en-US", "For yes, press 2. For no, press 1.", ['says 2 for "yes"', 'says 1 for "no"']),
        ("en-US", "Press 2 for yes, 1 for no.", ['says 2 for "yes"', 'says 1 for "no"']),
        ("en-US", "Press two for yes and one for no.", ['says 2 for "yes"', 'says 1 for "no"']),
        ("en-US", "Press two for yes one for no", ['says 2 for "yes"', 'says 1 for "no"']),
        ("en-US", "If that is correct press two, otherwise press one.", ['says 2 for "yes"', 'says 1 for "no"']),
        ("en-US", "One if not two if so.", ['says 2 for "yes"', 'says 1 for "no"']),
        ("zh-CN", "是请按二不是请按一", ['says 2 for "yes"', 'says 1 for "no"']),
        ("zh-CN", "正确按二否则按一", ['says 2 for "yes"', 'says 1 for "no"']),
        ("en-US", "For yes, press 1.", ['does not say 2, the key for "no"']),
        ("en-US", "For yes, press 1. For no, press 9.", ['says 9 for "no"']),
        ("en-US", "Press 1 or 2. For a person, press 7.", ["says 7, which means nothing there"]),
    ],
)
def test_a_sentence_that_says_other_keys_for_yes_and_no_is_found(tag: str, sentence: str, said: list[str]) -> None:
    found = with_sentence(tag, "yes_no", sentence)

    assert len(found) == len(said), found
    assert all(any(part in line for line in found) for part in said), found
    assert all(line.startswith(f"yes-no-keys in {tag} ") for line in found)


@pytest.mark.parametrize(
    ("tag", "sentence", "missing"),
    [
        ("zh-CN", "{label}，请按键。", ["{key}"]),
        ("zh-CN", "请按{key}。", ["{label}"]),
        ("en-US", "For {label}, press the key.", ["{key}"]),
        ("en-US", "Press.", ["{key}", "{label}"]),
    ],
)
def test_an_announcement_without_its_key_or_label_is_found(tag: str, sentence: str, missing: list[str]) -> None:
    found = [line for line in with_sentence(tag, "announce", sentence) if line.startswith("announce-without-key")]

    assert [part for line in found for part in ("{key}", "{label}") if f"has no {part}" in line] == missing


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("a: {menu: {zh-CN: 余额请按1。, en-US: Hi.}, choices: {1: CHOICE}}", "按1"),
        ("a: {menu: {zh-CN: 您好, en-US: 'For cards, press 1.'}, choices: {1: CHOICE}}", "press 1"),
        ("a: {menu: {zh-CN: 您好, en-US: Press one for cards.}, choices: {1: CHOICE}}", "Press one"),
        ("a: {menu: WORDS, again: {zh-CN: 请按1。, en-US: Well?}, choices: {1: CHOICE}}", "按1"),
        ("a: {menu: {zh-CN: 您好, en-US: 'For a person, press 0.'}, choices: {1: CHOICE}}", "press 0"),
        ("a: {yes_no: {zh-CN: 对吗？对请按1。, en-US: Right?}, yes: goodbye, no: goodbye}", "按1"),
        ("a: {yes_no: {zh-CN: 对吗？, en-US: 'Right? For yes, press 1.'}, yes: goodbye, no: goodbye}", "press 1"),
    ],
)
def test_a_key_said_in_the_words_and_announced_too_is_found(steps: str, said: str) -> None:
    words = {"WORDS": "{zh-CN: 您好, en-US: Hi.}", "CHOICE": "{label: {zh-CN: 卡, en-US: cards}, next: goodbye}"}
    for name, text in words.items():
        steps = steps.replace(name, text)

    found = [finding for finding in findings_of(small_files(steps)) if finding.code == "key-said-twice"]

    assert [finding.message.split('"')[1] for finding in found] == [said]


@pytest.mark.parametrize(
    "steps",
    [
        "a: {menu: {zh-CN: 请按1。, en-US: Press 1.}, announce: no, choices: {1: CHOICE}}",
        "a: {menu: {zh-CN: 请按1到5打分。, en-US: Press 1 to 5.}, scale: 1-5, next: goodbye}",
        "a: {menu: WORDS, choices: {1: CHOICE}, no_match: {tries: 2, say: [{zh-CN: 请按1。, en-US: Press 1.}]}}",
        "a: {collect: {zh-CN: 查余额请按1。, en-US: Press 1.}, type: digits, next: goodbye}",
        "a: {menu: {zh-CN: 按两次。, en-US: Press 1 time.}, choices: {1: CHOICE}}",
    ],
)
def test_keys_that_nothing_else_announces_may_be_said(steps: str) -> None:
    steps = steps.replace("CHOICE", "{label: {zh-CN: 卡, en-US: cards}, next: goodbye}")
    steps = steps.replace("WORDS", "{zh-CN: 您好, en-US: Hi.}")

    assert [finding for finding in findings_of(small_files(steps)) if finding.code == "key-said-twice"] == []
