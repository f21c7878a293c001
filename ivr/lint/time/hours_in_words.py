"""`hours-in-words`: a prompt says opening hours in words.

The words stay as they are when the calendar changes, and callers come when nobody is there. If they differ from every
calendar already, one of the two is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.calendar.week import DAY, shown
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.lint.times_in_words import spans_in
from ivr.messages.message import Message

FAILS = """\
told:
  say: {zh-CN: 我们的营业时间是上午9点到下午5点。, en-US: "We are open from 8:30 to 20:00."}
  next: goodbye
"""
PASSES = """\
told:
  say: {zh-CN: 人工服务现在休息，请稍后再拨。, en-US: Press 1 to 5. The visit takes 20 to 30 minutes.}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Times from and to in every prompt, against every span of the calendars."""
    hours = context.release.hours
    spans = {name: {(start, end % DAY or DAY) for day in each.open.values() for start, end in day}
             for name, each in hours.items()}  # fmt: skip
    named = next((name for name, each in spans.items() if each != {(0, DAY)}), next(iter(spans), "NAME"))
    for _, source, at, said in context.prompts:
        for path, _, text in said.in_languages(at):
            for words, meant in spans_in(text):
                same = next(
                    (name for name, known in spans.items() if known & {(a, b % DAY or DAY) for a, b in meant}), ""
                )
                if same:
                    message = Message("lint.hours-in-words.repeated", words=words, hours=same)
                    hint = Message("lint.hours-in-words.repeated-hint", name=same)
                else:
                    message = Message("lint.hours-in-words.other", words=words, span=shown(meant[0]))
                    hint = Message("lint.hours-in-words.other-hint", name=named)
                yield text_finding(source, path, words, Problem("hours-in-words", message, hint, "warning"))


RULE = Rule(
    codes=("hours-in-words",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="let the calendar speak, such as `{hours.agents}`.",
)  # fmt: skip
