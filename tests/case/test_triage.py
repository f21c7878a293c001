"""The first analysis: words and values make marks, marks make a proposal, and nothing lowers attention."""

from __future__ import annotations

import pytest
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from ivr.call.condition import parse_condition
from ivr.case.triage import MOST_RISK, Mark, TriageRule, as_facts, contains, folded_text, triage


def rule(name: str, **parts: object) -> TriageRule:
    return TriageRule(**{"name": name, "when": {}, "next_step": {}, **parts})  # type: ignore[arg-type]


COURT = rule("court", says=("起诉", "court", "sue"), urgency="high", risk=40, next_step={"en-US": "a lead reads it"})
FRAUD = rule("fraud", says=("盗刷", "fraud"), urgency="urgent", risk=20, category="fraud")
REPEAT = rule("repeat", when={"caller.open_cases": parse_condition({"at_least": "1"})}, risk=15)
FEES = rule("fees", says=("重复扣费",), category="card_fees", kinds=("complaint",), next_step={"": "compare"})
ALL = [COURT, FRAUD, REPEAT, FEES]


def test_every_rule_that_fits_adds_and_names_what_made_it() -> None:
    found = triage(
        ALL, "complaint", "信用卡被重复扣费，再不处理我就去法院起诉。", {"caller.open_cases": "1"}.get, "en-US"
    )
    assert found is not None
    assert found.marks == (Mark("court", "起诉"), Mark("repeat", "caller.open_cases=1"), Mark("fees", "重复扣费"))
    assert (found.urgency, found.risk, found.category, found.next_step) == ("high", 55, "card_fees", "a lead reads it")
    assert as_facts(found)["marks"] == "court: 起诉; repeat: caller.open_cases=1; fees: 重复扣费"


def test_a_rule_looks_at_its_own_kinds_only() -> None:
    assert triage([FEES], "inquiry", "重复扣费", {}.get, "") is None


def test_words_and_conditions_of_one_rule_must_both_hold() -> None:
    both = rule("both", says=("fee",), when={"product": parse_condition("card")}, risk=1)
    assert triage([both], "inquiry", "a fee", {"product": "loan"}.get, "") is None
    assert triage([both], "inquiry", "a fee", {"product": "card"}.get, "") is not None


@pytest.mark.parametrize(
    ("text", "word", "has"),
    [
        ("I will SUE you", "sue", True), ("an issue", "sue", False), ("pursue", "sue", False), ("sue", "sue", True),
        ("see you in court.", "court", True), ("courteous", "court", False), ("我要起诉", "起诉", True),
        ("打１２３７８", "12378", True), ("call 123789", "12378", False), ("CHARGED  twice", "charged twice", True),
        ("issue, sue", "sue", True), ("", "sue", False),
    ],
)  # fmt: skip
def test_a_word_is_found_as_a_word_of_its_own(text: str, word: str, has: bool) -> None:
    assert contains(folded_text(text), folded_text(word)) is has


@settings(max_examples=200, derandomize=True, deadline=None)
@given_that(st.text(max_size=60), st.text(max_size=30), st.sampled_from([None, "0", "1", "9"]))
def test_more_words_never_lower_attention(text: str, more: str, cases: str | None) -> None:
    values = {"caller.open_cases": cases}.get
    before, after = (triage(ALL, "complaint", said, values, "en-US") for said in (text, f"{text} {more}"))
    if before is not None:
        assert after is not None and after.risk >= before.risk and len(after.marks) >= len(before.marks)
        assert after.risk <= MOST_RISK
