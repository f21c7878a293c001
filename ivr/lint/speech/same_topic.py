"""`same-topic`: two choices of a menu list one topic, or a choice and a shortcut.

What callers say of it fits both equally well, so that they are always asked which, and never led on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ivr.errors import Finding, Problem
from ivr.flow.topics import standing_for
from ivr.lint.context import LintContext
from ivr.lint.menus_of import MenuAt, menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_*], next: goodbye}
    2: {label: {zh-CN: 年费, en-US: fees}, topics: [card_fee, card_lost], next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my card, my card is missing, I cannot find my card]
  card_fee:
    zh-CN: [年费多少钱, 卡要收什么费, 为什么扣我年费]
    en-US: [what does the card cost, is there a yearly fee, why was I charged a fee]
"""
PASSES = FAILS.replace("card_*", "card_lost").replace("[card_fee, card_lost]", "[card_fee]")


def check(context: LintContext) -> Iterable[Finding]:
    """The topics of each menu, by language."""
    if context.topics is None:
        return
    for menu in menus_of(context):
        yield from _in_menu(context, menu, list(context.topics.topics))


def _in_menu(context: LintContext, menu: MenuAt, names: list[str]) -> Iterator[Finding]:
    fields = context.fields(menu.flow, menu.step)
    choices: Mapping[str, object] = getattr(fields, "choices", {})
    taken = dict(_of_shortcuts(context, menu, names)) if _lists_topics(choices) else {}
    for key, choice in choices.items():
        for n, pattern in enumerate(getattr(choice, "topics", None) or ()):
            where = frozenset(getattr(choice, "languages", None) or context.languages)
            clashes = [name for name in standing_for([pattern], names)
                       if any(other != key and where & there for other, there in taken.get(name, ()))]  # fmt: skip
            if clashes:
                other = next(other for other, there in taken[clashes[0]] if other != key and where & there)
                message = Message("lint.same-topic.found", topics=tuple(clashes), first=other, second=key)
                problem = Problem("same-topic", message, Message("lint.same-topic.hint"))
                yield context.at(menu.flow, menu.step, problem, path=("choices", key, "topics", n))
            for name in standing_for([pattern], names):
                taken[name] = [*taken.get(name, ()), (key, where)]


def _lists_topics(choices: Mapping[str, object]) -> bool:
    return any(getattr(choice, "topics", None) for choice in choices.values())


def _of_shortcuts(
    context: LintContext, menu: MenuAt, names: list[str]
) -> Iterator[tuple[str, list[tuple[str, frozenset[str]]]]]:
    """The topics of the shortcuts that hold in a menu, each with its key."""
    for key in context.release.shortcut_keys(every=menu.data.get("shortcuts") != "no"):
        for name in standing_for(context.hotline.shortcuts[key].topics or (), names):  # type: ignore[index]
            yield name, [(key, frozenset(context.languages))]


RULE = Rule(
    codes=("same-topic",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="leave it to one of them.",
)  # fmt: skip
