"""`transfer`: a person is rung within the hours, and each outcome has its way on."""

from __future__ import annotations

import pytest
from step_call import StepCall

from ivr.call.events import TransferBegun, TransferEnded
from ivr.call.inputs import NoInput, Resume, Transferred
from ivr.call.verbs import TransferVerb

DESK = """\
it:
  transfer: agents
  whisper: "A call in {call.language}."
  answered: after
  busy: busy
  closed: closed
  otherwise: nobody
"""
ENDS = "after busy closed nobody"
OPEN = {"hours.agents": "open"}


@pytest.mark.parametrize(
    ("outcome", "at"), [("answered", "after"), ("busy", "busy"), ("no_answer", "nobody"), ("failed", "nobody")]
)
def test_each_outcome_has_its_way_on(outcome: str, at: str) -> None:
    call = StepCall(DESK, ENDS, facts=OPEN).take(Transferred(outcome))  # type: ignore[arg-type]

    assert (call.exits, call.at) == ([outcome], at)
    assert [e for e in call.events if isinstance(e, TransferBegun | TransferEnded)] == [
        TransferBegun("agents"), TransferEnded("agents", outcome),
    ]  # fmt: skip


@pytest.mark.parametrize("status", ["closed", "holiday", ""])
def test_outside_the_hours_nobody_is_rung(status: str) -> None:
    call = StepCall(DESK, ENDS, facts={"hours.agents": status} if status else {})

    assert (call.exits, call.at, call.turn) == (["closed"], "closed", 1)
    assert not any(isinstance(event, TransferBegun) for event in call.events)


def test_the_caller_is_asked_to_hold_and_the_desk_hears_the_whisper() -> None:
    call = StepCall(DESK, ENDS, facts=OPEN)

    assert call.heard == "We are putting you through. Please hold."
    assert call.verb == TransferVerb("agents", 25, "main.it.whisper", {"call.language": "en-US"})


@pytest.mark.parametrize("came", [Resume(), NoInput()])
def test_a_way_back_without_an_outcome_counts_as_failed(came: Resume | NoInput) -> None:
    assert StepCall(DESK, ENDS, facts=OPEN).take(came).exits == ["failed"]


def test_after_an_answered_transfer_the_call_ends_unless_something_else_is_written() -> None:
    call = StepCall("it: {transfer: agents, otherwise: nobody}\n", "nobody", facts=OPEN)

    assert call.take(Transferred("answered")).at == ""


def test_what_is_declared_is_what_is_done() -> None:
    call = StepCall(DESK, ENDS, facts=OPEN)

    assert {exit: str(to) for exit, to in call.declared.exits.items()} == {
        "answered": "after", "busy": "busy", "no_answer": "nobody", "failed": "nobody", "closed": "closed",
    }  # fmt: skip
    assert call.declared.reads == {"hours.agents", "call.language"}
    for tried in call.tried("transfer"):
        for came in tried.inputs:
            assert StepCall(DESK, ENDS, facts=OPEN).take(came).exits == [tried.means]
