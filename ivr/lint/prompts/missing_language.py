"""`missing-language`: a prompt, label or announcement lacks one of the hotline's languages.

A caller who chose it hears another one in the middle of a call. In a `title`, which no caller hears, it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem, Severity
from ivr.lint.context import LintContext, PromptAt
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

UNHEARD = ("title",)
FAILS = """\
thanks:
  say: {zh-CN: 谢谢。}
  next: more
more:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {en-US: savings}, next: goodbye}
"""
PASSES = """\
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: more
more:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 储蓄, en-US: savings}, next: goodbye}
    2: {label: {en-US: tax forms}, languages: [en-US], next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every prompt against the languages it is heard in."""
    for written in context.prompts:
        source, path, said = written.source, written.path, written.said
        if said.shared or said.whisper:
            continue
        severity: Severity = "warning" if path[-1] in UNHEARD else "error"
        strange = [tag for tag in said.text if tag not in context.languages]
        missing = [tag for tag in _needed(context, written) if tag not in said.text]
        if missing and len(strange) < len(missing):
            message = Message("lint.missing-language.found", what=_what(path), languages=tuple(missing))
            hint = Message("lint.missing-language.hint", language=missing[0])
            yield source.finding(path, Problem("missing-language", message, hint, severity), at_key=True)


def _what(path: SourcePath) -> Message:
    """A prompt as its author would call it."""
    if path[0] == "prompts":
        return Message("lint.missing-language.what-shared", name=path[1])
    if path[-3:-2] == ("choices",):
        return Message("lint.missing-language.what-choice", key=path[-2])
    named = [part for part in path if isinstance(part, str) and part != "steps"]
    if len(named) > 1:
        return Message("lint.missing-language.what-part", key=named[-1], name=named[0])
    return Message("lint.missing-language.what-key", key=named[0])


def _needed(context: LintContext, written: PromptAt) -> list[str]:
    """The languages a prompt is heard in: a choice offered in some languages only has its label in those."""
    path = written.path
    if path[-3:-2] == ("choices",):
        choice = written.source.data["steps"][path[1]]["choices"][path[-2]]
        return [tag for tag in context.languages if tag in choice.get("languages", context.languages)]
    return context.languages


RULE = Rule(
    codes=("missing-language",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add a line for the language.",
)  # fmt: skip
