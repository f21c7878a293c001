"""`announce-without-key`: the sentence that announces choices in a language leaves out {key} or {label}.

It is said for every choice of every menu. Without {key} callers never hear what to press, without {label} what for.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

PASSES = """\
languages:
  zh-CN:
    name: 普通话
    speak: cmn-CN
    listen: cmn-Hans-CN
    voice: Polly.Zhiyu-Neural
    announce: "{label}，请按{key}。"
    yes_no: 是，请按1；不是，请按2。
    yes: [是, 对]
    no: [不, 没有]
  en-US:
    name: English
    speak: en-US
    listen: en-US
    voice: Polly.Joanna-Neural
    announce: "For {label}, press {key}."
    yes_no: For yes, press 1. For no, press 2.
    yes: ["yes"]
    no: ["no"]
"""
MISSING = {"key": "lint.announce-without-key.key", "label": "lint.announce-without-key.label"}
"""What the finding says, by the placeholder that is missing."""
FAILS = PASSES.replace("请按{key}。", "请按键。").replace("For {label}, press", "Press")


def check(context: LintContext) -> Iterable[Finding]:
    """The sentence of each language."""
    for tag, language in context.hotline.languages.items():
        named = {found[1] for found in PLACEHOLDER.finditer(language.announce)}
        for name, code in MISSING.items():
            if name not in named:
                message = Message(code, language=tag)
                hint = Message("lint.announce-without-key.hint", name=name, example=_example(tag))
                path = ("languages", tag, "announce")
                yield context.source.finding(path, Problem("announce-without-key", message, hint))


def _example(tag: str) -> str:
    return "{label}，请按{key}。" if tag.startswith(("zh", "yue", "cmn")) else "For {label}, press {key}."


RULE = Rule(
    codes=("announce-without-key",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `{key}` and `{label}` where they are to be heard.",
)  # fmt: skip
