"""`due-without-clock`: a prompt speaks `{case.due}` of a case that has no deadline.

The caller hears "we will answer by", and then nothing; the promise `never silent` breaks, and the flows cannot go live.
A kind has a deadline by its `clock` under `cases` in hotline.yaml. `clock: none` is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ivr.analysis.known import tested
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, Release, StepKey
from ivr.lint.context import LintContext, PromptAt, text_finding
from ivr.lint.rule import Rule
from ivr.messages.message import Message

DUE = "case.due"
LAST = ""
"""Stands for the call's last case: a flow without a case of its own speaks of that."""
FAILS = """\
cases:
  complaint: {clock: none}
---
told:
  say: {zh-CN: "我们将在{case.due:date}之前答复您。", en-US: "We will answer by {case.due:date}."}
  next: call
call:
  case: callback
  with: [phone]
  next: told_again
told_again:
  say: {zh-CN: "我们将在{case.due:time}之前回电。", en-US: "We will call you by {case.due:time}."}
  next: goodbye
"""
PASSES = """\
cases:
  complaint: {clock: cn-2020}
  callback: {clock: {within: 2h, hours: agents}}
  feedback: {clock: none}
---
opinion:
  case: feedback
  next: known
known:
  branch:
    - {when: {case.due: {known: yes}}, next: told}
    - {next: goodbye}
told:
  say: {zh-CN: "我们将在{case.due:date}之前答复您。", en-US: "We will answer by {case.due:date}."}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """The prompts that speak a deadline, against the kinds of case the call may have there."""
    for flow in context.release.flows.values():
        for step, kind in _without_deadline(context, flow).items():
            for written in context.prompts_of(flow.name, step):
                if (at := _speaks_due(context, written)) is not None:
                    message = Message("lint.due-without-clock.found", kind=kind)
                    hint = Message("lint.due-without-clock.hint", kind=kind)
                    problem = Problem("due-without-clock", message, hint, "warning")
                    yield text_finding(written.source, at, f"{{{DUE}", problem)


def _without_deadline(context: LintContext, flow: Flow) -> dict[str, str]:
    """By step, a kind without a deadline the case may be of. An exit that tests for a deadline is not taken then."""
    release, found = context.release, dict[str, str]()
    ahead = [(StepKey(flow.name, flow.first), flow.intake or LAST)]
    seen = set(ahead)
    while ahead:
        key, kind = ahead.pop()
        step = flow.steps[key.step]
        endless = _endless(release, [kind] if kind else list(_opened(release)))
        if endless:
            found.setdefault(key.step, endless)
        after = step.declared.case.kind if step.declared.case else kind
        proved = tested(step)
        for exit in context.transitions.exits(key):
            asked = endless and DUE in proved.get(exit.exit, ())
            if exit.leads == "step" and exit.to is not None and not asked and (exit.to, after) not in seen:
                seen.add((exit.to, after))
                ahead.append((exit.to, after))
    return found


def _opened(release: Release) -> Iterator[str]:
    """The kinds of case that any flow opens."""
    for flow in release.flows.values():
        if flow.intake:
            yield flow.intake
        yield from (step.declared.case.kind for step in flow.steps.values() if step.declared.case)


def _endless(release: Release, kinds: Sequence[str]) -> str:
    """The first of these kinds, if not one of them has a clock."""
    rules = [release.cases.get(kind) for kind in kinds]
    clocked = any(rule and (rule.clock != "none" or rule.by_priority) for rule in rules)
    return "" if clocked else next(iter(kinds), "")


def _speaks_due(context: LintContext, written: PromptAt) -> tuple[str | int, ...] | None:
    """Where a prompt speaks the deadline, in the first language that does; a shared prompt where it is used."""
    if written.said.shared:
        shared = context.release.prompts.get(f"prompts.{written.said.shared}")
        return written.path if shared is not None and DUE in shared.slots else None
    texts = written.said.in_languages(written.path)
    return next((path for path, _, text in texts if f"{{{DUE}}}" in text or f"{{{DUE}:" in text), None)


RULE = Rule(
    codes=("due-without-clock",), severity="warning", live="error", page=__doc__, fails=FAILS, passes=PASSES,
    check=check, fix="give the kind a `clock` under `cases` in hotline.yaml, or take `{case.due}` out of the words.",
)  # fmt: skip
