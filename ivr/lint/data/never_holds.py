"""`never-holds`: a condition can never hold, or an earlier arm of the branch has the same conditions.

Callers take another arm than its author thinks. Mostly a word is misspelt, or a phone number (`call.to`,
`caller.phone`, an entry of `type: phone`) is written without `+` and the country code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ivr.analysis.value_types import sure_types, words_of
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow
from ivr.flow.parse import did_you_mean
from ivr.lint.context import LintContext
from ivr.lint.phone_conditions import is_phone_fact, phone_problem
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

YES_NO = frozenset({"yes", "no"})
Arm = tuple[str, str, SourcePath, Mapping[str, Any]]
"""Flow, step, the arm's place in the branch, and its `when`."""
FAILS = """\
known:
  branch:
    - {when: {product: cards}, next: goodbye}
    - {when: {phone: {known: yes}}, next: goodbye}
    - {when: {phone: {known: yes}}, next: return}
    - {when: {call.to: "02155500000"}, next: return}
    - {when: {caller.phone: {starts_with: "139"}}, next: return}
    - {next: goodbye}
"""
PASSES = """\
known:
  branch:
    - {when: {product: card}, next: goodbye}
    - {when: {phone: {known: yes}}, next: goodbye}
    - {when: {call.to: "+862155500000"}, next: return}
    - {when: {caller.phone: {starts_with: "+86139"}}, next: return}
    - {next: goodbye}
"""


def _arms(context: LintContext) -> Iterator[Arm]:
    """Every arm of every branch, as written, with its path in the step."""
    for flow, step in context.steps():
        listed = context.data(flow.name, step.name)[step.kind.name] if step.declared.arms else []
        for n, arm in enumerate(listed):
            yield flow.name, step.name, (step.kind.name, n, "when"), arm.get("when", {})


def check(context: LintContext) -> Iterable[Finding]:
    """The words each condition compares with, and arms alike."""
    before: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    words = {flow.name: _closed_lists(context, flow) for flow in context.release.flows.values()}
    numbers = {flow.name: _phones(context, flow) for flow in context.release.flows.values()}
    for flow, step, at, when in _arms(context):
        earlier = before.setdefault((flow, step), [])
        if when in earlier:
            message = Message("lint.never-holds.arm", n=earlier.index(when) + 1)
            hint = Message("lint.never-holds.arm-hint")
            yield context.at(flow, step, Problem("never-holds", message, hint, "warning"), path=at)
        earlier.append(when)
        for name, condition in when.items():
            for path, word in _literals((*at, name), condition):
                problem = _word_problem(name, word, words[flow].get(name))
                if problem is None and (name in numbers[flow] or is_phone_fact(name)):
                    problem = phone_problem(name, word, path[-1] == "starts_with", context.hotline.country)
                if problem is not None:
                    yield context.at(flow, step, problem, path=path)
    yield from _promised(context)


def _promised(context: LintContext) -> Iterator[Finding]:
    """The phone numbers in the conditions of promises: with one that never holds, the promise is never tested."""
    for n in range(len(context.hotline.promises)):
        written = context.source.data["promises"][n]
        for key in ("when", "while"):
            conditions = written.get(key)
            for name, condition in conditions.items() if isinstance(conditions, dict) else ():
                for path, word in _literals(("promises", n, key, name), condition) if is_phone_fact(name) else ():
                    problem = phone_problem(name, word, path[-1] == "starts_with", context.hotline.country)
                    if problem is not None:
                        yield context.source.finding(path, problem)


def _word_problem(name: str, word: str, possible: frozenset[str] | None) -> Problem | None:
    if possible is None or word in possible:
        return None
    listed = Message("lint.never-holds.word-hint", words=tuple(sorted(possible)))
    message = Message("lint.never-holds.word", name=name, word=word)
    return Problem("never-holds", message, did_you_mean(word, sorted(possible)) or listed, "warning")


def _literals(path: SourcePath, condition: Any) -> Iterator[tuple[SourcePath, str]]:
    """The words a condition compares with, those behind `not` and `starts_with` too."""
    if isinstance(condition, str):
        yield path, condition
    elif isinstance(condition, list):
        yield from (((*path, n), word) for n, word in enumerate(condition))
    elif isinstance(condition, dict):
        for key in ("not", "starts_with"):
            if key in condition:
                yield from _literals((*path, key), condition[key])


def _phones(context: LintContext, flow: Flow) -> frozenset[str]:
    """The values of a flow and of the call that are always phone numbers."""
    of_call = {f"call.{name}": value.type for name, value in context.hotline.call.items()}
    types = {**of_call, **sure_types(flow)}
    return frozenset(name for name, type_ in types.items() if type_ == "phone")


def _closed_lists(context: LintContext, flow: Flow) -> Mapping[str, frozenset[str]]:
    """By name, the words a value of this flow can be, where they are known."""
    hotline = context.hotline
    known = {f"switch.{name}": YES_NO for name in hotline.switches} | {"call.language": frozenset(context.languages)}
    for name, value in hotline.call.items():
        known |= _typed(f"call.{name}", [value.type])
    types: dict[str, list[str]] = {name: [type_] for name, type_ in flow.takes.items()}
    for step in flow.steps.values():
        for name, type_ in step.declared.sets.items():
            types.setdefault(name, []).append(type_)
    for name, saved in types.items():
        if context.release.is_of_run(name):
            known |= _typed(name, saved)
    return known


def _typed(name: str, types: list[str]) -> Mapping[str, frozenset[str]]:
    words: set[str] = set()
    for type_ in types:
        found = {type_[1:]} if type_.startswith('"') else YES_NO if type_ == "yes_no" else words_of(type_)
        if found is None:
            return {}
        words |= found
    return {name: frozenset(words)}


RULE = Rule(
    codes=("never-holds",), severity="warning", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the word; write a number as `+862155500123`.",
)  # fmt: skip
