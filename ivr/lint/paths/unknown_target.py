"""`unknown-target`: a target names a step or flow that is not there.

The call breaks off with an apology at the choice the caller made. Mostly the name was changed in one place and not in
the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.analysis.transitions import meant_word
from ivr.errors import Finding, Problem
from ivr.flow.parse import ParsedFlow, did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.hints import meant, the_flows
from ivr.lint.rule import Rule
from ivr.messages.message import Message
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
            message = Message("lint.unknown-target.only-flow", who=_who(path), target=str(target))
            word = meant_word(target.name, context.names) or word_meant(target.name)
            hint = meant(word) if word else Message("lint.unknown-target.write-flow", flow=str(target))
            yield source.finding(path, Problem("unknown-target", message, hint))
            continue
        known = _known(context, parsed, target)
        if known is not None and target.name not in known:
            code = "lint.unknown-target.no-step" if target.to == "step" else "lint.unknown-target.no-flow"
            message = Message(code, who=_who(path), target=target.name)
            yield source.finding(path, Problem("unknown-target", message, _hint(context, target, known)))


def _known(context: LintContext, parsed: ParsedFlow | None, target: Target) -> list[str] | None:
    if target.to == "step" and parsed is not None:
        return list(parsed.source.data["steps"])
    return sorted(context.names) if target.to == "flow" else None


def _hint(context: LintContext, target: Target, known: list[str]) -> str:
    if target.to != "step":
        return did_you_mean(target.name, known) or the_flows(known)
    if target.name in context.names:
        return Message("lint.unknown-target.same-name", flow=target.name)
    if word := meant_word(target.name, known) or word_meant(target.name):
        return meant(word)
    if likely := did_you_mean(target.name, known):
        return likely
    if _PERSON.match(target.name) and (person := next((flow for flow in _PERSONS if flow in context.names), "")):
        return Message("lint.unknown-target.person", flow=person)
    flow, dot, step = target.name.replace("/", ".").partition(".")
    if dot and flow in context.names:
        code = "lint.unknown-target.first-step" if step else "lint.unknown-target.write-flow"
        return Message(code, flow=flow)
    code = "lint.unknown-target.more-steps" if known[6:] else "lint.unknown-target.steps"
    return Message(code, names=tuple(known[:6]))


def _who(path: SourcePath) -> Message:
    """What leads there, as the author would call it."""
    match path:
        case ("steps", _, "choices", key, *_):
            return Message("lint.unknown-target.who-choice", key=key)
        case ("steps", _, _, int(n), *_):
            return Message("lint.unknown-target.who-arm", n=n + 1)
        case ("steps", name, "next"):
            return Message("lint.unknown-target.who-step", name=name)
        case ("shortcuts", key, *_):
            return Message("lint.unknown-target.who-shortcut", key=key)
    named = [str(part) for part in path if part not in ("steps", "next", "outcomes")]
    return Message("lint.unknown-target.who-key", key=named[-1]) if named else Message("lint.unknown-target.who-this")


RULE = Rule(
    codes=("unknown-target",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name. A flow is written `flow NAME`; hotline.yaml names flows only.",
)  # fmt: skip
