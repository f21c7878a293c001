"""`unknown-format`: a placeholder has a format that does not exist.

A telephone number is spoken as one huge number, a date as its digits. `{hours.agents}` speaks the opening hours as they
are and takes no format.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import FORMATS, PLACEHOLDER

FAILS = """\
thanks:
  say: {zh-CN: "号码{phone:digit}。", en-US: "It is {phone:telephone}."}
  next: again
again:
  say: {zh-CN: "服务时间{hours.agents:time}。", en-US: "We are here {hours.agents:time}."}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: "号码{phone:digits}。", en-US: "It is {phone:phone}."}
  next: again
again:
  say: {zh-CN: "服务时间{hours.agents}。", en-US: "We are here {hours.agents}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The format behind the colon of every placeholder."""
    hours = {f"hours.{name}" for name in context.hotline.hours}
    for _, source, at, said in context.prompts:
        for path, _, text in said.in_languages(at):
            for found in PLACEHOLDER.finditer(text):
                if found[2] and found[1] in hours:
                    message = Message("lint.unknown-format.hours", format=found[2])
                    hint = Message("lint.unknown-format.hours-hint", name=found[1])
                    yield text_finding(source, path, found[0], Problem("unknown-format", message, hint))
                elif found[2] and found[2] not in FORMATS:
                    message = Message("lint.unknown-format.found", format=found[2])
                    listed = Message("lint.unknown-format.hint", formats=tuple(FORMATS))
                    problem = Problem("unknown-format", message, did_you_mean(found[2], FORMATS) or listed)
                    yield text_finding(source, path, found[0], problem)


RULE = Rule(
    codes=("unknown-format",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `digits`, `number`, `money`, `date`, `time` or `phone`.",
)  # fmt: skip
