"""Callers who act at random, from a seed: the same seed makes the same caller."""

from __future__ import annotations

from random import Random

from ivr.carrier.phone_call import Outcome, PhoneCall

OUTCOMES: tuple[Outcome, ...] = ("answered", "busy", "no-answer", "failed")
SAID = ("投诉", "人工", "信用卡", "贷款", "是的", "不是", "一", "没有", "yes", "no", "complaint", "agent", "{x}<&>")
MOST_ACTS = 60


class RandomCaller:
    """Presses, speaks, records, is silent and hangs up by chance; mostly sensible keys, so that calls go deep."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)  # noqa: S311 - chance, not secrecy

    def play(self, call: PhoneCall) -> None:
        """Lead a whole call to its end; after 60 acts the caller puts the phone down."""
        call.dial()
        for _ in range(MOST_ACTS):
            if call.waiting == "ended":
                return
            self.act(call)
        call.hang_up()

    def act(self, call: PhoneCall) -> None:
        """One act that fits what the line waits for."""
        chance = self.chance
        if chance.random() < 0.02:
            call.hang_up(recorded=chance.choice((0, 5)))
        elif call.waiting == "dial":
            call.transfer(chance.choice(OUTCOMES))
        elif call.waiting == "record":
            self._record(call)
        else:
            self._answer(call)

    def _record(self, call: PhoneCall) -> None:
        roll = self.chance.random()
        if roll < 0.1:
            call.silence()
        else:
            call.record(self.chance.randint(1, 60), text="a story", key=self.chance.choice(("", "#", "0", "*", "9")))

    def _answer(self, call: PhoneCall) -> None:
        chance = self.chance
        roll = chance.random()
        if roll < 0.1:
            call.silence()
        elif roll < 0.25:
            call.speak(chance.choice(SAID), chance.choice((0.2, 0.6, 0.95)))
        elif roll < 0.35:
            call.press("".join(chance.choices("0123456789*#", k=chance.randint(2, 20))))
        else:
            call.press(chance.choice("1112223344556789*0#"))
