"""`dead-end`: an exit leads nowhere, a transfer's failure is not led on, or no answer to a question leads out.

A caller whose transfer is busy hears goodbye and is cut off. A caller at a question without a way out can only hang
up. Every way must come to an end or to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.analysis.can_finish import CanFinish
from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import Flow, StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import UNANSWERED, Step
from ivr.steps.target import GOODBYE

INHERITED = frozenset({*UNANSWERED, "answered"})
OUTCOMES = {
    "busy": "lint.dead-end.busy",
    "no_answer": "lint.dead-end.not-answered",
    "failed": "lint.dead-end.failed",
    "closed": "lint.dead-end.closed",
}
"""What the outcomes of a transfer are called."""
FAILS = """\
more:
  yes_no: {zh-CN: 要转人工吗？, en-US: Shall we put you through?}
  yes: desk
desk:
  transfer: agents
"""
PASSES = """\
more:
  yes_no: {zh-CN: 要转人工吗？, en-US: Shall we put you through?}
  yes: desk
  no: goodbye
desk:
  transfer: agents
  otherwise: sorry
sorry:
  say: {zh-CN: 抱歉，坐席繁忙。, en-US: We are sorry. Nobody is free.}
  next: goodbye
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Exits that have no target, and questions that nothing leads out of."""
    for flow, step in context.steps():
        yield from _missing_next(context, flow, step)
        if missing := _outcomes_left(step):
            message = Message("lint.dead-end.transfer", outcomes=tuple(Message(OUTCOMES[name]) for name in missing))
            hint = Message("lint.dead-end.transfer-hint")
            yield context.at(flow.name, step.name, Problem("dead-end", message, hint), path=(step.kind.name,))
    can_finish = CanFinish(context.reach)
    for flow, step in context.steps():
        if asks(step) and StepKey(flow.name, step.name) not in can_finish.places:
            message = Message("lint.dead-end.no-way-out", step=step.name)
            hint = Message("lint.dead-end.no-way-out-hint")
            yield context.at(flow.name, step.name, Problem("dead-end", message, hint))


def _missing_next(context: LintContext, flow: Flow, step: Step) -> Iterator[Finding]:
    names = context.exits_by_key(flow.name, step.name)
    fields = context.fields(flow.name, step.name)
    targets = fields.targets_by_exit(context.languages[0])
    for name, (key, _) in fields.choices_by_name(context.languages[0]).items():
        if targets.get(name, targets.get("next")) is None:
            message = Message("lint.dead-end.choice", key=key, name=names[key], step=step.name)
            problem = Problem("dead-end", message, Message("lint.dead-end.next-hint"))
            yield context.at(flow.name, step.name, problem, path=("choices", key), at_key=True)
    others = [exit for exit in step.declared.exits if exit not in {*names.values(), *INHERITED}]
    dead = [exit for exit in others if _unwritten(context, flow, step, exit)]
    for answer in dict.fromkeys(exit if exit in ("yes", "no") else "" for exit in dead):
        message = Message("lint.dead-end.any-answer", step=step.name)
        if answer:
            message = Message("lint.dead-end.answer", answer=answer, step=step.name)
        problem = Problem("dead-end", message, Message("lint.dead-end.next-hint"))
        yield context.at(flow.name, step.name, problem, path=(step.kind.name,), at_key=True)


def _unwritten(context: LintContext, flow: Flow, step: Step, exit: str) -> bool:
    return step.declared.exits[exit] == GOODBYE and context.exit_path(flow.name, step, exit) is None


def _outcomes_left(step: Step) -> list[str]:
    """The outcomes of a transfer that nothing is said about; only a desk with hours is ever closed."""
    return [name for name in step.declared.outcomes if name not in step.declared.exits]


RULE = Rule(
    codes=("dead-end",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add `next`, `otherwise`, or a way out.",
)  # fmt: skip
