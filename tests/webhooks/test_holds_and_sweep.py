"""The "please wait" documents against the sweep, which must not end a call whose caller waits."""

from __future__ import annotations

from ivr.service.calls.close import SWEEP_MARGIN
from ivr.twilio.fixed import HOLD_PAUSE, MOST_HOLDS


def test_all_pauses_of_a_turn_together_are_shorter_than_the_margin_of_the_sweep() -> None:
    assert MOST_HOLDS * HOLD_PAUSE < SWEEP_MARGIN
