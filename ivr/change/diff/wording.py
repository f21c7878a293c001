"""How parts of a flow are called in sentences for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import commonprefix
from typing import Any

from ivr.change.diff.plain import Plain

Leaf = tuple[tuple[str, ...], Any, Any]
KINDS: Mapping[str, str] = {
    "yes_no": "yes/no question", "collect": "entry", "record": "voice message", "language": "language question",
    "set": "setting of values", "hangup": "last words",
}  # fmt: skip
EXITS: Mapping[str, str] = {
    "next": "it", "yes": '"yes"', "no": '"no"', "no_input": "silence", "no_match": "not being understood",
    "answered": "an answered call", "busy": "a busy desk", "no_answer": "a desk that does not answer",
    "failed": "a call that fails", "closed": "a closed desk", "open": "open", "holiday": "a holiday",
}  # fmt: skip
LONGEST = 80


def kind(name: str) -> str:
    """What a kind of step is called."""
    return KINDS.get(name, name)


def step(kind_: str, name: str) -> str:
    """A step by its kind and name."""
    return f'{kind(kind_)} "{name}"'


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


def exit(name: str, choices: Mapping[str, Plain] | None = None) -> str:
    """What makes a caller leave by this exit."""
    if choices and name in choices:
        return choice(name, choices[name])
    return EXITS.get(name, f'the outcome "{name}"')


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


def value(shown: Any) -> str:
    """Any value of a file, on one line."""
    if shown is None:
        return "nothing"
    if isinstance(shown, dict):
        return ", ".join(f"{name}: {value(inner)}" for name, inner in shown.items())
    if isinstance(shown, list):
        return ", ".join(map(value, shown))
    text = str(shown)
    return f'"{text}"'


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
    """Every place where two trees differ, by its path. A list is a leaf; its order matters where it is said in it."""
    if isinstance(before, dict) or isinstance(after, dict):
        old = before if isinstance(before, dict) else {}
        new = after if isinstance(after, dict) else {}
        if not isinstance(before, dict | None) or not isinstance(after, dict | None):
            yield path, before, after  # a text became a mapping: told as one thing
            return
        for name in dict.fromkeys([*old, *new]):
            yield from leaves(old.get(name), new.get(name), (*path, name))
    elif _ordered(before, path) != _ordered(after, path):
        yield path, before, after


def _ordered(leaf: Plain, path: tuple[str, ...]) -> Plain:
    return sorted(map(str, leaf)) if isinstance(leaf, list) and path[-1:] != ("say",) else leaf
