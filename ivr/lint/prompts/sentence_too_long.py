"""`sentence-too-long`: one sentence is longer than Twilio speaks in one piece.

It takes 3,000 characters for a Polly voice, and 4,500 once the text is URL-encoded, where a Chinese character counts
nine (error 13521). Longer texts are cut between sentences; a sentence as long as that is cut in the middle, and the
caller hears it break off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from ivr.call.inputs import LONGEST_ENTRY
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source
from ivr.steps.fields import PAUSE, PLACEHOLDER

MOST_SPOKEN, MOST_ENCODED = 2900, 4400
LONGEST_VALUE = "0" * LONGEST_ENTRY
_SENTENCE = re.compile(r"(?<=[。！？；.!?;])")
FAILS = f"""\
terms:
  say:
    zh-CN: {"资金在到期之后划入您的账户，" * 36}再见。
    en-US: The money reaches your account within three working days.
  next: again
again:
  say:
    zh-CN: 资金三个工作日内到账。
    en-US: {"the money reaches your account within three working days, or later, " * 45}goodbye.
  next: goodbye
"""
PASSES = f"""\
terms:
  say:
    zh-CN: {"资金在到期之后划入您的账户。" * 3}再见。
    en-US: {"The money reaches your account within three working days. " * 3}Goodbye.
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every sentence of every prompt, its placeholders as long as values may be."""
    for _, source, at, said in context.prompts:
        for path, tag, text in said.in_languages(at):
            for sentence in _SENTENCE.split(PLACEHOLDER.sub(LONGEST_VALUE, PAUSE.sub(";", text))):
                if len(sentence) > MOST_SPOKEN or len(quote(sentence, safe="")) > MOST_ENCODED:
                    yield _found(source, path, tag, sentence)
                    break


def _found(source: Source, path: SourcePath, tag: str, sentence: str) -> Finding:
    message = Message("lint.sentence-too-long.found", language=tag, n=len(sentence))
    hint = Message("lint.sentence-too-long.hint")
    return source.finding(path, Problem("sentence-too-long", message, hint, "warning"))


RULE = Rule(
    codes=("sentence-too-long",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="split it into several sentences.",
)  # fmt: skip
