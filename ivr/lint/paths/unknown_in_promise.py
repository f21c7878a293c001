"""`unknown-in-promise`: a promise speaks of a step, flow, key, destination or hours that are not there.

Such a promise always holds. Nobody is warned when a later edit breaks what it was meant for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.call.facts import source_of
from ivr.call.keys import written_key
from ivr.errors import Finding, Problem
from ivr.flow.parse import did_you_mean
from ivr.flow.promises import WORDS, Occurrence, PromiseFields
from ivr.lint.context import LintContext
from ivr.lint.offered import Offered
from ivr.lint.rule import Rule
from ivr.messages.message import Message
from ivr.steps.step import Step

FAILS = """\
promises:
  - {choice: main.menu 7, leads to: complaint}
  - {never: transfer agent, while: agents closed}
  - {from: main.menus, press: 0, reaches: a person}
"""
PASSES = """\
promises:
  - {choice: main.menu 2, leads to: complaint}
  - {never: transfer agents, while: agents closed}
  - {from: main.menu, press: 0, reaches: a person}
"""
NAMED = ("from", "reaches", "choice", "at", "leads to", "after", "always", "before", "never", "first")
FROM_OUTSIDE = ("caller", "history", "calendar", "switch", "nobody")
"""Who answers the facts that a promise can rest on; the flow sets the others itself. `not-built` reports the last."""
Wrong = tuple[Message, str]
"""What is not there, and a hint."""


def check(context: LintContext) -> Iterable[Finding]:
    """Everything each promise names."""
    for n, promise in enumerate(context.hotline.promises):
        for key, what in _named(promise):
            if found := _wrong(context, what):
                message, hint = found
                yield context.source.finding(("promises", n, key), Problem("unknown-in-promise", message, hint))
        yield from _facts(context, n, promise)
        if isinstance(promise.while_, str):
            hours = promise.while_.split()[0]
            if hours not in context.hotline.hours:
                hint = did_you_mean(hours, context.hotline.hours)
                message = Message("lint.unknown-in-promise.hours", name=hours)
                yield context.source.finding(("promises", n, "while"), Problem("unknown-in-promise", message, hint))
    yield from _persons(context)


def _persons(context: LintContext) -> Iterator[Finding]:
    """What tells that a customer is on the line of a call of ours."""
    for flow, fields in context.hotline.outgoing.items():
        for n, what in enumerate(fields.person):
            if found := _wrong(context, what):
                yield context.source.finding(("outgoing", flow, "person", n), Problem("unknown-in-promise", *found))


def _facts(context: LintContext, n: int, promise: PromiseFields) -> Iterator[Finding]:
    """The facts a promise puts conditions on."""
    offered = Offered(context).everywhere
    given = {"when": promise.when, "while": promise.while_ if isinstance(promise.while_, dict) else {}}
    for key, conditions in given.items():
        for name in conditions:
            if name not in offered or source_of(name) not in FROM_OUTSIDE:
                message = Message("lint.unknown-in-promise.fact", name=name)
                hint = did_you_mean(name, sorted(offered))
                path = ("promises", n, key, name)
                yield context.source.finding(path, Problem("unknown-in-promise", message, hint), at_key=True)


def _named(promise: PromiseFields) -> Iterator[tuple[str, Occurrence]]:
    for name, field in type(promise).model_fields.items():
        value = getattr(promise, name)
        if (key := field.alias or name) in NAMED and isinstance(value, Occurrence):
            yield key, value


def _wrong(context: LintContext, what: Occurrence) -> Wrong | None:
    if what.what == "transfer" and what.name not in context.hotline.destinations:
        hint = did_you_mean(what.name, context.hotline.destinations)
        return Message("lint.unknown-in-promise.destination", name=what.name), hint
    if what.what not in ("flow", "step", "choice", "arm"):
        return None
    if what.name not in context.names:
        hint = did_you_mean(what.name, [*sorted(context.names), *WORDS])
        return Message("lint.unknown-in-promise.flow", flow=what.name), hint
    flow = context.flows.get(what.name)
    if flow is None or what.what == "flow":
        return None
    steps = flow.source.data["steps"]
    if what.step not in steps:
        hint = did_you_mean(what.step, list(steps))
        return Message("lint.unknown-in-promise.step", flow=what.name, step=what.step), hint
    compiled = context.release.flows.get(what.name)
    if compiled is not None and what.what == "arm":
        arms = compiled.steps[what.step].declared.arms
        return None if int(what.key) <= len(arms) else _no_arm(what, len(arms))
    if compiled is not None and what.what == "choice" and what.key not in (keys := _keys(compiled.steps[what.step])):
        listed = Message("lint.unknown-in-promise.keys", keys=tuple(keys)) if keys else ""
        return Message("lint.unknown-in-promise.choice", step=what.step, key=what.key), listed
    return None


def _no_arm(what: Occurrence, arms: int) -> Wrong:
    if not arms:
        return Message("lint.unknown-in-promise.no-arms", step=what.step), ""
    return Message("lint.unknown-in-promise.arm", step=what.step, arm=what.key, arms=arms), ""


def _keys(step: Step) -> list[str]:
    """The keys that choose something at a question, in any language, as they are written."""
    asked = step.declared.choices.get("asked")
    dialled = {key: None for keys in (asked.keys.values() if asked else ()) for key in keys}
    return [written_key(key) for key in dialled]


RULE = Rule(
    codes=("unknown-in-promise",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or delete the promise.",
)  # fmt: skip
