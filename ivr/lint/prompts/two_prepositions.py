"""`two-prepositions`: an English sentence has a preposition before a value that begins with one of its own.

Callers hear "by at noon". Dates, times and opening hours need no care: none begins with a preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ivr.errors import Finding, Problem
from ivr.flow.hotline_values import closed_lists
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

_WORDS = "at|by|on|in|before|after|until|from"
_BEFORE = re.compile(rf"(?<!\bstop )(?<!\bdrop )(?<!\bcome )\b({_WORDS})\s+\Z", re.I)
_BEGINS = re.compile(rf"({_WORDS})\b", re.I)
FAILS = """\
when:
  menu: {zh-CN: 何时给您回电？, en-US: When shall we call you?}
  choices:
    1: {is: noon, label: {zh-CN: 中午, en-US: at noon}}
    2: {is: six, label: {zh-CN: 六点, en-US: 6 p.m.}}
  save: when
  next: told
told:
  say: {zh-CN: "我们将在{when}前回电。", en-US: "We will call you by {when}."}
  next: moved
moved:
  set: {day: on Monday}
  next: again
again:
  say: {zh-CN: "{day}再见。", en-US: "We call again on {day}."}
  next: goodbye
"""
PASSES = """\
when:
  menu: {zh-CN: 何时给您回电？, en-US: When shall we call you?}
  choices:
    1: {is: noon, label: {zh-CN: 中午, en-US: noon}}
    2: {is: six, label: {zh-CN: 六点, en-US: 6 p.m.}}
  save: when
  next: told
told:
  say: {zh-CN: "我们将在{when}前回电。", en-US: "We will call you by {when}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The word before each placeholder, against the words that its value may be in that language."""
    literals = _literals(context)
    for parsed, source, at, said in context.prompts:
        if parsed is None:
            continue
        lists = closed_lists(parsed)
        for path, tag, text in said.in_languages(at):
            for found in PLACEHOLDER.finditer(text) if tag.split("-")[0] == "en" else ():
                labels = [label.get(tag, "") for label in lists.get(found[1], {}).values()]
                spoken = labels or literals.get((parsed.head.flow, found[1]), [])
                before = _BEFORE.search(text[: found.start()])
                twice = next((words for words in spoken if _BEGINS.match(words)), "") if before else ""
                if before and twice:
                    message = Message("lint.two-prepositions.heard", heard=f"{before[1]} {twice}", value=found[1])
                    hint = Message("lint.two-prepositions.hint", word=before[1])
                    yield text_finding(source, path, found[0], Problem("two-prepositions", message, hint, "warning"))


def _literals(context: LintContext) -> Mapping[tuple[str, str], list[str]]:
    """The words that steps set or hand over, by the flow that has the value and its name."""
    found: dict[tuple[str, str], list[str]] = {}
    for flow, step in context.steps():
        given = [((flow.name, name), kind) for name, kind in step.declared.sets.items()]
        given += [((step.declared.runs, name), kind) for name, kind in step.declared.hands.items()]
        for place, kind in given:
            if kind.startswith('"'):
                found.setdefault(place, []).append(kind[1:])
    return found


RULE = Rule(
    codes=("two-prepositions",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take one of the two out.",
)  # fmt: skip
