"""Every fact a flow may name is answered in a real call, or lint says that it is not built yet."""

from __future__ import annotations

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ivr.call.value_names import CASE_FACTS, FACTS, LANGUAGE

from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.lint.paths import not_built
from ivr.service.calls.turn_facts import TurnFacts

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


def from_the_store() -> set[str]:
    """The facts the store is asked for."""
    tree = ast.parse((ROOT / "ivr" / "service" / "calls" / "answer.py").read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in FACTS}


@pytest.mark.parametrize("fact", sorted(FACTS - {LANGUAGE} - not_built.FACTS.keys()))
def test_a_fact_is_known_in_an_ordinary_call(fact: str) -> None:
    release = compile_release(parse(read_files(str(ROOT / "docs" / "small"))))
    facts = TurnFacts(
        release, NOW, started=NOW, number=7, caller="+8613800138000",
        more=lambda name: "known" if name in from_the_store() else None,
    )  # fmt: skip

    assert facts.get(fact.replace("case.", "case.complaint.") if fact in CASE_FACTS else fact) is not None


def test_what_is_not_built_is_a_fact_that_a_flow_may_have_named_and_nothing_answers() -> None:
    assert not_built.FACTS.keys() <= FACTS
    assert not not_built.FACTS.keys() & from_the_store()
