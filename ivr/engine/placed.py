"""What a call that we placed remembers beside its flows: where it began, and what came of phoning the customer.

It stands among the values of the whole call, under names that no flow can use. So a turn needs no more than the state
to know whether a result is still owed, and a call that came in has none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from ivr.call.events import FollowUpResult
from ivr.call.facts import TAKEN
from ivr.call.state import Values
from ivr.flow.model import Release

BEGAN_IN = "outgoing.flow"
"""The flow of `outgoing` that the call began in."""
RESULT = "outgoing.result"
"""The result on record; not there as long as one is owed."""
PERSON: Literal["person"] = "person"


def placed_values(release: Release, flow: str) -> Values:
    """What a call of ours that begins in a flow remembers; nothing where calls come in by it."""
    return {BEGAN_IN: flow} if flow in release.outgoing else {}


def case_of(release: Release, flow: str) -> str:
    """Stands for the kind of the case a call of ours is about, empty where it is about none."""
    return TAKEN if flow in release.outgoing and "case" in release.flows[flow].takes.values() else ""


def owes_result(call: Mapping[str, str]) -> bool:
    """Whether it is a call of ours without a result yet."""
    return BEGAN_IN in call and RESULT not in call


def result_of(call: Mapping[str, str]) -> FollowUpResult | None:
    """The result on record of a call of ours; None where there is none, or the call came in."""
    return cast(FollowUpResult | None, call.get(RESULT))


def canonical(call: Mapping[str, str]) -> Values:
    """What later turns can tell apart of it: where the call began, and of a result whether it is `person`."""
    if BEGAN_IN not in call:
        return {}
    began = {BEGAN_IN: call[BEGAN_IN]}
    return {**began, RESULT: PERSON if call[RESULT] == PERSON else ""} if RESULT in call else began
