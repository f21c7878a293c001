"""What is reached of a flow before anybody has chosen anything: by words, decisions, silence and mistakes alone."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.analysis.transitions import Transitions
from ivr.flow.model import StepKey
from ivr.steps.step import UNANSWERED, Step


def unchosen(transitions: Transitions, flow: str) -> Iterator[StepKey]:
    """The steps a call that begins in a flow may reach before its caller has chosen or answered anything.

    A run of another flow is gone through; behind a case of its own a call speaks of that one, so it is left there.
    """
    flows = transitions.release.flows
    open_, seen = [StepKey(flow, flows[flow].first)], set[StepKey]()
    while open_:
        key = open_.pop()
        step = transitions.step(key)
        if key in seen or step.declared.case or flows[key.flow].intake:
            continue
        seen.add(key)
        yield key
        entering = transitions.entering(key)
        if entering is not None and entering.to is not None:
            open_.append(entering.to)
        open_ += [by.to for by in transitions.exits(key) if by.to is not None and not is_active(step, by.exit)]


def is_active(step: Step, exit: str) -> bool:
    """Whether an exit is taken only by a caller who chooses or answers."""
    return step.declared.listening is not None and exit not in UNANSWERED
