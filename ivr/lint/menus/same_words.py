"""`same-words`: one word stands for two choices, for a choice and a shortcut, or for yes and no.

It chooses neither (or the shortcut), so a caller who speaks is asked again. The keys work all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ivr.call.keys import pressed_key
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import MenuAt, menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.steps.spoken import fold

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 理财, en-US: savings}, words: {en-US: [money]}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, words: {en-US: [money, operator]}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 理财, en-US: savings}, words: {en-US: [money]}, next: goodbye}
    2: {label: {zh-CN: 贷款, en-US: loans}, words: {en-US: [credit]}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Words within each menu and beside the shortcuts, and the words for yes and no of each language."""
    for menu in menus_of(context):
        yield from _in_menu(context, menu)
    for tag, language in context.hotline.languages.items():
        for n, word in enumerate(language.no):
            if fold(word) in map(fold, language.yes):
                message = Message("lint.same-words.yes-no", word=word)
                problem = Problem("same-words", message, Message("lint.same-words.yes-no-hint"), "warning")
                yield context.source.finding(("languages", tag, "no", n), problem)


def _in_menu(context: LintContext, menu: MenuAt) -> Iterator[Finding]:
    flow, step, data, choices = menu
    choosing = context.release.flows[flow].steps[step].declared.choices["asked"]
    reported = set()
    for tag, words in choosing.words.items():
        shortcuts, taken = dict(_shortcut_words(context, tag, data)), dict[str, str]()
        keys = _keys_by_name(context, menu, choosing.keys[tag])
        for word, name in words:
            key, other = keys[name], taken.setdefault(word, name)
            if word in shortcuts:
                message = Message("lint.same-words.shortcut", word=word, key=shortcuts[word], name=name)
            elif other != name:
                message = Message("lint.same-words.choices", word=word, first=other, second=name)
            else:
                continue
            if (key, word) not in reported:
                reported.add((key, word))
                path = ("choices", key, *_word_path(choices[key], tag, word))
                problem = Problem("same-words", message, Message("lint.same-words.hint"), "warning")
                yield context.at(flow, step, problem, path=path)


def _keys_by_name(context: LintContext, menu: MenuAt, offered: Mapping[str, str]) -> dict[str, str]:
    """The key, as written, of each choice that is offered in a language, by the choice's name."""
    exits = context.exits_by_key(menu.flow, menu.step)
    return {name: key for key, name in exits.items() if offered.get(pressed_key(key)) == name}


def _shortcut_words(context: LintContext, tag: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The words of the shortcuts that hold in a menu, each with its key."""
    for key in context.release.shortcut_keys(every=data.get("shortcuts") != "no"):
        yield from ((word, key) for word, _ in context.release.shortcuts[key].words.get(tag, ()))


def _word_path(choice: Mapping[str, Any], tag: str, word: str) -> SourcePath:
    """Where a word of a choice stands, inside the choice."""
    words: Mapping[str, Sequence[str]] | Sequence[str] = choice.get("words", {})
    if isinstance(words, Mapping):
        places: list[tuple[SourcePath, str]] = [(("words", tag, n), said) for n, said in enumerate(words.get(tag, ()))]
    else:
        places = [(("words", n), said) for n, said in enumerate(words)]
    places.append((("label", tag), choice.get("label", {}).get(tag, "")))
    return next((path for path, said in places if fold(said) == word), ())


RULE = Rule(
    codes=("same-words",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="leave it to one of them.",
)  # fmt: skip
