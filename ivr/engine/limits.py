"""Limits: a call that goes round for ever is led on by `limits.next`, and ended at twice a limit."""

from __future__ import annotations

from ivr.call.inputs import Given, Start
from ivr.call.state import State
from ivr.flow.model import Release


def limit_met(flows: Release, state: State, given: Given) -> str:
    """The limit this turn has gone past, or an empty string.

    No limit is tried while the flow that `limits.next` names is on the stack, lest the way out end itself; at twice
    a limit the call ends whatever it is doing.
    """
    limits = flows.limits
    within = given.turn <= limits.turns and given.handling_seconds <= limits.call
    if within or type(given.input) is Start:
        return ""
    if given.turn > 2 * limits.turns:
        return "turns twice"
    if given.handling_seconds > 2 * limits.call:
        return "call twice"
    way_out = limits.next.name if limits.next.to == "flow" else ""
    if any(frame.flow == way_out for frame in state.stack):
        return ""
    if given.turn > limits.turns:
        return "turns"
    if given.handling_seconds > limits.call:
        return "call"
    return ""
