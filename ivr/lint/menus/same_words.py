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
from ivr.speech.net import Net, net
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
        for word, means in ((each, means) for each in words.words for means in each.net.means()):
            key, other = keys[word.name], taken.setdefault(means, word.name)
            if means in shortcuts and not word.urgent:
                message = Message("lint.same-words.shortcut", word=means, key=shortcuts[means], name=word.name)
            elif other != word.name:
                message = Message("lint.same-words.choices", word=means, first=other, second=word.name)
            else:
                continue
            if (key, means) not in reported:
                reported.add((key, means))
                path = ("choices", key, *_word_path(choices[key], tag, word.net))
                problem = Problem("same-words", message, Message("lint.same-words.hint"), "warning")
                yield context.at(flow, step, problem, path=path)


def _keys_by_name(context: LintContext, menu: MenuAt, offered: Mapping[str, str]) -> dict[str, str]:
    """The key, as written, of each choice that is offered in a language, by the choice's name."""
    exits = context.exits_by_key(menu.flow, menu.step)
    return {name: key for key, name in exits.items() if offered.get(pressed_key(key)) == name}


def _shortcut_words(context: LintContext, tag: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The words of the shortcuts that hold in a menu, each with its key."""
    for key in context.release.shortcut_keys(every=data.get("shortcuts") != "no"):
        for word in context.release.shortcuts[key].words.get(tag, ()):
            yield from ((means, key) for means in net(word).means())


def _word_path(choice: Mapping[str, Any], tag: str, word: Net) -> SourcePath:
    """Where a word of a choice stands, inside the choice."""
    words: Mapping[str, Sequence[str]] | Sequence[str] = choice.get("words", {})
    if isinstance(words, Mapping):
        places: list[tuple[SourcePath, str]] = [(("words", tag, n), said) for n, said in enumerate(words.get(tag, ()))]
    else:
        places = [(("words", n), said) for n, said in enumerate(words)]
    places.append((("label", tag), choice.get("label", {}).get(tag, "")))
    return next((path for path, said in places if said == word.written), ())


RULE = Rule(
    codes=("same-words",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="leave it to one of them.",
)  # fmt: skip
