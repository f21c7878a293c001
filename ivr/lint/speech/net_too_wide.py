"""`net-too-wide`: a word or a net of a choice catches what is said for another one: its label, or three examples.

Who says the other choice's own name, or speaks of its topic, is led here instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ivr.engine.hearing import hear
from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.menus_of import MenuAt, menus_of
from ivr.lint.rule import Rule
from ivr.lint.topics_of import ANY_DAY, MANY, beaten, heard_as
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_lost], next: goodbye}
    2: {label: {zh-CN: 其他, en-US: other}, words: {zh-CN: [卡/钱包], en-US: [card/wallet - loan]}, next: goodbye}
---
topics:
  card_lost:
    zh-CN: [我的卡丢了, 银行卡找不到了, 卡不见了怎么办]
    en-US: [I lost my old card, my card is missing, I cannot find my card]
"""
PASSES = FAILS.replace("[卡/钱包]", "[卡/钱包 + 别的]").replace("[card/wallet - loan]", "[card/wallet + else]")


def check(context: LintContext) -> Iterable[Finding]:
    """The examples of each menu by what catches them, then the labels."""
    for (at, name, caught), those in beaten(context).items():
        if len(those) >= MANY:
            message = Message(
                "lint.net-too-wide.examples", caught=caught, at=f"{at.flow}.{at.step}", name=name, n=len(those),
                example=those[0].written.text, topic=those[0].written.topic,
            )  # fmt: skip
            yield _finding(context, at, name, caught, message)
    for menu in menus_of(context):
        yield from _labels(context, menu)


def _labels(context: LintContext, menu: MenuAt) -> Iterator[Finding]:
    at, seen = StepKey(menu.flow, menu.step), set[tuple[str, str]]()
    fields = context.fields(*at)
    for name, (_, choice) in fields.choices_by_name(context.languages[0]).items():
        label: Mapping[str, str] = getattr(choice, "label", {})
        for tag in getattr(choice, "languages", None) or context.languages:
            said = label.get(tag, "")
            heard = hear(context.release, at, tag, said, ANY_DAY)
            other = heard.outcome == "shortcut" or (heard.outcome == "choice" and heard.name != name)
            if said and other and heard.by == "word" and (heard.caught, said) not in seen:
                seen.add((heard.caught, said))
                message = Message(
                    "lint.net-too-wide.label", caught=heard.caught, at=f"{at.flow}.{at.step}", name=heard_as(heard),
                    label=said,
                )  # fmt: skip
                yield _finding(context, at, heard_as(heard), heard.caught, message)


def _finding(context: LintContext, at: StepKey, name: str, caught: str, message: Message) -> Finding:
    """A finding at the word that catches too much."""
    problem = Problem("net-too-wide", message, Message("lint.net-too-wide.hint"), "warning")
    of_shortcut, _, key = name.partition("shortcut ")
    if not of_shortcut and key:
        shortcut = context.source.data["shortcuts"][key]
        return context.source.finding(("shortcuts", key, *_path(shortcut, caught)), problem)
    by_key: Mapping[str, Mapping[str, Any]] = context.data(*at)["choices"]
    exits = context.exits_by_key(*at)
    places = [("choices", written, *path) for written, choice in by_key.items()
              if exits.get(written) == name and (path := _path(choice, caught))]  # fmt: skip
    return context.at(at.flow, at.step, problem, path=next(iter(places), ()))


def _path(choice: Mapping[str, Any], caught: str) -> SourcePath:
    """Where a word stands inside a choice or a shortcut."""
    words: Mapping[str, Sequence[str]] | Sequence[str] = choice.get("words", {})
    lists = words.items() if isinstance(words, Mapping) else [("", words)]
    places: list[tuple[SourcePath, str]] = [
        (("words", *([tag] if tag else []), n), said) for tag, listed in lists for n, said in enumerate(listed)
    ]
    places += [(("label", tag), said) for tag, said in choice.get("label", {}).items()]
    return next((path for path, said in places if said == caught), ())


RULE = Rule(
    codes=("net-too-wide",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="narrow it with `+` or ` - `, or take it out.",
)  # fmt: skip
