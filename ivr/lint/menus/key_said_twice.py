"""`key-said-twice`: the words of a question say a key that the hotline announces behind them anyway.

The caller hears it twice, and when the choice is moved to another key only one of the two changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.menus.key_not_accepted import pressed_in
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.yaml_file import Source

FAILS = """\
offers:
  menu: {zh-CN: 银行卡请按1。, en-US: "For cards, press 1."}
  choices:
    1: {label: {zh-CN: 银行卡, en-US: cards}, next: sure}
sure:
  yes_no: {zh-CN: 确定吗？确定请按1。, en-US: Are you sure? Press 1 if so.}
  yes: goodbye
  no: goodbye
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 银行卡, en-US: cards}, next: sure}
    2: {label: {zh-CN: 不录音, en-US: no recording}, next: notice}
notice:
  menu: {zh-CN: 不录音请按8。, en-US: "For no recording, press 8."}
  announce: no
  choices:
    8: {label: {zh-CN: 不录音, en-US: no recording}, next: sure}
  next: sure
sure:
  yes_no: {zh-CN: 确定吗？, en-US: Are you sure?}
  yes: goodbye
  no: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The words of each question that is announced, first and again, against the keys announced in that language."""
    announced = {key for key, shortcut in context.hotline.shortcuts.items() if shortcut.announce}
    for written in context.prompts:
        path = written.path
        if written.parsed is None or path[:1] != ("steps",) or len(path) < 3:
            continue
        fields = written.parsed.steps[str(path[1])]
        kind = type(fields).kind.name
        if path[2] not in (kind, "again") or len(path) > 3:
            continue
        for where, tag, text in written.said.in_languages(path):
            keys = fields.keys_announced(tag)
            if keys:
                yield from _said(written.source, where, text, keys | announced)


def _said(source: Source, path: tuple[str | int, ...], text: str, keys: frozenset[str]) -> Iterable[Finding]:
    for word, key in pressed_in(text):
        if key in keys:
            message = Message("lint.key-said-twice.found", words=word, key=key)
            hint = Message("lint.key-said-twice.hint")
            yield text_finding(source, path, word, Problem("key-said-twice", message, hint, "warning"))


RULE = Rule(
    codes=("key-said-twice",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="delete it from the words; or write `announce: no` and say every key in them.",
)  # fmt: skip
