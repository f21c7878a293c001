"""A finding of a rule may be let stand, by a comment that says which and why."""

from __future__ import annotations

import pytest

from ivr.errors import Finding
from ivr.flow.release import read_files
from ivr.lint.findings import findings_of

MENU = """\
flow: main
title: {zh-CN: 总入口, en-US: Front door}
steps:
  menu:
    menu:
      zh-CN: 请选择。
      en-US: How can we help?
    choices:
      1: {label: {zh-CN: 营业时间, en-US: our hours}, words: {en-US: [open]}, next: hours}
ABOVE
      2: {label: {zh-CN: 开户, en-US: opening an account}, words: {en-US: [open]}, next: hours}BEHIND
  hours:
    say:
      zh-CN: 每天。
      en-US: Every day.
    next: flow complaint
"""


def lint(above: str = "", behind: str = "", *, profile: str = "draft") -> list[Finding]:
    files = read_files("docs/small")
    text = MENU.replace("ABOVE", above or "# ordinary").replace("BEHIND", behind)
    files["docs/small/main.yaml"] = text.encode()
    found = findings_of(files, "live" if profile == "live" else "draft")
    return [finding for finding in found if finding.file.endswith("main.yaml")]


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_without_a_comment_the_finding_is_told() -> None:
    assert codes(lint()) == ["same-words"]


@pytest.mark.parametrize(
    "above",
    [
        "      # ivr: ignore[same-words] both are asked for at the counter",
        "      # ivr: ignore[same-words] both are asked for at the counter\n      # and so says the branch",
        "      #ivr:ignore[ same-words ] 两个都在柜台办理",
        "      # ivr: ignore[same-words, same-words] both",
    ],
)
def test_a_comment_on_the_line_above_lets_it_stand(above: str) -> None:
    assert lint(above) == []


def test_a_comment_behind_the_line_lets_it_stand() -> None:
    assert lint(behind=" # ivr: ignore[same-words] both are asked for at the counter") == []


def test_a_comment_of_another_line_does_not() -> None:
    findings = lint("      # ivr: ignore[same-words] wrong place\n      3: {label: {zh-CN: 否, en-US: n}, next: hours}")

    assert codes(findings) == ["unused-ignore", "same-words"]


def test_a_comment_of_another_rule_does_not_and_has_nothing_to_ignore() -> None:
    findings = lint("      # ivr: ignore[same-choice] looks alike")

    assert codes(findings) == ["unused-ignore", "same-words"]
    assert findings[0].severity == "warning"
    assert (findings[0].column, findings[0].end_column) == (21, 32)


@pytest.mark.parametrize(
    "above",
    ["      # ivr: ignore[same-words]", "      # ivr: ignore same-words because", "      # ivr: ignroe[same-words] x"],
)
def test_without_a_reason_or_in_another_form_it_ignores_nothing(above: str) -> None:
    findings = lint(above)

    assert codes(findings) == ["bad-ignore", "same-words"]
    assert "# ivr: ignore[rule] reason" in findings[0].hint


def test_an_unknown_rule_is_told_with_the_one_that_was_meant() -> None:
    findings = lint("      # ivr: ignore[same-word, unknown-key] both")

    assert codes(findings) == ["unknown-rule", "unknown-rule", "same-words"]
    assert 'Did you mean "same-words"?' in findings[0].hint
    assert "cannot be suppressed" in findings[1].hint


def test_a_comment_for_a_rule_that_is_not_tried_is_left_alone() -> None:
    above = "      # ivr: ignore[same-words, no-way-back] both are asked for at the counter"

    assert lint(above) == []
    assert codes(lint(above, profile="live")) == ["unused-ignore"]


def test_an_error_of_a_draft_cannot_be_suppressed() -> None:
    third = "      3: {label: {zh-CN: 明天, en-US: tomorrow}, next: tomorrow}"

    findings = lint(f"      # ivr: ignore[unknown-target] the step comes tomorrow\n{third}")

    assert codes(findings) == ["bad-ignore", "unknown-target", "same-words"]
    assert "cannot be suppressed" in findings[0].message


def test_a_warning_that_is_an_error_when_live_may_be_let_stand_there_too() -> None:
    third = "      3: {label: {zh-CN: 投诉, en-US: a complaint}, next: goodbye}"

    told = lint(third, profile="live")
    let_stand = lint(f"      # ivr: ignore[complaint-without-case] taken at the branch\n{third}", profile="live")

    assert codes(told) == ["complaint-without-case", "same-words"]
    assert told[0].severity == "error"
    assert codes(let_stand) == ["same-words"]


def test_the_mistakes_of_a_file_cannot_be_ignored() -> None:
    files = read_files("docs/small")
    files["docs/small/main.yaml"] = (
        MENU.replace("ABOVE", "      # ivr: ignore[unknown-key] later").replace("BEHIND", "\n    colour: red").encode()
    )

    findings = [finding.code for finding in findings_of(files) if finding.file.endswith("main.yaml")]

    assert "unknown-key" in findings and "unknown-rule" in findings


def test_a_comment_of_this_form_may_stand_behind_words() -> None:
    files = read_files("docs/small")
    text = MENU.replace("ABOVE", "      # a").replace("BEHIND", "")
    text = text.replace("en-US: Every day.", "en-US: Please dial 95594. # ivr: ignore[read-as-number] as on the card")
    files["docs/small/main.yaml"] = text.encode()

    found = {finding.code for finding in findings_of(files) if finding.file.endswith("main.yaml")}

    assert found == {"same-words"}
