"""Every fact a flow may name is answered in a real call, or lint says that it is not built yet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.call.facts import CASE_FACTS, FACTS, LANGUAGE, NAMED_FACTS, TAKEN_FACTS, stored_elsewhere
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.lint.paths import not_built
from ivr.service.calls.turn_facts import CallHeader, TurnFacts

SMALL = Path(__file__).parents[2] / "docs" / "small"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("fact", sorted(NAMED_FACTS - {LANGUAGE} - not_built.FACTS.keys()))
def test_a_fact_is_known_in_an_ordinary_call(fact: str) -> None:
    release = compile_release(parse(read_files(str(SMALL))))
    header = CallHeader(number=7, started=NOW, customer="+8613800138000", line="+862155500000")
    facts = TurnFacts(release, NOW, header, stored=lambda name: "on record" if stored_elsewhere(name) else None)

    case = "case.taken." if fact in TAKEN_FACTS else "case.complaint."
    assert facts.get(fact.replace("case.", case) if fact in CASE_FACTS else fact) is not None


def test_lint_says_of_each_fact_that_nobody_answers_what_to_do_instead() -> None:
    assert set(not_built.FACTS) == {fact.name for fact in FACTS if fact.source == "nobody"}
