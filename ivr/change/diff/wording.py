"""How parts of a flow are called in sentences for people who do not read YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import commonprefix
from typing import Any

from ivr.change.diff.plain import Plain
from ivr.messages.message import Message
from ivr.steps.kind import exit_words
from ivr.steps.kinds import KINDS

Leaf = tuple[tuple[str, ...], Any, Any]
"""A path, with what is there before and after."""
LONGEST = 80
"""Width of a quoted text, in characters."""
TESTS = {"at_least": "diff.test.at-least", "at_most": "diff.test.at-most", "starts_with": "diff.test.starts-with"}
AFTER = {"no_input": "diff.after.no-input", "no_match": "diff.after.no-match", "unclear": "diff.after.unclear"}
"""After what a question is asked again."""


def kind(name: str) -> Message:
    """A kind of step as people call it."""
    return Message(KINDS[name].kind.called)


def step(kind_: str, name: str) -> Message:
    """A step by its kind and name."""
    return Message("diff.step.named", kind=kind(kind_), name=name)


def leaving(kind_: str, exit: str) -> Message:
    """What makes a caller leave a step of a kind by this exit."""
    words = exit_words(KINDS[kind_].kind, exit)
    return Message(words.leaving) if words else Message("diff.step.outcome", exit=exit)


def target(text: Any, flow: str = "") -> Message:
    """Where an exit leads; for readers who are not in its flow, the `flow` is named."""
    words = str(text).split()
    match words:
        case ["return"]:
            return Message("diff.target.end-of", flow=flow) if flow else Message("diff.target.end")
        case ["return", word]:
            if flow:
                return Message("diff.target.end-of-with", flow=flow, word=word)
            return Message("diff.target.end-with", word=word)
        case ["flow", name]:
            return Message("diff.target.flow", name=name)
        case ["repeat"]:
            return Message("diff.target.repeat")
        case ["back"]:
            return Message("diff.target.back")
        case ["goodbye"]:
            return Message("diff.target.goodbye")
    return step_of(str(text), flow) if flow else Message("diff.target.step", name=text)


def step_of(name: str, flow: str) -> Message:
    """A step by its name and its flow's."""
    return Message("diff.target.step-of", name=name, flow=flow)


def choice(name: str, about: Mapping[str, Plain]) -> Message:
    """A choice by its key and its name."""
    return Message("diff.choice.named", key=about["key"], name=name)


def seconds(text: Any) -> Message:
    """A time as a person says it."""
    number = float(text)
    if number >= 3600 and number % 3600 == 0:
        return Message("diff.time.hours", n=f"{number / 3600:g}")
    if number >= 60 and number % 60 == 0:
        return Message("diff.time.minutes", n=f"{number / 60:g}")
    return Message("diff.time.seconds", n=f"{number:g}")


def times(count: str) -> Message:
    """How often, in a word."""
    if count in ("1", "2"):
        return Message("diff.times.once") if count == "1" else Message("diff.times.twice")
    return Message("diff.times.more", n=count)


def text(shown: Any) -> str:
    """A value as the `before` or `after` of a change; empty where there is none."""
    return "" if shown is None else shown if isinstance(shown, str) else str(value(shown))


def value(shown: Any) -> Message:
    """Any value of a file, on one line."""
    if shown is None:
        return Message("diff.value.nothing")
    if isinstance(shown, dict):
        pairs = (Message("diff.value.pair", name=name, value=value(inner)) for name, inner in shown.items())
        return Message("diff.value.all", each=tuple(pairs))
    if isinstance(shown, list):
        return Message("diff.value.all", each=tuple(map(value, shown)))
    return Message("diff.value.text", text=shown)


def condition(when: Plain) -> Message:
    """A condition in words; without any test it is what is left when the others do not hold."""
    tests = tuple(_test(name, test) for name, test in when.items())
    return Message("diff.test.all", tests=tests) if tests else Message("diff.test.none")


def _test(name: str, test: Plain) -> Message:
    if isinstance(test, list):
        return Message("diff.test.one-of", name=name, words=tuple(test))
    if not isinstance(test, dict):
        return Message("diff.test.is", name=name, word=test)
    ((word, bound),) = test.items()
    match word:
        case "known":
            return Message("diff.test.known" if bound == "yes" else "diff.test.unknown", name=name)
        case "not":
            return Message("diff.test.not", test=_test(name, bound))
    return Message(TESTS[word], name=name, bound=bound)


def side_by_side(before: str, after: str, longest: int = LONGEST) -> tuple[str, str]:
    """Two texts cut to a line each, where they first differ."""
    same = len(commonprefix([before, after]))
    start = 0 if max(len(before), len(after)) <= longest else max(0, same - longest // 3)
    return _cut(before, start, longest), _cut(after, start, longest)


def _cut(text: str, start: int, longest: int) -> str:
    cut = text[start:]
    cut = cut if len(cut) <= longest else cut[: longest - 1] + "…"
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
