"""`key-not-said`: with `announce: no` the prompt itself has to say each key, and leaves one out.

Nothing else says it: a caller who speaks that language is not told of the choice at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.spoken import digits_in, fold

FAILS = """\
notice:
  menu: {zh-CN: 如不同意，请按八。, en-US: If you do not agree, press the key.}
  announce: no
  choices:
    8: {label: {zh-CN: 不录音, en-US: no recording}, next: goodbye}
    7: {label: {zh-CN: 转人工, en-US: a person}, next: flow agent}
"""
PASSES = """\
notice:
  menu: {zh-CN: 如不同意，请按八。, en-US: "If you do not agree, press 8."}
  announce: no
  choices:
    8: {label: {zh-CN: 不录音, en-US: no recording}, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The keys of menus that announce none, against their words in each language."""
    for flow, step, data, choices in menus_of(context):
        kind = next(iter(data))
        said = data[kind]
        if data.get("announce") != "no" or not isinstance(said, dict):
            continue
        for tag, written in said.items():
            text = written if isinstance(written, str) else written["text"]
            for key in choices:
                if key.isdigit() and tag in choices[key].get("languages", context.languages) and not says(text, key):
                    message = Message("lint.key-not-said.found", language=tag, key=key)
                    hint = Message("lint.key-not-said.hint", key=key)
                    yield context.at(flow, step, Problem("key-not-said", message, hint, "warning"), path=(kind, tag))


def says(text: str, key: str) -> bool:
    """Whether a text names a key, as a figure or in words."""
    plain = fold(text)
    return any(digits_in(part) == key for part in (*plain.split(), *plain))


RULE = Rule(
    codes=("key-not-said",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="say the key in the words, or delete `announce: no`.",
)  # fmt: skip
