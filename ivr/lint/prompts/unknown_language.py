"""`unknown-language`: words, a choice or a change of language are in one that the hotline does not speak.

Mostly the tag is misspelt, and then the words are missing where they were meant to be heard. In a `title`, which no
caller hears, it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem, Severity
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.menus.words_at import words_at
from ivr.lint.prompts.missing_language import UNHEARD
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

FAILS = """\
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you., en-GB: Cheers.}
  next: change
change:
  set: {call.language: zh-TW}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: change
change:
  set: {call.language: zh-CN}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every tag that is written, against the hotline's languages."""
    for _, source, path, said in context.prompts:
        severity: Severity = "warning" if path[-1] in UNHEARD else "error"
        for tag in said.text:
            if tag not in context.languages:
                message, hint = _unknown(context, tag)
                yield source.finding((*path, tag), Problem("unknown-language", message, hint, severity), at_key=True)
    yield from _of_topics(context)
    yield from _of_words(context)
    for flow, step in context.steps():
        for path, tag in _chosen(context, flow.name, step.name):
            yield context.at(flow.name, step.name, Problem("unknown-language", *_unknown(context, tag)), path=path)


def _of_topics(context: LintContext) -> Iterator[Finding]:
    """The languages of examples in topics.yaml."""
    if context.topics is None or context.topics_source is None:
        return
    for name, said in context.topics.topics.items():
        for tag in said:
            if tag not in context.languages:
                problem = Problem("unknown-language", *_unknown(context, tag))
                yield context.topics_source.finding(("topics", name, tag), problem, at_key=True)


def _of_words(context: LintContext) -> Iterator[Finding]:
    """The languages of words of choices, of shortcuts, and for yes and no: nobody would hear these."""
    for word in words_at(context):
        *_, tag, n = word.path
        if n == 0 and isinstance(tag, str) and tag not in {"words", "yes", "no", *context.languages}:
            where = word._replace(path=word.path[:-1])
            yield where.finding(context, Problem("unknown-language", *_unknown(context, tag)))


def _chosen(context: LintContext, flow: str, name: str) -> Iterator[tuple[SourcePath, str]]:
    """The languages a step changes to or offers a choice in, as far as the hotline does not have them."""
    step = context.release.flows[flow].steps[name]
    for key, choice in context.data(flow, name).get("choices", {}).items():
        for n, tag in enumerate(choice.get("languages", [])):
            if tag not in context.languages:
                yield ("choices", key, "languages", n), tag
    spoken = step.declared.sets.get("call.language", "")
    if spoken == "language":
        for key, tag in context.exits_by_key(flow, name).items():
            if tag not in context.languages:
                yield ("choices", key, "is"), tag
    elif spoken.startswith('"') and spoken[1:] not in context.languages:
        yield (step.kind.name, "call.language"), spoken[1:]


def _unknown(context: LintContext, tag: str) -> tuple[Message, str]:
    same = [known for known in context.languages if known.split("-")[0] == tag.split("-")[0].lower()]
    hint = did_you_mean(tag, same or context.languages, 0.0 if same else 0.6)
    listed = Message("lint.unknown-language.hint", languages=tuple(context.languages))
    return Message("lint.unknown-language.found", language=tag), hint or listed


RULE = Rule(
    codes=("unknown-language",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the tag, or add the language to hotline.yaml.",
)  # fmt: skip
