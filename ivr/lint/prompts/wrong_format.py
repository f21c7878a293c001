"""`wrong-format`: a value is spoken in a format of another sort, such as a case number as a date or as money.

The caller writes down a number that is none, or hears a date where a number was asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.call.facts import FACTS
from ivr.errors import Finding, Problem
from ivr.lint.context import LintContext, text_finding
from ivr.lint.prompts.missing_format import types_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.fields import PLACEHOLDER

FITS = {
    "case_number": ("digits",),
    "phone": ("phone", "digits"),
    "digits": ("digits", "phone", "number"),
    "number": ("number", "digits", "money"),
    "money": ("money", "number"),
    "date": ("date", "fulldate", "weekday"),
    "time": ("time", "date", "fulldate", "weekday"),
}
"""The formats each type may be spoken in. Of other types nothing is said: a text may hold anything."""
WORDS = ("yes_no", "case", "recording")
"""Types that no format fits."""
TYPES = {fact.name: fact.type for fact in FACTS if "*" not in fact.name} | {"case.kind": "case"}
FAILS = """\
told:
  say: {zh-CN: "编号{case.number:date}。", en-US: "Your number is {case.number:money}."}
  next: again
again:
  say: {zh-CN: "电话{phone:money}。", en-US: "We will call {phone:date}."}
  next: goodbye
"""
PASSES = """\
told:
  say: {zh-CN: "编号{case.number:digits}。", en-US: "Your number is {case.number:digits}."}
  next: again
again:
  say: {zh-CN: "电话{phone:digits}。", en-US: "We will call {phone:phone}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Placeholders with a format, of values whose type is known."""
    types = {flow.name: types_of(flow, TYPES) for flow in context.release.flows.values()}
    for parsed, source, at, said in context.prompts:
        known = types.get(parsed.head.flow, TYPES) if parsed is not None else TYPES
        for path, _, text in said.in_languages(at):
            for found in PLACEHOLDER.finditer(text):
                name, form, type_ = found[1], found[2], known.get(found[1], "")
                fits = FITS.get(type_, ())
                if not form or form in fits or not (fits or type_ in WORDS):
                    continue
                message = Message("lint.wrong-format.found", name=name, format=form)
                hint = Message("lint.wrong-format.hint", name=name, formats=fits)
                if not fits:
                    hint = Message("lint.wrong-format.none-hint", name=name)
                yield text_finding(source, path, found[0], Problem("wrong-format", message, hint, "warning"))


RULE = Rule(
    codes=("wrong-format",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="write a format that fits the value, such as `{case.number:digits}`.",
)  # fmt: skip
