"""The surroundings of a fixture's call: its clock and its pinned facts, as they are at each act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ivr.replay.fixture import FixtureFields, TurnFields


def a_second_a_turn(start: datetime) -> Callable[[int], datetime]:
    """A clock for a call that begins at `start`: the time when so many turns have been begun."""
    return lambda turns: start + timedelta(seconds=max(0, turns - 1))


class Scene:
    """One second a turn, more where a turn says `after`; facts as pinned at the top, changed where a turn says so."""

    def __init__(self, fields: FixtureFields) -> None:
        self._clock = a_second_a_turn(fields.at)
        self._more = timedelta()
        self.facts, self.line = fields.pinned(), fields.to

    def before(self, turn: TurnFields) -> None:
        """What goes by, and what changes, before the act of this turn."""
        if turn.after is not None:
            self._more += timedelta(seconds=int(turn.after) - 1)
        self.facts.update(turn.facts)

    def at(self, turns: int) -> datetime:
        """The time when so many turns have been begun."""
        return self._clock(turns) + self._more
