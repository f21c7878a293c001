"""`key-not-accepted`: the words tell callers to press a key that means nothing here.

A caller who presses it hears that there is no such choice, and after a few tries is led out of the menu. Mostly a
choice was moved to another key, or 0 is promised and no shortcut has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, PromptAt, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.spoken import digits_in

_KEY = r"(?:[0-9一二三四五六七八九零]|(?:one|two|three|four|five|six|seven|eight|nine|zero)\b)"
_PRESS = re.compile(rf"(?:(?:按|撳|\b(?:pressing|press|dial))(?: number)? ?)({_KEY})(?![0-9])", re.I)
_RANGE = re.compile(rf"\s*(?:到|至|-|–|to|through|or|and|或)\s*{_KEY}", re.I)
_COUNTED = re.compile(r"\s*(?:[次下遍秒天日月年元块分个折比倍%％]|[.,:][0-9]|(?:times?|keys?|digits?)\b)", re.I)
YES_NO = frozenset("12")
FAILS = """\
notice:
  menu: {zh-CN: 如不同意，请按8；转人工，请按0。, en-US: "If you do not agree, press 7. For a person, press 0."}
  announce: no
  choices:
    8: {label: {zh-CN: 不录音, en-US: no recording}, next: sure}
  next: sure
sure:
  yes_no: {zh-CN: 确定请按3。, en-US: "If you are sure, press 1."}
  yes: goodbye
  no: goodbye
"""
PASSES = """\
notice:
  menu: {zh-CN: 如不同意，请按8；转人工，请按0。, en-US: "If you do not agree, press 8. For a person, press 0."}
  announce: no
  choices:
    8: {label: {zh-CN: 不录音, en-US: no recording}, next: rating}
  next: rating
rating:
  menu: {zh-CN: 请按1到5打分。, en-US: Press 1 to 5.}
  scale: 1-5
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The keys that a question's words name, against those it takes."""
    shortcuts = frozenset(context.release.shortcuts)
    for written in context.prompts:
        keys = _taken(context, written, shortcuts)
        if keys is None or written.said.whisper:
            continue
        for path, tag, text in written.said.in_languages(written.path):
            for word, key in pressed_in(text):
                if key not in keys:
                    message = Message("lint.key-not-accepted.found", language=tag, key=key)
                    problem = Problem("key-not-accepted", message, _hint(keys), "warning")
                    yield text_finding(written.source, path, word, problem)


def _hint(keys: frozenset[str]) -> Message:
    if not keys:
        return Message("lint.key-not-accepted.none-hint")
    return Message("lint.key-not-accepted.hint", keys=tuple(sorted(keys)))


def pressed_in(text: str) -> Iterator[tuple[str, str]]:
    """The keys a text tells to press, each with the words that do; ranges and amounts are none."""
    for found in _PRESS.finditer(text):
        if not _RANGE.match(text, found.end()) and not _COUNTED.match(text, found.end()):
            yield found[0], digits_in(found[1])


def _taken(context: LintContext, written: PromptAt, shortcuts: frozenset[str]) -> frozenset[str] | None:
    """The keys taken where a prompt is heard; None where any digit may be an entry, or nothing is asked."""
    path = written.path
    if written.parsed is None:
        defaults = path[:2] in (("defaults", "no_input"), ("defaults", "no_match"))
        return shortcuts | YES_NO | frozenset("345678") if defaults else None
    if path[:1] != ("steps",) or len(path) < 3:
        return None
    fields = written.parsed.steps[str(path[1])]
    own = fields.keys()
    kind = next(iter(written.parsed.source.data["steps"][path[1]]))
    if own is None or path[2] not in (kind, "again", "no_input", "no_match"):
        return None
    return own | (shortcuts if getattr(fields, "shortcuts", True) else shortcuts & {"0"})


RULE = Rule(
    codes=("key-not-accepted",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="say the key that the choice is on, or put the choice on that key.",
)  # fmt: skip
