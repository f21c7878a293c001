"""The security page names tests that exist, and leaves no attack and no requirement without one."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("file", "test"), NAMED, ids="::".join)
def test_a_test_that_the_page_names_exists(file: str, test: str) -> None:
    assert test.startswith("test_") and test in functions_of(file)


@pytest.mark.parametrize("heading", ["Faults and attacks", "ASVS 5.0", "Who, what they hold"])
def test_each_row_names_a_test_or_says_that_it_does_not_apply_yet(heading: str) -> None:
    section = PAGE.split(f"## {heading}")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ")][1:]

    assert len(rows) > 10
    assert [row for row in rows if "tests/" not in row and "does not apply yet" not in row] == []


def test_every_path_to_a_test_names_one_test() -> None:
    assert re.findall(r"`(tests/[^`]*)`", PAGE) == [f"{file}::{test}" for file, test in _in_order()]


def _in_order() -> list[tuple[str, str]]:
    return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
