"""`stray-brace`: braces in a prompt that are no placeholder.

The voice reads out the name between them, or "brace".
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PAUSE, PLACEHOLDER

_BRACES = re.compile(r"\{[^{}]*\}?|\}")
_PAUSE_LIKE = re.compile(r"\{\s*(?:pause|break|silence|停顿|暂停)", re.IGNORECASE)
FAILS = """\
thanks:
  say: {zh-CN: "{ Phone }，谢谢。", en-US: "Thank you, {Phone}."}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: "{phone:phone}，谢谢。", en-US: "Thank you, {phone:phone}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """What is left of the braces of a text without its placeholders."""
    for _, source, at, said in context.prompts:
        for path, _, text in said.in_languages(at):
            known = PAUSE.sub(_blank, PLACEHOLDER.sub(_blank, text))
            for brace in _BRACES.finditer(known):
                shown = text[brace.start() : brace.end()]
                message = Message("lint.stray-brace.found", shown=shown)
                pause = _PAUSE_LIKE.match(shown)
                hint = Message("lint.stray-brace.pause-hint" if pause else "lint.stray-brace.value-hint")
                yield text_finding(source, path, brace[0], Problem("stray-brace", message, hint))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


RULE = Rule(
    codes=("stray-brace",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `{name}` or `{name:digits}`, in small letters, without blanks.",
)  # fmt: skip
