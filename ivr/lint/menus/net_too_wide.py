"""`net-too-wide`: a word or net catches what is said for another choice.

A caller who says the name of that choice, or one of its words, is led elsewhere. Where several fit, that which covers
more of what was said wins; but urgent choices come before the shortcuts, and these before all other choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from ivr.call.keys import pressed_key
from ivr.engine.shortcuts import shortcut_words
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import MenuAt, menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.speech.understanding import Shortcuts, understand
from ivr.speech.understood import Understood
from ivr.speech.words import Words

MOST_OF_A_NET = 12
"""Utterances that a net is tried with."""
FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 信用卡, en-US: credit cards}, words: {zh-CN: [卡 + 挂失], en-US: [card* + lost]}, next: goodbye}
    2: {label: {zh-CN: 挂失, en-US: a lost card}, words: {zh-CN: [卡挂失], en-US: [lost my card]}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 信用卡, en-US: credit cards}, words: {zh-CN: [办卡], en-US: [card* - lost]}, next: goodbye}
    2: {label: {zh-CN: 挂失, en-US: a lost card}, words: {zh-CN: [卡挂失], en-US: [lost my card]}, next: goodbye}
"""


class _Said(NamedTuple):
    """Something that may be said for a choice, and what is understood instead."""

    text: str
    choice: str
    instead: Understood


def check(context: LintContext) -> Iterable[Finding]:
    """What may be said for each choice, and beside urgent choices for each shortcut, at every menu."""
    for menu in menus_of(context):
        reported = set()
        for tag in context.languages:
            for said in _led_elsewhere(context, menu, tag):
                place = (said.choice, said.instead.name, said.instead.caught)
                if place not in reported:
                    reported.add(place)
                    yield _finding(context, menu, said)


def _led_elsewhere(context: LintContext, menu: MenuAt, tag: str) -> Iterator[_Said]:
    declared = context.release.flows[menu.flow].steps[menu.step].declared
    listening, choosing = declared.listening, declared.choices["asked"]
    assert listening is not None
    asked = choosing.asked(tag)
    words = shortcut_words(context.release, listening, tag)
    shortcuts = Shortcuts((), words)
    own = set(_phrases(asked.words))
    for mine, all_of in ((asked.words, True), (words, False)):
        for text, name in _phrases(mine):
            found = understand(text, None, asked, shortcuts)
            right = found.name == name and (found.outcome == "choice") == all_of
            if right or not found.name or not found.caught or (text, found.name) in own:
                continue  # one word of two choices is reported as such
            if all_of or found.outcome == "choice":
                yield _Said(text, name, found)


def _phrases(words: Words) -> Iterator[tuple[str, str]]:
    for word in words.words:
        for text in islice(word.net.utterances(), None if len(word.net.parts) == 1 else MOST_OF_A_NET):
            if word.name in words.meant(text) or len(word.net.parts) == 1:
                yield text, word.name


def _finding(context: LintContext, menu: MenuAt, said: _Said) -> Finding:
    word, name, other = said.instead.caught, said.choice, said.instead.name
    if said.instead.outcome == "shortcut":
        message = Message("lint.net-too-wide.shortcut", word=word, said=said.text, name=name, other=other)
    else:
        message = Message("lint.net-too-wide.choice", word=word, said=said.text, name=name, other=other)
    problem = Problem("net-too-wide", message, Message("lint.net-too-wide.hint"), "warning")
    return context.at(menu.flow, menu.step, problem, path=_path(context, menu, said))


def _path(context: LintContext, menu: MenuAt, said: _Said) -> SourcePath:
    """Where the word that catches too much stands, else the choice that loses by it."""
    if said.instead.outcome == "choice":
        for key, choice in menu.choices.items():
            for tag, words in _by_language(choice).items():
                if said.instead.caught in words:
                    return ("choices", key, "words", *([tag] if tag else []), words.index(said.instead.caught))
    names = {name: key for key, name in context.exits_by_key(menu.flow, menu.step).items()}
    key = names.get(said.choice) or next((k for k in menu.choices if pressed_key(k) == said.choice), "")
    return ("choices", key) if key else ("choices",)


def _by_language(choice: Mapping[str, Any]) -> Mapping[str, list[str]]:
    words = choice.get("words", {})
    return words if isinstance(words, Mapping) else {"": list(words)}


RULE = Rule(
    codes=("net-too-wide",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="make it narrower: add a part with +, or what must not be said with -.",
)  # fmt: skip
