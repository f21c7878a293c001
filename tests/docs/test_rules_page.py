"""Each rule's two examples are what they say, and every rule has all that its page needs."""

from __future__ import annotations

from datetime import date

import pytest
from small_flows import in_small_hotline

from ivr.calendar.workdays import announced
from ivr.lint.rule import Rule
from ivr.lint.table import RULES

ONE_PROBLEM = {
    "limit-leads-round", "too-many-choices", "complaint-too-deep", "limit-in-reach", "long-greeting", "outgoing-hours",
    "outgoing-unused", "too-many-hints",
}  # fmt: skip
"""Rules that say one thing of a whole flow or menu; every other example holds two problems at least."""


def a_december() -> date:
    """One before a year whose make-up workdays the library of holidays does not know yet."""
    return next(date(year - 1, 12, 15) for year in range(2026, 2060) if not announced("CN", year))


def name(rule: Rule) -> str:
    return rule.codes[0]


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_wrong_example_is_found_as_it_says(rule: Rule) -> None:
    found = in_small_hotline(rule.fails, "live", a_december())

    mine = [finding for finding in found if finding.code in rule.codes]
    assert {finding.code for finding in mine} == set(rule.codes), [str(finding) for finding in found]
    assert {finding.severity for finding in mine} == {rule.live or rule.severity}
    assert len(mine) > 1 or set(rule.codes) <= ONE_PROBLEM, [str(finding) for finding in found]


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_the_right_example_is_left_alone(rule: Rule) -> None:
    found = in_small_hotline(rule.passes, "live", a_december())

    assert [str(finding) for finding in found if finding.code in rule.codes] == []
    grave = [finding for finding in found if finding.severity == "error"]
    assert grave == [], [str(finding) for finding in grave]
