"""`bad-net`: a word that is meant to catch more is not well formed.

It catches nothing, or something else than it looks like. In a net `/` parts what may stand for each other, `+` parts
what must all be said, in any order, and ` - ` what must not; `*` behind a word in Latin script lets it go on. Signs
inside a word ("T+0", "24/7", "e-mail") belong to the word. Quotes, brackets, `|`, `、` and dashes mean nothing. The
words for yes and no know `/` alone: an answer is read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.menus.words_at import WordAt, words_at
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.speech.net_mistakes import Wrong, is_net, mistake_in

FAILS = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1:
      label: {zh-CN: 挂失, en-US: a lost card}
      words: {zh-CN: [丢*], en-US: ["lost/stolen + ", lost+card, "*steal", "- pin", lost- pin]}
      next: goodbye
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""
PASSES = """\
offers:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1:
      label: {zh-CN: 挂失, en-US: a lost card}
      words: {zh-CN: [卡/存折 + 丢/不见], en-US: [lost/stolen + card/wallet - pin, steal*]}
      next: goodbye
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
"""

_SAID: Mapping[Wrong, str] = {
    "empty": "lint.bad-net.empty",
    "only_without": "lint.bad-net.only-without",
    "star_joined": "lint.bad-net.star-joined",
    "star_inside": "lint.bad-net.star-inside",
    "no_blanks": "lint.bad-net.no-blanks",
    "other_sign": "lint.bad-net.other-sign",
    "never": "lint.bad-net.never",
}


def check(context: LintContext) -> Iterable[Finding]:
    """Every word, as it is written."""
    for place in words_at(context):
        if (problem := _problem(place)) is not None:
            yield place.finding(context, problem)


def _problem(place: WordAt) -> Problem | None:
    found = mistake_in(place.written)
    if found is None:
        if place.answers and is_net(place.written):
            message = Message("lint.bad-net.answer", word=place.written)
            return Problem("bad-net", message, Message("lint.bad-net.answer-hint"))
        return None
    message = Message(_SAID[found.wrong], word=place.written)
    hint = Message("lint.bad-net.meant-hint", meant=found.meant) if found.meant else Message("lint.bad-net.hint")
    return Problem("bad-net", message, hint)


RULE = Rule(
    codes=("bad-net",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write it as the example does.",
)  # fmt: skip
