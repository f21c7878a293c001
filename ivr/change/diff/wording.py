"""How parts of a flow are called in sentences for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import commonprefix
from typing import Any

from ivr.change.diff.plain import Plain
from ivr.steps.kind import exit_words
from ivr.steps.kinds import KINDS

Leaf = tuple[tuple[str, ...], Any, Any]
"""A path, with what is there before and after."""
LONGEST = 80
"""Width of a quoted text, in characters."""


def kind(name: str) -> str:
    """A kind of step as people call it."""
    return KINDS[name].kind.called or name


def step(kind_: str, name: str) -> str:
    """A step by its kind and name."""
    return f'{kind(kind_)} "{name}"'


def leaving(kind_: str, exit: str) -> str:
    """What makes a caller leave a step of a kind by this exit."""
    words = exit_words(KINDS[kind_].kind, exit)
    return words.leaving if words else f'the outcome "{exit}"'


def target(text: Any) -> str:
    """Where an exit leads."""
    words = str(text).split()
    match words:
        case ["return"]:
            return "the end of this flow"
        case ["return", word]:
            return f'the end of this flow, with "{word}"'
        case ["flow", name]:
            return f'the flow "{name}"'
        case ["repeat"]:
            return "hearing this again"
        case ["back"]:
            return "the question before"
        case ["goodbye"]:
            return "the goodbye and the end of the call"
    return f'"{text}"'


def choice(name: str, about: Mapping[str, Plain]) -> str:
    """A choice by its key and its name."""
    return f'key {about["key"]} ("{name}")'


def seconds(text: Any) -> str:
    """A time as a person says it."""
    number = float(text)
    for size, unit in ((3600, "h"), (60, "min")):
        if number >= size and number % size == 0:
            return f"{number / size:g} {unit}"
    return f"{number:g} s"


def times(count: str) -> str:
    """How often, in a word."""
    return {"1": "once", "2": "twice"}.get(count, f"{count} times")


def text(shown: Any) -> str:
    """A value as the `before` or `after` of a change; empty where there is none."""
    return "" if shown is None else shown if isinstance(shown, str) else value(shown)


def value(shown: Any) -> str:
    """Any value of a file, on one line."""
    if shown is None:
        return "nothing"
    if isinstance(shown, dict):
        return ", ".join(f"{name}: {value(inner)}" for name, inner in shown.items())
    if isinstance(shown, list):
        return ", ".join(map(value, shown))
    return f'"{shown}"'


def condition(when: Plain) -> str:
    """A condition in words."""
    return " and ".join(f"{name} {_test(test)}" for name, test in when.items()) or "nothing of this holds"


def _test(test: Plain) -> str:
    if isinstance(test, list):
        return f"is one of {', '.join(test)}"
    if not isinstance(test, dict):
        return f"is {test}"
    ((word, bound),) = test.items()
    match word:
        case "known":
            return "is known" if bound == "yes" else "is not known"
        case "not":
            return f"not ({_test(bound)})"
    return {"at_least": "is at least", "at_most": "is at most"}.get(word, "begins with") + f" {bound}"


def side_by_side(before: str, after: str) -> tuple[str, str]:
    """Two texts cut to a line each, where they first differ."""
    same = len(commonprefix([before, after]))
    start = 0 if max(len(before), len(after)) <= LONGEST else max(0, same - LONGEST // 3)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    cut = text[start:]
    cut = cut if len(cut) <= LONGEST else cut[: LONGEST - 1] + "…"
    return f"…{cut}" if start else cut


def leaves(before: Plain, after: Plain, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every leaf where two trees differ. A list is a leaf; its order counts only where it is spoken in that order."""
    if isinstance(before, dict) or isinstance(after, dict):
        old = before if isinstance(before, dict) else {}
        new = after if isinstance(after, dict) else {}
        if not isinstance(before, dict | None) or not isinstance(after, dict | None):
            yield path, before, after  # a text became a mapping: one change
            return
        for name in dict.fromkeys([*old, *new]):
            yield from leaves(old.get(name), new.get(name), (*path, name))
    elif _ordered(before, path) != _ordered(after, path):
        yield path, before, after


def _ordered(leaf: Plain, path: tuple[str, ...]) -> Plain:
    return sorted(map(str, leaf)) if isinstance(leaf, list) and path[-1:] not in (("say",), ("unclear",)) else leaf
