"""What every rule says of its wrong example is a whole Chinese sentence for a reader of Chinese."""

from __future__ import annotations

import re

import pytest
from small import small_files
from small_flows import in_small_hotline
from test_rules_page import a_december, name

from ivr.errors import Finding
from ivr.lint.findings import findings_of
from ivr.lint.rule import Rule
from ivr.lint.table import RULES
from ivr.messages.message import Message

QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\{[^{}]*\}")
ENGLISH = re.compile(r"[A-Za-z]{2,},? [a-z]{2,} [a-z]{2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OF_FIELDS = {"not-built"}
"""Its reasons belong to the fields of steps, and are tried with these."""
OF_NAMES = "Did you mean "
"""The hint of every name that is misspelt, tried with the reading of flows."""


def assert_chinese(finding: Finding) -> None:
    """What a finding says is made in Chinese, and no English is left but names, and what stands in quotes."""
    for text in filter(None, (finding.message, finding.hint)):
        if not isinstance(text, Message):
            assert text.startswith(OF_NAMES) or finding.code in OF_FIELDS, str(finding)
            continue
        sentence = text.in_language("zh-CN")
        plain = QUOTED.sub("", sentence)
        assert CHINESE.search(plain), sentence
        if finding.code not in OF_FIELDS:
            assert plain.endswith(("。", "？")), sentence
            assert not ENGLISH.search(plain), sentence


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_wrong_example_is_told_in_chinese(rule: Rule) -> None:
    mine = [each for each in in_small_hotline(rule.fails, "live", a_december()) if each.code in rule.codes]

    assert mine
    for finding in mine:
        assert_chinese(finding)


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("ignore the next one", "bad-ignore"),
        ("ignore[prompt-too-long]", "bad-ignore"),
        ("ignore[unknown-target] the step comes tomorrow", "bad-ignore"),
        ("ignore[prompt-to-long] it is the law", "unknown-rule"),
        ("ignore[nothing-of-the-kind] it is the law", "unknown-rule"),
        ("ignore[read-as-number] it is a year", "unused-ignore"),
    ],
)
def test_what_is_wrong_with_a_comment_is_told_in_chinese(comment: str, code: str) -> None:
    steps = f"first: {{say: {{zh-CN: 您好。, en-US: Hello.}}, next: lost}} # ivr: {comment}\n"

    (finding,) = (each for each in in_small_hotline(steps, "draft", a_december()) if each.code == code)

    assert_chinese(finding)


def test_a_hotline_without_a_language_is_told_so_in_chinese() -> None:
    files = small_files(keys="languages: {}\n")

    (finding,) = (each for each in findings_of(files) if each.code == "no-language")

    assert_chinese(finding)
