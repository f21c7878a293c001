"""`silence-loop`, `no-match-loop`, `give-up-loop`: a caller who never chooses goes round for ever.

Silence, or keys that mean nothing, lead round in a cycle: questions give up to each other, or a question inside a flow
gives up to that very flow. The line stays open until a limit cuts it, and is paid for; a caller who cannot press keys
is never helped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ivr.analysis.abstract_state import NOTHING, AbstractState
from ivr.analysis.passive import Passive, PassiveMove
from ivr.analysis.transitions import asks
from ivr.errors import Finding, Problem
from ivr.flow.model import StepKey
from ivr.lint.context import LintContext
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import GIVE_UPS, Step

Cycle = tuple[tuple[str, str, str], ...]
"""Flow, step and exit taken, in turn."""
FAILS = """\
more:
  yes_no: {zh-CN: 还需要吗？, en-US: Anything else?}
  yes: other
  no: again
  no_input: pause
  no_match: goodbye
pause:
  say: {zh-CN: 请稍候。, en-US: One moment.}
  next: more
other:
  yes_no: {zh-CN: 是贷款吗？, en-US: Is it about a loan?}
  yes: goodbye
  no: goodbye
  no_input: goodbye
  no_match: hold
hold:
  say: {zh-CN: 请稍候。, en-US: One moment.}
  next: other
again:
  yes_no: {zh-CN: 是卡吗？, en-US: Is it about a card?}
  yes: goodbye
  no: goodbye
  no_input: once_more
once_more:
  yes_no: {zh-CN: 确定吗？, en-US: Are you sure?}
  yes: goodbye
  no: goodbye
  no_input: again
"""
PASSES = """\
more:
  yes_no: {zh-CN: 还需要吗？, en-US: Anything else?}
  yes: flow agent
  no: goodbye
  no_input: {tries: 2, next: goodbye}
"""


def check(context: LintContext) -> Iterable[Finding]:
    """Questions that inherit a give-up to where they state, and every cycle of a passive walk."""
    reported = set()
    for finding in _inherited(context):
        reported.add((finding.file, finding.line))
        yield finding
    for exits, code in ((("no_input",), "silence-loop"), (GIVE_UPS, "no-match-loop")):
        for cycle in cycles(context, Passive(context.transitions, exits)):
            finding = _finding(context, cycle, code)
            line = context.flows[cycle[0][0]].source.key_place(("steps", cycle[0][1])).line
            if (finding.file, line) not in reported:
                reported.add((finding.file, line))
                yield finding


def _inherited(context: LintContext) -> Iterator[Finding]:
    """A question inside a flow may not inherit a give-up that begins that very flow again."""
    inside = _run_inside(context)
    for flow, step in context.steps():
        for how, leads, begun, _, guessed in context.transitions.exits(StepKey(flow.name, step.name)):
            if how not in GIVE_UPS or leads != "flow" or begun is None or guessed:
                continue
            if flow.name in inside[begun.flow] and context.exit_path(flow.name, step, how) is None:
                message = Message("lint.silence-loop.begins-again", step=step.name, flow=begun.flow)
                hint = Message("lint.silence-loop.begins-again-hint", exit=how)
                yield context.at(flow.name, step.name, Problem("give-up-loop", message, hint))
                break


def _run_inside(context: LintContext) -> dict[str, set[str]]:
    """By flow, itself and the flows it runs, and those they run."""
    runs = context.transitions.runs()
    inside: dict[str, set[str]] = {}
    for name in runs:
        inside[name], open_ = {name}, [name]
        while open_:
            new = runs[open_.pop()].keys() - inside[name]
            inside[name] |= new
            open_ += new
    return inside


def cycles(context: LintContext, passive: Passive) -> Iterator[Cycle]:
    """The cycles of a passive walk begun at any step that is reached, each from its first step in the files on."""
    done: set[AbstractState] = set()
    for name, reached in context.reach.steps.items():
        for step in context.release.flows[name].steps:
            start = AbstractState(((name, step, NOTHING),))
            if step in reached and start not in done:
                yield from _cycles_from(context, passive, start, done)


def _cycles_from(
    context: LintContext, passive: Passive, start: AbstractState, done: set[AbstractState]
) -> Iterator[Cycle]:
    """Depth first, by hand: a long flow is deeper than Python's own stack."""
    way: list[tuple[AbstractState, Iterator[PassiveMove]]] = [(start, passive.moves(start))]
    on_way = {start: 0}
    taken: list[str] = []
    # Invariant: `way` is a path of states with the moves not tried yet, `on_way` the depth of each, `taken` the exits
    # between them; all that a state in `done` leads to has been looked at. A move to a state on the way closes a cycle.
    while way:
        state, moves = way[-1]
        move = next(moves, None)
        if move is None:
            way.pop()
            done.add(state)
            del on_way[state]
            if taken:
                taken.pop()
            continue
        exit, to = move
        if to in on_way:
            begun = on_way[to]
            yield _turned(context, [s.place for s, _ in way[begun:]], [*taken[begun:], exit])
        elif to not in done:
            on_way[to] = len(way)
            way.append((to, passive.moves(to)))
            taken.append(exit)


def _turned(context: LintContext, places: Sequence[tuple[str, str]], exits: Sequence[str]) -> Cycle:
    """A cycle written from its first question in the files on, or its first step where it asks nothing."""

    def order(n: int) -> tuple[bool, str, int]:
        flow, step = places[n]
        source = context.flows[flow].source
        asked = asks(context.release.flows[flow].steps[step])
        return not asked, source.file, source.key_place(("steps", step)).line

    first = min(range(len(places)), key=order)
    cycle = [(*place, exit) for place, exit in zip(places, exits, strict=True)]
    return tuple(cycle[first:] + cycle[:first])


def _finding(context: LintContext, cycle: Cycle, code: str) -> Finding:
    steps = [context.release.flows[flow].steps[name] for flow, name, _ in cycle]
    flow, name, exit = cycle[0]
    way = " > ".join([*(step for _, step, _ in cycle), name])
    path = context.exit_path(flow, steps[0], exit) if exit in steps[0].declared.exits else None
    if not asks(steps[0]):
        message = Message("lint.silence-loop.asks-nothing", way=way)
        hint = Message("lint.silence-loop.asks-nothing-hint")
        return context.at(flow, name, Problem("silence-loop", message, hint), path=path or ())
    if all(map(asks, steps)):
        code = "give-up-loop"
    silent = all(exit != "no_match" for _, _, exit in cycle)
    message = Message("lint.silence-loop.silent" if silent else "lint.silence-loop.unclear", way=way)
    return context.at(flow, name, Problem(code, message, _hint(steps[0], exit, path is None)), path=path or ())


def _hint(step: Step, exit: str, inherited: bool) -> Message:
    if inherited:
        return Message("lint.silence-loop.inherited-hint", exit=exit, step=step.name)
    return Message("lint.silence-loop.hint", exit=exit)


RULE = Rule(
    codes=("silence-loop", "no-match-loop", "give-up-loop"), severity="error", page=__doc__, fails=FAILS,
    passes=PASSES, check=check,
    fix="lead `no_input` or `no_match` to a person, to `goodbye`, or to a step that ends.",
)  # fmt: skip
