"""`markup-in-words`: a prompt holds markup, and a voice reads it out.

Tags, entities and stage directions are words to the voice: `<break time="1s"/>` is heard as "less than break", `&amp;`
as "and amp". Only the silence of `{pause}`, or `{pause:1s}` from 0.1s to 3s, is no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source

UNHEARD = ("title",)
_TAG = re.compile(r"[<＜](?:[/!?]|[^\W\d])[^<>＜＞]*[>＞]?")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|\w+);")
_DIRECTION = "pause|break|silence|wait|beep|停顿|暂停|静音|停一下|嘟"
_BRACKETED = re.compile(rf"[\[【［]\s*(?:{_DIRECTION})[^\]】］]*[\]】］]", re.IGNORECASE)
_ASIDE = re.compile(r"[(（]\s*(?:pause|停顿)\s*[0-9.]*\s*(?:s|秒)?\s*[)）]", re.IGNORECASE)
_STARS = re.compile(r"\*\*|__")
_SILENT = re.compile("pause|break|silence|wait|停|静", re.IGNORECASE)
FAILS = """\
thanks:
  say: {zh-CN: '谢谢。<break time="1s"/>再见。', en-US: "Thank you &amp; goodbye. [pause]"}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: "谢谢。{pause:1s}再见。", en-US: "Thank you, {pause} and goodbye."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """What callers and desks hear: prompts, labels, whispers, and the sentences of each language."""
    for source, path, text in _texts(context):
        for shown in markup_in(text):
            message = Message("lint.markup-in-words.found", markup=shown)
            problem = Problem("markup-in-words", message, _hint(shown))
            yield text_finding(source, path, shown, problem)


def markup_in(text: str) -> Iterator[str]:
    """What of a text is markup and no words."""
    for pattern in (_TAG, _ENTITY, _BRACKETED, _ASIDE, _STARS):
        for found in pattern.finditer(text):
            if pattern is not _ENTITY or found[0][1] == "#" or found[0][1:] in html5:
                yield found[0]


def _texts(context: LintContext) -> Iterator[tuple[Source, SourcePath, str]]:
    for _, source, at, said in context.prompts:
        if at[-1] not in UNHEARD:
            yield from ((source, path, text) for path, _, text in said.in_languages(at))
    for tag, language in context.hotline.languages.items():
        for key in ("name", "announce", "yes_no"):
            yield context.source, ("languages", tag, key), getattr(language, key)
        for key, spoken in language.keys.items():
            yield context.source, ("languages", tag, "keys", key), spoken


def _hint(shown: str) -> Message:
    if shown.startswith("&"):
        return Message("lint.markup-in-words.word-hint")
    silent = _SILENT.search(shown)
    return Message("lint.markup-in-words.pause-hint" if silent else "lint.markup-in-words.words-hint")


RULE = Rule(
    codes=("markup-in-words",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write `{pause}` or `{pause:1s}` for a silence; else the words alone.",
)  # fmt: skip
