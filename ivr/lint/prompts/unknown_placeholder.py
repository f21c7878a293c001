"""`unknown-placeholder`: a prompt speaks a value that no step saves and no fact offers.

The caller hears a gap where a number or a date should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Problem
from ivr.flow.parse import ParsedFlow
from ivr.lint.context import LintContext, PromptAt, text_finding
from ivr.lint.offered import Offered
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath
from ivr.steps.fields import PLACEHOLDER

FAILS = """\
thanks:
  say: {zh-CN: "{nama}，谢谢。", en-US: "Thank you, {nama}."}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: "号码{phone:phone}。", en-US: "It is {phone:phone}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The values in every prompt and whisper against those there are where it is heard."""
    offered = Offered(context)
    for written in context.prompts:
        for path, _, text in written.said.in_languages(written.path):
            for found in PLACEHOLDER.finditer(text):
                if not _offers(offered, written.parsed, path, found[1]):
                    message = Message("lint.unknown-placeholder.found", name=found[1])
                    hint = offered.nearest(written.parsed, found[1])
                    yield text_finding(written.source, path, found[0], Problem("unknown-placeholder", message, hint))
        if written.said.shared and written.parsed is not None:
            yield from _in_shared(context, offered, written, written.parsed)


def _offers(offered: Offered, parsed: ParsedFlow | None, path: SourcePath, name: str) -> bool:
    """A shared prompt is judged where it is used; a confirmation speaks the entry as {value}."""
    if parsed is None and path[0] == "prompts":
        return True
    return (name == "value" and "confirm" in path) or offered.has(parsed, name)


def _in_shared(context: LintContext, offered: Offered, written: PromptAt, parsed: ParsedFlow) -> Iterator[Finding]:
    shared = written.said.shared
    texts = [text for *_, path, said in context.prompts if path == ("prompts", shared) for text in said.text.values()]
    for name in sorted({found[1] for text in texts for found in PLACEHOLDER.finditer(text)}):
        if not _offers(offered, parsed, written.path, name):
            message = Message("lint.unknown-placeholder.shared", prompt=shared, name=name)
            yield parsed.source.finding(
                written.path, Problem("unknown-placeholder", message, offered.nearest(parsed, name))
            )


RULE = Rule(
    codes=("unknown-placeholder",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name.",
)  # fmt: skip
