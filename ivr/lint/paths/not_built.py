"""`not-built`: a key or a fact of the language that nothing reads: `audio`, `most_waiting`, or `save` in a
`language` step.

Its author believes that it works: that a recording is played, or a queue is bounded. The fact `queue.ahead` is never
known, so that a condition on it never holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.steps.fields import PLACEHOLDER, NotBuilt

FACTS: Mapping[str, NotBuilt] = {
    "queue.ahead": NotBuilt("flow.not-built.queue", "flow.not-built.no-queue"),
}
FAILS = """\
destinations:
  agents: {number: "+862155500100", most_waiting: 60}
---
thanks:
  say:
    zh-CN: {text: 谢谢。, audio: thanks.wav}
    en-US: Thank you, {queue.ahead} callers wait.
  next: split
split:
  branch:
    - {when: {queue.ahead: {at_least: 3}}, next: goodbye}
    - {next: goodbye}
"""
PASSES = """\
destinations:
  agents: {number: "+862155500100"}
---
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Every key that is written and marked as not built, every fact in conditions, words and promises."""
    for _, source, fields, at in context.written():
        for path, what in _keys(fields, at):
            message = Message("lint.not-built.key", key=path[-1], why=what.why)
            yield source.finding(path, Problem("not-built", message, what.instead), at_key=True)
    yield from _facts_decided_by(context)
    for _, source, at, said in context.prompts:
        for path, _, text in said.in_languages(at):
            for found in PLACEHOLDER.finditer(text):
                if found[1] in FACTS:
                    yield text_finding(source, path, found[0], _never_known(found[1]))


def _keys(fields: BaseModel, path: SourcePath) -> Iterator[tuple[SourcePath, NotBuilt]]:
    """The keys written in a mapping that are marked, with their paths."""
    for name in fields.model_fields_set:
        info = type(fields).model_fields[name]
        here = (*path, info.alias or name)
        marks = [mark for mark in info.metadata if isinstance(mark, NotBuilt)]
        yield from ((here, mark) for mark in marks)
        yield from _inside(getattr(fields, name), here)


def _inside(value: object, path: SourcePath) -> Iterator[tuple[SourcePath, NotBuilt]]:
    if isinstance(value, BaseModel):
        yield from _keys(value, path)
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _inside(item, (*path, key))


def _facts_decided_by(context: LintContext) -> Iterator[Finding]:
    for home, step in context.steps():
        for name in FACTS:
            if name in step.declared.reads and (path := context.named_in(home.name, step.name, name)):
                yield context.at(home.name, step.name, _never_known(name), path=path, at_key=True)
    for n, promise in enumerate(context.hotline.promises):
        for key, conditions in (("when", promise.when), ("while", promise.while_)):
            for name in FACTS:
                if isinstance(conditions, dict) and name in conditions:
                    yield context.source.finding(("promises", n, key, name), _never_known(name), at_key=True)


def _never_known(name: str) -> Problem:
    what = FACTS[name]
    return Problem("not-built", Message("lint.not-built.fact", name=name, why=what.why), what.instead)


RULE = Rule(
    codes=("not-built",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="take it out; the finding says what to do instead.",
)  # fmt: skip
