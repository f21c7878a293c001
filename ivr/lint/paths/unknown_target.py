"""`unknown-target`: a target names a step or flow that is not there.

The call would break off with an apology at the very choice the caller made. Mostly the name was changed in one place
and not in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.analysis.transitions import meant_word
from ivr.errors import Finding, Problem
from ivr.flow.parse import ParsedFlow, did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.source.scalars import SourcePath
from ivr.steps.target import Target, word_meant

FAILS = """\
more:
  yes_no: {zh-CN: 要听介绍吗？, en-US: Shall we tell you more?}
  yes: flow contacts
  no: recieved
received:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: goodbye
"""
PASSES = """\
more:
  yes_no: {zh-CN: 要留电话吗？, en-US: Would you like a call back?}
  yes: flow complaint
  no: received
received:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: goodbye
"""


_PERSONS = ("agent", "agents", "person", "operator")
_PERSON = re.compile(r"(?i)(a_)?(person|operator|agent|human|representative|someone|人工|转人工|客服|坐席)s?\Z")


def check(context: LintContext) -> Iterable[Finding]:
    """Targets against the steps of their flow and the flows of the folder."""
    for parsed, source, path, target in context.targets:
        if parsed is None and target.to == "step":
            message = f'{_who(path)} goes to "{target}", and here only a flow can be named.'
            word = meant_word(target.name, context.names) or word_meant(target.name)
            hint = f'Did you mean "{word}"?' if word else f'Write "flow {target}".'
            yield source.finding(path, Problem("unknown-target", message, hint))
            continue
        known = _known(context, parsed, target)
        if known is not None and target.name not in known:
            what = "step" if target.to == "step" else "flow"
            message = f'{_who(path)} goes to "{target.name}", and there is no such {what}.'
            yield source.finding(path, Problem("unknown-target", message, _hint(context, target, known)))


def _known(context: LintContext, parsed: ParsedFlow | None, target: Target) -> list[str] | None:
    if target.to == "step" and parsed is not None:
        return list(parsed.source.data["steps"])
    return sorted(context.names) if target.to == "flow" else None


def _hint(context: LintContext, target: Target, known: list[str]) -> str:
    if target.to != "step":
        return did_you_mean(target.name, known) or f"There are {', '.join(known)}."
    if target.name in context.names:
        return f'There is a flow of that name: write "flow {target.name}".'
    if word := meant_word(target.name, known) or word_meant(target.name):
        return f'Did you mean "{word}"?'
    if likely := did_you_mean(target.name, known):
        return likely
    if _PERSON.match(target.name) and (person := next((flow for flow in _PERSONS if flow in context.names), "")):
        return f'A person is reached by a flow: write "flow {person}".'
    flow, dot, step = target.name.replace("/", ".").partition(".")
    if dot and flow in context.names:
        return f'A flow is entered at its first step: write "flow {flow}".' if step else f'Write "flow {flow}".'
    listed = f"{', '.join(known[:6])}{' and more' if known[6:] else ''}"
    return f"The steps here are {listed}. The end of the call is goodbye."


def _who(path: SourcePath) -> str:
    """What leads there, as the author would call it."""
    match path:
        case ("steps", _, "choices", key, *_):
            return f"choice {key}"
        case ("steps", _, _, int(n), *_):
            return f"arm {n + 1}"
        case ("steps", name, "next"):
            return f'step "{name}"'
        case ("shortcuts", key, *_):
            return f"shortcut {key}"
    named = [str(part) for part in path if part not in ("steps", "next", "outcomes")]
    return f'"{named[-1]}"' if named else "this"


RULE = Rule(
    codes=("unknown-target",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name. A flow is written `flow NAME`, in hotline.yaml always.",
)  # fmt: skip
