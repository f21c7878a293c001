"""Calls on record made without a database: inputs taken by the engine as the webhooks take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from ivr.call.inputs import Given, Input, Start, Stored, Transferred
from ivr.call.state import State
from ivr.call.verbs import Verb
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.flow.model import Release
from ivr.service.calls.answer import digest
from ivr.service.calls.turn_facts import CallHeader, TurnFacts
from ivr.service.ports import RecordedCall, RecordedTurn

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
CALL = "CA" + "7" * 32
_encode = msgspec.json.Encoder(order="sorted").encode


@dataclass
class Recorder:
    """A call as it is being taken and recorded. Between turns `seconds` go by."""

    release: Release
    caller: str = "+862155500123"
    entry: str = "main"
    started: datetime = NOON
    number: int = 77
    pinned: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.state: State = begin(self.release, self.entry)
        self.now = self.started
        self.away = 0
        self.turns: list[RecordedTurn] = []
        self.verbs: Sequence[Verb] = ()
        self.take(Start(), 0)

    def take(self, came: Input, seconds: int = 1) -> Turn:
        """One turn more, with what came in so many seconds after the one before."""
        self.now += timedelta(seconds=seconds)
        if isinstance(came, Transferred):
            self.away += seconds
        header = CallHeader(self.number, self.started, self.caller)
        facts = TurnFacts(self.release, self.now, header, pinned=self.pinned, stored=switched_off)
        served = int((self.now - self.started).total_seconds()) - self.away
        came = masked(self.release, self.state, came)
        given = Given(came, len(self.turns) + 1, served, facts)
        turn = take_turn(self.release, self.state, given, self.now)
        stored = Stored(at=self.now, input=came, handling_seconds=served, facts=facts.read)
        self.turns.append(RecordedTurn(_encode(stored), digest(turn.events)))
        self.state, self.verbs = turn.state, turn.verbs
        return turn

    def call(self, name: str = CALL) -> RecordedCall:
        """What is on record of it so far."""
        return RecordedCall(
            call=name, taken=len(self.turns), number=self.number, release="a release", entry=self.entry,
            language=self.state.language, customer=self.caller, line="+862155500000",
            started_at=self.started.isoformat(), disposition=None, simulated=False, turns=self.turns,
        )  # fmt: skip


class Records:
    """Calls on record in memory."""

    def __init__(self, calls: Sequence[RecordedCall], replies: Sequence[str | None] = ()) -> None:
        self._calls, self._replies = calls, replies

    def names(self, wanted: object) -> list[str]:
        return [call.call for call in self._calls]

    def calls(self, wanted: object) -> Sequence[RecordedCall]:
        return self._calls

    def replies(self, call: str) -> Sequence[str | None]:
        return self._replies or [None] * len(self._calls[0].turns)

    def transcripts(self, call: str) -> Mapping[str, str]:
        return {}


def switched_off(name: str) -> str | None:
    return "no" if name.startswith("switch.") else None
