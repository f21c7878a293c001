"""The fixtures an anonymized call may become, the plainest first; whoever takes one checks that it plays the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ivr.call.case_number import call_of
from ivr.call.facts import ANSWERED_BY, NO_PAST, TAKEN, is_taken, source_of, stored_elsewhere
from ivr.flow.model import Release
from ivr.replay.anonymize import AnonymizedTurn
from ivr.replay.fixture import TurnFields
from ivr.replay.saving import Head
from ivr.service.calls.turn_facts import CallHeader, TurnFacts
from ivr.service.ports import RecordedCall

OF_CASE = {"name": "caller_name", "opened": "opened", "told": "told"}
"""What a fixture says of a case, and the fact it is."""
Pins = Sequence[Mapping[str, str]]
"""The facts a fixture pins, by turn."""


class Candidate(NamedTuple):
    """A fixture to try: how its call begins, and the acts of its turns."""

    head: Head
    acts: list[TurnFields]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Makes the candidates for one stored call. `caller` is the substitute of its caller's number."""

    release: Release
    call: RecordedCall
    caller: str
    language: str

    def of(self, turns: Sequence[AnonymizedTurn]) -> Iterator[Candidate]:
        """To the minute and a second a turn; with the call's own times; with its opening hours pinned too."""
        started = turns[0].stored.at.astimezone(ZoneInfo(self.release.time_zone))
        exact = started.replace(microsecond=0)
        acts = [turn.act for turn in turns if turn.act is not None]
        pins = [_pinned(turn.facts, frozenset()) for turn in turns]
        yield self._candidate(exact.replace(second=0), acts, pins)
        seconds = [int((turn.stored.at - exact).total_seconds()) for turn in turns]
        taken = [after - before for before, after in zip(seconds, seconds[1:], strict=False)]
        timed = [
            act if after == 1 else act.model_copy(update={"after": float(after)})
            for act, after in zip(acts, taken, strict=True)
        ]
        yield self._candidate(exact, timed, pins)
        changed = frozenset().union(*(self._hours_changed(turn, exact) for turn in turns))
        yield self._candidate(exact, timed, [_pinned(turn.facts, changed) for turn in turns])

    def _hours_changed(self, turn: AnonymizedTurn, started: datetime) -> frozenset[str]:
        """The opening hours a turn read of which the calendar says something else now."""
        now = turn.stored.at.replace(microsecond=0)
        fresh = TurnFacts(self.release, now, CallHeader(1, started, ""))
        return frozenset(n for n, v in turn.facts.items() if source_of(n) == "calendar" and fresh.get(n) != v)

    def _candidate(self, at: datetime, acts: Sequence[TurnFields], pins: Pins) -> Candidate:
        """Facts are pinned at the top as they were first read, and at a turn where they have changed."""
        known: dict[str, str] = {}
        for facts in pins:
            known = {**facts, **known}
        first = {name: value for name, value in known.items() if value != NO_PAST.get(name)}
        turns = []
        for turn, facts in zip(acts, pins[1:], strict=True):
            changed = {name: value for name, value in facts.items() if known[name] != value}
            known |= changed
            turns.append(turn.model_copy(update={"facts": changed}) if changed else turn)
        return Candidate(self._head(at, first), turns)

    def _head(self, at: datetime, facts: Mapping[str, str]) -> Head:
        release, call = self.release, self.call
        if call.entry in release.outgoing:
            return self._placed(at, facts)
        number = call.line if call.line in release.numbers else next(iter(release.numbers), "+862155500000")
        usual = release.numbers.get(number, release.default)
        return Head(
            at=at, caller=self.caller, called=number, language=self.language,
            flow="" if call.entry == usual else call.entry,
            facts={name: value for name, value in facts.items() if source_of(name) != "switch"},
            switches=_switches(facts),
        )  # fmt: skip

    def _placed(self, at: datetime, facts: Mapping[str, str]) -> Head:
        """Of a call that the hotline placed: who answered, and the case it was about, as far as it was asked for."""
        scope, entry = f"case.{TAKEN}.", self.call.entry
        case = {name: facts[f"{scope}{fact}"] for name, fact in OF_CASE.items() if f"{scope}{fact}" in facts}
        if number := facts.get(f"{scope}number"):
            case["kind"] = call_of(int(number))[1]
        if "case" in self.release.flows[entry].takes.values():
            case.setdefault("kind", next(iter(self.release.cases)))
        own = {name: value for name, value in facts.items() if source_of(name) not in ("switch", "attempt", "taken")}
        return Head(
            at=at, caller="", called=self.caller, language=self.language, flow="", outgoing=entry,
            answered=facts.get(ANSWERED_BY, "human"), case=case, switches=_switches(facts),
            facts={name: value for name, value in own.items() if not is_taken(name)},
        )  # fmt: skip


def _switches(facts: Mapping[str, str]) -> dict[str, str]:
    return {name[7:]: on for name, on in facts.items() if source_of(name) == "switch" and on == "yes"}


def _pinned(facts: Mapping[str, str | None], hours: frozenset[str]) -> dict[str, str]:
    """Of the facts a turn read those a fixture pins: counts and switches, and these opening hours. The rest follows
    from its clock and its caller's number."""
    wanted = {name for name in facts if name in hours or stored_elsewhere(name)}
    return {name: value for name in sorted(wanted) if (value := facts[name]) is not None}
