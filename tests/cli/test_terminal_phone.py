"""What may be typed at `ivr call`: the words of the manual and of fixtures, and a sentence for all else."""

from __future__ import annotations

import pytest

from ivr.carrier.phone_call import WaitingFor
from ivr.cli.shared.terminal_phone import TypedWrong, typed_turn
from ivr.replay.play import shown_act


@pytest.mark.parametrize(
    ("typed", "act"),
    [
        ("1", "press 1"),
        ("*", "press *"),
        ("#", "press #"),
        ("star", "press star"),
        ("pound", "press pound"),
        ("Star", "press star"),
        ("＃", "press #"),
        ("１２", "press 12"),
        ("12#", "press 12#"),
        ("12pound", "press 12pound"),
        ("1 3 8 0 #", "press 1380#"),
        ("press 1", "press 1"),
        ("/press star", "press star"),
        ("", "silence"),
        ("silence", "silence"),
        ("/silence", "silence"),
        ("speak a person", "speak a person"),
        ("/speak 投诉", "speak 投诉"),
        ("say complaint", "speak complaint"),
        ("/record I was charged twice", "record 4 s I was charged twice"),
        ("transfer busy", "transfer busy"),
        ("/transfer no answer", "transfer no-answer"),
        ("/transfer no_answer", "transfer no-answer"),
        ("hang up", "hang up"),
        ("/hang-up", "hang up"),
        ("hangup", "hang up"),
    ],
)
def test_an_act_may_be_typed_as_it_is_written_elsewhere(typed: str, act: str) -> None:
    assert shown_act(typed_turn(typed, "gather")) == act


@pytest.mark.parametrize(
    ("typed", "waiting", "said"),
    [
        ("complaint", "gather", '"complaint" is not a key. To say it, type /speak complaint'),
        ("the card", "record", '"the card" is not a key. To leave it as a message, type /record the card'),
        (
            "ok",
            "dial",
            '"ok" is not a key. Type /transfer and how it ends: answered, busy, no-answer, failed; or /hang-up.',
        ),
        ("/transfer engaged", "dial", "A transfer ends answered, busy, no-answer or failed."),
        ("/speek hello", "gather", '"/speek" is not known. Did you mean /speak?'),
        ("/speak", "gather", '"/speak" needs something behind it: /speak TEXT'),
    ],
)
def test_what_is_no_act_is_answered_with_what_to_type(typed: str, waiting: WaitingFor, said: str) -> None:
    with pytest.raises(TypedWrong) as refused:
        typed_turn(typed, waiting)

    assert str(refused.value).startswith(said)
