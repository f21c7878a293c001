"""The "please wait" documents against the sweep, which must not end a call whose caller waits."""

from __future__ import annotations

from ivr.service.calls.close import SWEEP_MARGIN
from ivr.storage.sqlite import DEADLINE
from ivr.twilio.fixed import HOLD_PAUSES

WORDS_SECONDS = 3


def test_all_holds_of_a_turn_together_are_shorter_than_the_margin_of_the_sweep() -> None:
    assert sum(HOLD_PAUSES) + len(HOLD_PAUSES) * (DEADLINE + WORDS_SECONDS / 2) < SWEEP_MARGIN


def test_a_caller_waits_out_a_database_that_is_away_for_half_a_minute() -> None:
    assert sum(HOLD_PAUSES) > 40
