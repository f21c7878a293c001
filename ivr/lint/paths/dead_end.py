"""`dead-end`: an exit leads nowhere, a transfer's failure is not led on, or no answer to a question leads out.

A caller whose transfer is busy would be told goodbye and cut off; one in a question without a way out can only hang
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
from ivr.steps.step import UNANSWERED, Step
from ivr.steps.target import GOODBYE

INHERITED = frozenset({*UNANSWERED, "answered"})
NEXT = "Add next: a step, return, flow NAME or goodbye."
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
            message = f"when this transfer is {_listed(missing)}, the caller is told goodbye and cut off."
            hint = "Add otherwise: STEP, where the caller hears what can be done now."
            yield context.at(flow.name, step.name, Problem("dead-end", message, hint), path=(step.kind.name,))
    can_finish = CanFinish(context.reach)
    for flow, step in context.steps():
        if asks(step) and StepKey(flow.name, step.name) not in can_finish.places:
            message = f'whatever a caller answers to "{step.name}", they come neither to an end nor to a person.'
            hint = "Lead one of its exits to goodbye, return, hangup or a transfer, or offer 0 as a shortcut."
            yield context.at(flow.name, step.name, Problem("dead-end", message, hint))


def _missing_next(context: LintContext, flow: Flow, step: Step) -> Iterator[Finding]:
    names = context.exits_by_key(flow.name, step.name)
    fields = context.fields(flow.name, step.name)
    targets = fields.targets_by_exit(context.languages[0])
    for name, (key, _) in fields.choices_by_name(context.languages[0]).items():
        if targets.get(name, targets.get("next")) is None:
            message = f'choice {key} ("{names[key]}") leads nowhere: neither it nor step "{step.name}" has a next.'
            problem = Problem("dead-end", message, NEXT)
            yield context.at(flow.name, step.name, problem, path=("choices", key), at_key=True)
    others = [exit for exit in step.declared.exits if exit not in {*names.values(), *INHERITED}]
    dead = [exit for exit in others if _unwritten(context, flow, step, exit)]
    for what in dict.fromkeys(f'"{exit}"' if exit in ("yes", "no") else "an answer" for exit in dead):
        message = f'{what} to step "{step.name}" leads nowhere: it has no next.'
        problem = Problem("dead-end", message, NEXT)
        yield context.at(flow.name, step.name, problem, path=(step.kind.name,), at_key=True)


def _unwritten(context: LintContext, flow: Flow, step: Step, exit: str) -> bool:
    return step.declared.exits[exit] == GOODBYE and context.exit_path(flow.name, step, exit) is None


def _outcomes_left(step: Step) -> list[str]:
    """The outcomes of a transfer that nothing is said about; only a desk with hours is ever closed."""
    return [name for name in step.declared.outcomes if name not in step.declared.exits]


def _listed(names: list[str]) -> str:
    words = [name.replace("no_answer", "not answered") for name in names]
    return " or ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])


RULE = Rule(
    codes=("dead-end",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add `next`, `otherwise`, or a way out.",
)  # fmt: skip
