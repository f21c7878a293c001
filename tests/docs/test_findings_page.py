"""docs/findings.md has every code lint can give beside its rules, and each of its examples is found as it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from small_flows import DOCS, ROOT, Block, blocks, findings

from ivr.case.clock import CLOCKS, WITHOUT_HOURS
from ivr.lint.table import RULES

PAGE = DOCS / "findings.md"
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+\Z")
IN_DOCSTRING = re.compile(r"`([a-z]+(?:-[a-z0-9]+)+)`")
NO_CODES = {*CLOCKS, WITHOUT_HOURS, "utf-8-sig", "stand-alone", "non-stop", "topic-lonely"}
"""Words that look like codes; `ivr lint --verbose` prints the last one as a note, without it."""
NOTING = {"note", "here", "at_opened", "Advice", "Problem"}
"""Calls whose first argument is a code, so that codes of one word are found too."""


def codes_in_the_program() -> set[str]:
    found: set[str] = set()
    for room in ("source", "flow", "lint", "steps"):
        for file in (ROOT / "ivr" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                found.update(_codes(node))
    return found - NO_CODES


def _codes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from [node.value] if CODE.match(node.value) else IN_DOCSTRING.findall(node.value)
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        if called in NOTING and isinstance(node.args[0].value, str):
            yield node.args[0].value


def sections() -> dict[int, tuple[list[str], str]]:
    """By the line a section begins on: its codes and how its first sentence begins, which is the severity."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {
        number: (line[4:].split(", "), lines[number]) for number, line in enumerate(lines, 1) if line.startswith("### ")
    }


def of(block: Block) -> tuple[list[str], str]:
    return sections()[max(line for line in sections() if line < block.line)]


def test_every_code_has_its_section() -> None:
    on_the_page = [code for codes, _ in sections().values() for code in codes]

    assert sorted([*on_the_page, *(code for rule in RULES for code in rule.codes)]) == sorted(codes_in_the_program())


@pytest.mark.parametrize("line", list(sections()))
def test_a_section_begins_with_the_severity_and_ends_with_a_fix(line: int) -> None:
    text = PAGE.read_text(encoding="utf-8").split("\n### ")[list(sections()).index(line) + 1]

    assert re.match(r"[^\n]+\n(error|warning)( \([^)]+\))?\. ", text)
    assert "Fix: " in text


@pytest.mark.parametrize("block", [b for b in blocks(PAGE) if b.info != "yaml"], ids=str)
def test_an_example_is_found(block: Block) -> None:
    codes, said = of(block)

    found = findings(block)

    assert {finding.code for finding in found} & set(codes), [str(finding) for finding in found]
    severities = {finding.severity for finding in found if finding.code in codes}
    assert severities == {re.split(r"\W", said)[0]}
