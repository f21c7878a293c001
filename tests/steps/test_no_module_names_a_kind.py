"""No module outside ivr/steps knows a kind of step by name: what a tool asks of a kind, the kind itself says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.steps.kinds import KINDS

IVR = Path(__file__).parents[2] / "ivr"
OUTSIDE = sorted(
    file for file in IVR.rglob("*.py") if file.relative_to(IVR).parts[0] not in ("steps", "importers", "carrier")
)
ONLY_KINDS = frozenset({"menu", "collect", "branch"})
"""Words that mean nothing but a kind of step: `record`, `case` and others are also words of fixtures and calls."""


def named_kinds(code: str) -> Iterator[str]:
    """Each place of a module that knows a kind of step."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                parts = module.removeprefix("ivr.steps").strip(".")
                if module.startswith("ivr.steps") and (parts in KINDS or any(name.name in KINDS for name in names)):
                    yield f"line {node.lineno} imports a kind"
            case ast.Compare(left=ast.Attribute(attr="kind"), comparators=comparators):
                if any(isinstance(each, ast.Constant) and each.value in KINDS for each in comparators):
                    yield f"line {node.lineno} compares a kind"
            case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
                words = [each.value for each in elements if isinstance(each, ast.Constant)]
                if len(words) > 1 and len(words) == len(elements) and set(words) <= set(KINDS):
                    yield f"line {node.lineno} lists kinds"
            case ast.Constant(value=str(word)) if word in ONLY_KINDS:
                yield f"line {node.lineno} names the kind {word}"


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: str(file.relative_to(IVR)))
def test_a_module_outside_steps_names_no_kind(file: Path) -> None:
    assert list(named_kinds(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "from ivr.steps.menu import MenuFields",
        "from ivr.steps import collect",
        'step.kind == "case"',
        'found = step.kind in {"say", "hours"}',
        'data.get("menu")',
    ],
)
def test_each_way_of_naming_a_kind_is_noticed(code: str) -> None:
    assert len(list(named_kinds(code))) == 1
