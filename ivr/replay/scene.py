"""The surroundings of a fixture's call: its clock and its pinned facts, as they are at each act."""

from __future__ import annotations

from datetime import datetime, timedelta

from ivr.replay.fixture import FixtureFields, TurnFields


class Scene:
    """One second a turn, more where a turn says `after`; facts as pinned at the top, changed where a turn says so."""

    def __init__(self, fields: FixtureFields) -> None:
        self._at = fields.at
        self._more = 0
        self.facts = fields.pinned()

    def before(self, turn: TurnFields) -> None:
        """What goes by, and what changes, before the act of this turn."""
        if turn.after is not None:
            self._more += int(turn.after) - 1
        self.facts.update(turn.facts)

    def at(self, turns: int) -> datetime:
        """The time when so many turns have been begun."""
        return self._at + timedelta(seconds=max(0, turns - 1) + self._more)
