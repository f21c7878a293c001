"""`no-way-back`: nothing leads from a menu back to the one before it.

A caller who pressed a wrong key one menu earlier can only hang up and dial again. A shortcut to `back`, a choice that
leads to the menu before, or a `return` is a way.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.analysis.exit_moves import ExitMoves
from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.menus_of import menus_of
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import GIVE_UPS

FAILS = """\
first:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 储蓄, en-US: savings}, next: kind}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: loan}
kind:
  menu: {zh-CN: 哪一种？, en-US: Which kind?}
  shortcuts: no
  choices:
    1: {label: {zh-CN: 定期, en-US: fixed}, next: goodbye}
    2: {label: {zh-CN: 活期, en-US: current}, next: goodbye}
loan:
  menu: {zh-CN: 哪一种？, en-US: Which kind?}
  shortcuts: no
  choices:
    1: {label: {zh-CN: 房贷, en-US: mortgages}, next: goodbye}
"""
PASSES = """\
first:
  menu: {zh-CN: 请选择。, en-US: Please choose.}
  choices:
    1: {label: {zh-CN: 储蓄, en-US: savings}, next: kind}
    2: {label: {zh-CN: 贷款, en-US: loans}, next: goodbye}
kind:
  menu: {zh-CN: 哪一种？, en-US: Which kind?}
  shortcuts: no
  choices:
    1: {label: {zh-CN: 定期, en-US: fixed}, next: goodbye}
    2: {label: {zh-CN: 活期, en-US: current}, next: goodbye}
    3: {label: {zh-CN: 其他服务, en-US: something else}, next: first}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Menus that a choice of another question leads to, and that lie on no round of choices."""
    moves = ExitMoves(context.transitions)
    chosen = {key for key in _chosen(context, moves) if not _back_from(context, key)}
    rounds = moves.rounds() if chosen else set[StepKey]()
    for flow, step, _, _ in menus_of(context):
        if StepKey(flow, step) in chosen - rounds:
            message = Message("lint.no-way-back.found", step=step)
            hint = Message("lint.no-way-back.hint")
            yield context.at(flow, step, Problem("no-way-back", message, hint, "warning"))


def _chosen(context: LintContext, moves: ExitMoves) -> set[StepKey]:
    """The questions that an answer to a menu leads to, statements in between."""
    found: set[StepKey] = set()
    for flow, step, _, _ in menus_of(context):
        menu = StepKey(flow, step)
        if not moves.step(menu).kind.menu:
            continue
        open_ = [move.to for move in moves.moves(menu) if move.exit not in GIVE_UPS]
        seen: set[StepKey] = set()
        while open_:
            key = open_.pop()
            if key in seen:
                continue
            seen.add(key)
            if asks(moves.step(key)):
                found.add(key)
            else:
                open_ += [move.to for move in moves.moves(key)]
    return found


def _back_from(context: LintContext, key: StepKey) -> bool:
    transitions = context.transitions
    by_shortcut = any(shortcut.leads == "back" for shortcut in transitions.shortcuts(key))
    return by_shortcut or any(exit.leads in ("back", "return") for exit in transitions.exits(key))


RULE = Rule(
    codes=("no-way-back",), severity="warning", profile="live", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="add a shortcut with `next: back`, or a choice that leads back.",
)  # fmt: skip
