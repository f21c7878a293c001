"""`word-beats-word`: a word or net catches a word of another choice, or an urgent one what is said for a shortcut.

A caller who says that word is led elsewhere. Where several fit, that which covers
more of what was said wins; but urgent choices come before the shortcuts, and these before all other choices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
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
from ivr.speech.net import fold_words
from ivr.speech.understanding import Shortcuts, understand
from ivr.speech.understood import Understood
from ivr.speech.words import Words

MOST_OF_A_NET = 12
"""Utterances that a net is tried with."""
FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: theft}, urgent: yes, words: {zh-CN: [卡/存折], en-US: [card/wallet]}, next: goodbye}
    2: {label: {zh-CN: 开户, en-US: accounts}, words: {zh-CN: [办卡], en-US: [new card]}, next: goodbye}
"""
PASSES = FAILS.replace("[卡/存折]", "[卡/存折 + 丢/被偷]").replace("[card/wallet]", "[card/wallet + lost/stolen]")


Phrases = Callable[[Words], list[tuple[str, str]]]
"""What may be said for each of some words, with the name of what it is for."""


class _Said(NamedTuple):
    """Something that may be said for a choice, and what is understood instead."""

    text: str
    choice: str
    instead: Understood


def check(context: LintContext) -> Iterable[Finding]:
    """What may be said for each choice, and beside urgent choices for each shortcut, at every menu."""
    phrases = cache(_phrases)  # the shortcuts' words are those of every menu
    for menu in menus_of(context):
        reported = set()
        for tag in context.languages:
            for said in _led_elsewhere(context, menu, tag, phrases):
                place = (said.choice, said.instead.name, said.instead.caught)
                if place not in reported:
                    reported.add(place)
                    yield _finding(context, menu, said)


def _led_elsewhere(context: LintContext, menu: MenuAt, tag: str, phrases: Phrases) -> Iterator[_Said]:
    declared = context.release.flows[menu.flow].steps[menu.step].declared
    listening, choosing = declared.listening, declared.choices["asked"]
    assert listening is not None
    asked = choosing.asked(tag)
    words = shortcut_words(context.release, listening, tag)
    shortcuts = Shortcuts((), words)
    own = set(phrases(asked.words))
    names = {fold_words(choice.get("label", {}).get(tag, "")) for choice in menu.choices.values()}
    for mine, all_of in ((asked.words, True), (words, False)):
        for text, name in phrases(mine):
            found = understand(text, None, asked, shortcuts)
            right = found.name == name and (found.outcome == "choice") == all_of
            if right or not found.name or not found.caught or (text, found.name) in own or (all_of and text in names):
                continue  # rules of their own: one word of two choices, the name of a choice
            if all_of or found.outcome == "choice":
                yield _Said(text, name, found)


def _phrases(words: Words) -> list[tuple[str, str]]:
    found = []
    for word in words.words:
        alone = len(word.net.parts) == 1
        for text in islice(word.net.utterances(), None if alone else MOST_OF_A_NET):
            if alone or word.name in words.meant(text):
                found.append((text, word.name))
    return found


def _finding(context: LintContext, menu: MenuAt, said: _Said) -> Finding:
    word, name, other = said.instead.caught, said.choice, said.instead.name
    if said.instead.outcome == "shortcut":
        message = Message("lint.word-beats-word.shortcut", word=word, said=said.text, name=name, other=other)
    else:
        message = Message("lint.word-beats-word.choice", word=word, said=said.text, name=name, other=other)
    problem = Problem("word-beats-word", message, Message("lint.word-beats-word.hint"), "warning")
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
    codes=("word-beats-word",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="make it narrower: add a part with +, or what must not be said with -.",
)  # fmt: skip
