"""One call on record against the draft: led elsewhere, the same, or not to be told."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec

from ivr.call.inputs import Facts, Start, Stored
from ivr.change.impact.changed import Changed
from ivr.change.impact.effect import Effect, Led, Verdict
from ivr.change.impact.pairs import Pairs, Place
from ivr.service.calls.turn_facts import CallHeader, TurnFacts
from ivr.service.ports import RecordedCall

decode = msgspec.json.Decoder(Stored).decode
RELEASE_GONE = "its release is no longer kept"
NOT_WHOLE = "its record is not whole"
NOT_READ = "its record cannot be read"
LANGUAGE_GONE = "it began in a language that is no longer spoken"
NOT_AGAIN = "taken again on its own release it comes out otherwise than on record"


class Judge:
    """Judges calls of one release against the draft."""

    def __init__(self, changed: Changed) -> None:
        self.changed = changed
        self._pairs = Pairs(changed)

    def verdict(self, call: RecordedCall) -> Verdict:
        """What the draft would do to a call."""
        if not call.turns or len(call.turns) < call.taken:
            return Verdict("unreadable", why=NOT_WHOLE)
        try:
            first = decode(call.turns[0].input).input
            if call.entry not in self.changed.before.flows:
                return Verdict("unreadable", why=NOT_READ)
            begins = self._begins(call)
            if begins is not None:
                return Verdict("diverted", (begins,), turn=1)
            language = first.language if isinstance(first, Start) else ""
            if language and language not in self.changed.after.languages:
                return Verdict("skipped", why=LANGUAGE_GONE)
            return self._led(call, self._pairs.begin(call.entry, language))
        except msgspec.MsgspecError:
            return Verdict("unreadable", why=NOT_READ)

    def _led(self, call: RecordedCall, place: Place | None) -> Verdict:
        effects: dict[Led, None] = {}
        passage, compute = self._pairs.passage, partial(self._facts, call)
        for number, turn in enumerate(call.turns, 1):
            if place is None:
                break
            stored = decode(turn.input)
            taken = passage(place, stored, number, compute)
            if taken.digest != turn.digest:
                if not turn.digest:
                    return Verdict("skipped", why=RELEASE_GONE, turn=number)
                return Verdict("unreadable", why=NOT_AGAIN, turn=number)
            if taken.notes:
                effects.update(dict.fromkeys(taken.notes))
            if taken.unknown:
                return Verdict("unknown", why=taken.unknown, turn=number)
            if taken.parts:
                found = [*(led for led in effects if led.effect.how != "words"), taken.parts]
                return Verdict("diverted", found, turn=number)
            place = taken.to
        return _calm(effects)

    def _begins(self, call: RecordedCall) -> Led | None:
        """Where the draft would have another flow answer this call."""
        before, after = self.changed.before, self.changed.after
        usual = before.numbers.get(call.called, before.default) == call.entry
        now = after.numbers.get(call.called, after.default) if usual else call.entry
        if now == call.entry and now in after.flows:
            return None
        return Led(Effect("begins elsewhere", "", "", call.called if usual else ""), call.entry, now if usual else "")

    def _facts(self, call: RecordedCall, at: datetime) -> Facts:
        started = datetime.fromisoformat(call.started_at)
        return TurnFacts(self.changed.after, at, CallHeader(call.number, started, call.caller))


def _calm(effects: dict[Led, None]) -> Verdict:
    """A call that arrives where it did: perhaps by another key, perhaps hearing other words."""
    moved = [led for led in effects if led.effect.how == "moved key"]
    if moved:
        return Verdict("moved", moved)
    return Verdict("words", tuple(effects)) if effects else Verdict("same")
