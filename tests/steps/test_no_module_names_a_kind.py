"""No module outside ivr/steps knows a kind of step by name: what a tool asks of a kind, the kind itself says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.steps.kinds import KINDS

IVR = Path(__file__).parents[2] / "ivr"
OUTSIDE = sorted(file for file in IVR.rglob("*.py") if file.relative_to(IVR).parts[0] not in ("steps", "importers"))
ONLY_KINDS = frozenset({"menu", "collect", "branch"})
"""Words that mean nothing but a kind of step: `record`, `case` and others are also words of fixtures and calls."""
ELSEWHERE = {("case/moves.py", "branch"), ("case/case_words.py", "branch")}
"""Where such a word means something else all the same: the customer is told at a branch of the bank."""
STEPS = ("step", "asked", "fields")
"""Names under which modules hold a step or its fields."""


def named_kinds(code: str) -> Iterator[str]:
    """Each place of a module that knows a kind of step."""
    for node in ast.walk(ast.parse(code)):
        yield from compared(node)
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                parts = module.removeprefix("ivr.steps").strip(".")
                if module.startswith("ivr.steps") and (parts in KINDS or any(name.name in KINDS for name in names)):
                    yield f"line {node.lineno} imports a kind"
            case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
                yield from listed(node.lineno, elements)
            case ast.Dict(keys=keys):
                yield from listed(node.lineno, [key for key in keys if key is not None])
            case ast.Subscript(value=ast.Name(id="KINDS"), slice=ast.Constant()):
                yield f"line {node.lineno} looks a kind up"
            case ast.Call(func=ast.Name(id="getattr" | "hasattr"), args=[thing, ast.Constant(), *_]):
                if held_as(thing) == "step":
                    yield f"line {node.lineno} looks for an attribute that some kinds have"
            case ast.Constant(value=str(word)) if word in ONLY_KINDS:
                yield f"line {node.lineno} names the kind {word}"


def compared(node: ast.AST) -> Iterator[str]:
    """A comparison of a step's kind with a kind's name, on either side, or a `match` on it."""
    match node:
        case ast.Compare(left=left, comparators=comparators):
            sides = [left, *comparators]
            if any(map(is_kind, sides)) and any(words(side) & KINDS.keys() for side in sides):
                yield f"line {node.lineno} compares a kind"
        case ast.Match(subject=subject, cases=cases) if is_kind(subject):
            if any(words(case.pattern) & KINDS.keys() for case in cases):
                yield f"line {node.lineno} matches a kind"


def is_kind(node: ast.expr) -> bool:
    """Whether an expression is the kind of a step, or its name."""
    match node:
        case ast.Call(func=ast.Name(id="str"), args=[inner]):
            return is_kind(inner)
        case ast.Attribute(attr="name", value=inner):
            return is_kind(inner)
        case ast.Attribute(attr="kind", value=value):
            return held_as(value) in STEPS
    return False


def held_as(node: ast.expr) -> str:
    """The name an expression ends with: `step` of `self.step`."""
    return str(getattr(node, "id", getattr(node, "attr", "")))


def words(node: ast.AST) -> set[str]:
    """The texts in an expression or a pattern."""
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def listed(line: int, elements: list[ast.expr]) -> Iterator[str]:
    """A list, set or mapping of nothing but kinds."""
    named = [each.value for each in elements if isinstance(each, ast.Constant)]
    if len(named) > 1 and len(named) == len(elements) and set(named) <= KINDS.keys():
        yield f"line {line} lists kinds"


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: str(file.relative_to(IVR)))
def test_a_module_outside_steps_names_no_kind(file: Path) -> None:
    found = list(named_kinds(file.read_text(encoding="utf-8")))
    where = str(file.relative_to(IVR))
    allowed = {word for name, word in ELSEWHERE if name == where}
    assert [each for each in found if each.rpartition("names the kind ")[2] not in allowed] == []


@pytest.mark.parametrize(
    "code",
    [
        "from ivr.steps.menu import MenuFields",
        "from ivr.steps import collect",
        'step.kind == "case"',
        'step.kind.name == "case"',
        '"transfer" == step.kind.name',
        'str(step.kind) == "transfer"',
        'step.kind.name in ("say", other)',
        'match step.kind.name:\n    case "record":\n        pass',
        'found = {"say", "hours"}',
        'found = {"say": 1, "transfer": 2}',
        'KINDS["record"]',
        'hasattr(self.step, "listening")',
        'getattr(step, "offers", {})',
        'data.get("menu")',
    ],
)
def test_each_way_of_naming_a_kind_is_noticed(code: str) -> None:
    assert len(list(named_kinds(code))) == 1
