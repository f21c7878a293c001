"""The personas callers have: a closed table, and how common each is."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

Manner = Literal["presses", "silent", "talks", "wrong", "person", "back", "repeat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """What a caller tends to do at a question, in percent of the turns; the rest is pressing an announced key.

    `talks` says what could be pressed, `wrong` presses what was not announced, `person` asks for one, `back` and
    `repeat` press 9 and star. `hang_up` is in percent of all turns; after `patience` turns it is ten times that.
    `changes` is the percent of turns in which the caller would rather speak another language, `ahead` those in which
    a second key is pressed before anything has asked for it. `listens` is the share
    of a prompt that is heard before the caller acts, `thinks` the seconds between, from and to; `message` the
    seconds of a voice message, from and to.
    """

    name: str
    share: int
    silent: int = 4
    talks: int = 8
    wrong: int = 3
    person: int = 2
    back: int = 2
    repeat: int = 1
    hang_up: float = 1.5
    patience: int = 25
    changes: int = 0
    ahead: int = 0
    listens: float = 1.0
    thinks: tuple[int, int] = (1, 4)
    message: tuple[int, int] = (6, 45)

    def manner(self, chance: Random) -> Manner:
        """What the caller does this time."""
        roll = chance.random() * 100
        for manner, percent in self._slips():
            if roll < percent:
                return manner
            roll -= percent
        return "presses"

    def _slips(self) -> tuple[tuple[Manner, int], ...]:
        return (
            ("silent", self.silent), ("talks", self.talks), ("wrong", self.wrong), ("person", self.person),
            ("back", self.back), ("repeat", self.repeat),
        )  # fmt: skip


PERSONAS: tuple[Persona, ...] = (
    Persona(name="ordinary", share=44),
    Persona(name="hurried", share=18, silent=1, wrong=6, person=5, patience=12, ahead=15, listens=0.3, thinks=(0, 1),
          message=(1, 8)),
    Persona(name="elderly", share=10, silent=15, talks=12, wrong=8, person=10, repeat=8, patience=40, thinks=(3, 9),
          message=(15, 80)),
    Persona(name="silent", share=5, silent=70, talks=2, hang_up=4, patience=15, thinks=(0, 1)),
    Persona(name="talks instead of pressing", share=10, talks=75, wrong=0),
    Persona(name="presses wrong", share=5, wrong=45, repeat=5, back=6),
    Persona(name="hangs up", share=5, hang_up=12, patience=6, listens=0.6),
    Persona(name="switches language", share=3, changes=15, back=12),
)  # fmt: skip
BY_NAME = {persona.name: persona for persona in PERSONAS}


def some_persona(chance: Random) -> Persona:
    """One of the table, by how common it is."""
    return chance.choices(PERSONAS, [persona.share for persona in PERSONAS])[0]
