"""No pattern of ours can be made slow by a text: none repeats without a bound what itself repeats without one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from ivr.flow.hotline import FlowFields, HotlineFields
from ivr.replay.fixture import FixtureFields
from ivr.steps.kinds import KINDS

ROOT = Path(__file__).parents[1]
CALLS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
parser: Any = re._parser  # type: ignore[attr-defined]
OWN_FILES = {"ivr/replay/pytest_plugin.py": "reads the fixtures that somebody is about to run, and no caller's words"}
ENDLESS = int(parser.MAXREPEAT)


def patterns() -> Iterator[tuple[str, str]]:
    """Every pattern that is written out in the code, with its place. Parts that are filled in stand for one letter."""
    files = {str(file.relative_to(ROOT)): file for file in [*(ROOT / "ivr").rglob("*.py"), ROOT / "webhooks.py"]}
    for file in (file for name, file in files.items() if name not in OWN_FILES):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
                if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args:
                    if (written := _written(node.args[0])) is not None:
                        yield f"{file.relative_to(ROOT)}:{node.lineno}", written


def _written(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
    return None


def repeats(tree: Any, around: Any = None) -> Iterator[str]:
    """The repeats without a bound that stand inside another one, and could take over from it at any character."""
    for name, about in tree:
        if name in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            _, most, body = about
            endless = int(most) == ENDLESS
            if around is not None and endless and not _kept_apart(around, body):
                yield str(body)
            yield from repeats(body, body if endless else around)
        elif name is parser.SUBPATTERN:
            yield from repeats(about[-1], around)
        elif name is parser.BRANCH:
            for branch in about[1]:
                yield from repeats(branch, around)


def _kept_apart(around: Any, inner: Any) -> bool:
    """Whether what is repeated begins or ends with a sign that its own repeat cannot take: there is one way to read."""
    one = re._compiler.compile(inner)  # type: ignore[attr-defined]
    ends = [signs for signs in map(_signs, _ends(around)) if signs]
    return any(not any(one.fullmatch(sign) for sign in signs) for signs in ends)


def _ends(around: Any) -> Iterator[Any]:
    items = list(around)
    while len(items) == 1 and items[0][0] is parser.SUBPATTERN:
        items = list(items[0][1][-1])
    yield from (items[0], items[-1])


def _signs(item: Any) -> list[str]:
    """The signs an item can be, where it is one of a few and must be there."""
    name, about = item
    if name is parser.LITERAL:
        return [chr(about)]
    if name is parser.IN and all(kind in (parser.LITERAL, parser.RANGE) for kind, _ in about):
        spans = [(code, code) if kind is parser.LITERAL else code for kind, code in about]
        return [chr(code) for low, high in spans for code in range(low, min(high, low + 200) + 1)]
    return []


def test_there_are_patterns_to_look_at() -> None:
    assert len(list(patterns())) > 30


@pytest.mark.parametrize(("place", "pattern"), list(patterns()), ids=lambda text: str(text)[:60])
def test_no_pattern_of_ours_repeats_a_repeat_without_a_bound(place: str, pattern: str) -> None:
    assert list(repeats(parser.parse(pattern))) == [], f"{place}: {pattern}"


def test_the_check_sees_what_it_looks_for() -> None:
    for slow in ("(a+)+$", "(?:a*)*b", "((ab)*c?)+", "(x+|y)*z", "(-*a*)*", "([a.]+[.])*"):
        assert list(repeats(parser.parse(slow))), slow
    for fine in ("a+b+", "(?:ab){1,4}", "[a-z]+", "(a+)?", "([a-z]+[.])*", "(?:- +)*x"):
        assert not list(repeats(parser.parse(fine))), fine


def test_an_author_writes_no_patterns() -> None:
    """The flow language has none: a word of a caller is compared, never matched by something an author has written."""
    models: set[type[BaseModel]] = {HotlineFields, FlowFields, FixtureFields, *KINDS.values()}
    names = {name for model in models for name in model.model_fields}
    assert not {name for name in names if "pattern" in name or "regex" in name or "match" in name} - {"no_match"}
