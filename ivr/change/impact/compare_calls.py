"""Calls on record against a draft: of each the impact, of many the totals."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import msgspec

from ivr.call.inputs import Facts, Start, Stored
from ivr.change.diff.change import Difference
from ivr.change.diff.compare import difference
from ivr.change.impact.changed import Changed, changed
from ivr.change.impact.effects import CallImpact, Diversion, Effect, ImpactTotals
from ivr.change.impact.heard_otherwise import HeardOtherwise
from ivr.change.impact.paired_replay import PairedReplay, PairedState
from ivr.errors import IvrError
from ivr.flow.compile import compile_release
from ivr.flow.model import StepKey
from ivr.flow.parse import Parsed, parse
from ivr.flow.release import Files, files_of
from ivr.messages.message import Message
from ivr.service.calls.turn_facts import CallHeader, TurnFacts
from ivr.service.ports import RecordedCall
from ivr.steps.kind import Kind

decode = msgspec.json.Decoder(Stored).decode
RELEASE_GONE = "impact.why.release-gone"
RELEASE_UNREADABLE = "impact.why.release-unreadable"
TURNS_MISSING = "impact.why.turns-missing"
NOT_READ = "impact.why.not-read"
LANGUAGE_GONE = "impact.why.language-gone"
NOT_REPRODUCED = "impact.why.not-reproduced"


class BatchComparison:
    """Compares calls of several releases with one draft; each release is compiled once.

    `body` gives a stored release's files by its hash, None where they are gone; `draft` has no errors.
    """

    def __init__(self, body: Callable[[str], str | None], draft: Files) -> None:
        self._body, self._draft = body, parse(draft)
        self._release = compile_release(self._draft)
        self._known: dict[str, CallComparison | Message] = {}

    def totals(self, calls: Iterable[RecordedCall], release: str = "") -> ImpactTotals:
        """Count the impact on these calls, only on those of the release with this hash if one is given."""
        found = ImpactTotals()
        with _collector_paused():
            for call in calls:
                if not release or call.release == release:
                    impact, placed = self.impact(call), self.is_placed(call)
                    found.count(impact, call=call.call, release=call.release, turns=len(call.turns), placed=placed)
        return found

    def impact(self, call: RecordedCall) -> CallImpact:
        """What the draft does to one call."""
        comparison = self._comparison(call.release)
        if isinstance(comparison, Message):
            return CallImpact("skipped", why=comparison)
        return comparison.impact(call)

    def is_placed(self, call: RecordedCall) -> bool:
        """Whether the hotline placed the call: it began in a flow under `outgoing` of its release."""
        comparison = self._comparison(call.release)
        return not isinstance(comparison, Message) and call.entry in comparison.changed.before.outgoing

    def difference(self, release: str) -> Difference:
        """From a release to the draft; without changes where the release cannot be had."""
        comparison = self._comparison(release)
        return Difference(changes=()) if isinstance(comparison, Message) else comparison.changed.difference

    def kinds(self) -> dict[StepKey, Kind]:
        """The kind of each step, of the draft and of the releases compared so far."""
        known = [one.changed.before for one in self._known.values() if isinstance(one, CallComparison)]
        return {
            StepKey(flow.name, step.name): step.kind for one in (*known, self._release) for flow, step in one.steps()
        }

    def _comparison(self, release: str) -> CallComparison | Message:
        if release not in self._known:
            self._known[release] = self._made(release)
        return self._known[release]

    def _made(self, release: str) -> CallComparison | Message:
        body = self._body(release)
        if body is None:
            return Message(RELEASE_GONE)
        before = parsed_body(body)
        if before.hotline is None:
            return Message(RELEASE_UNREADABLE)
        try:
            compiled = compile_release(before)
        except (IvrError, KeyError, ValueError):
            return Message(RELEASE_UNREADABLE)
        return CallComparison(changed(compiled, self._release, difference(before, self._draft)))


class CallComparison:
    """Compares calls of one release with the draft."""

    def __init__(self, changed: Changed) -> None:
        self.changed = changed
        self._replay = PairedReplay(changed)

    def impact(self, call: RecordedCall) -> CallImpact:
        """What the draft does to a call."""
        if not call.turns or len(call.turns) < call.taken:
            return CallImpact("unreadable", why=Message(TURNS_MISSING))
        try:
            first = decode(call.turns[0].input).input
            if call.entry not in self.changed.before.flows:
                return CallImpact("unreadable", why=Message(NOT_READ))
            entry = self._other_entry(call)
            if entry is not None:
                return CallImpact("diverted", (entry,), turn=1)
            language = first.language if isinstance(first, Start) else ""
            if language and language not in self.changed.after.languages:
                return CallImpact("skipped", why=Message(LANGUAGE_GONE))
            return self._turns(call, self._replay.begin(call.entry, language))
        except msgspec.MsgspecError:
            return CallImpact("unreadable", why=Message(NOT_READ))

    def _turns(self, call: RecordedCall, state: PairedState | None) -> CallImpact:
        effects: dict[Diversion, None] = {}
        heard = list[HeardOtherwise]()
        take, compute = self._replay.turn, partial(self._facts, call)
        for number, turn in enumerate(call.turns, 1):
            if state is None:
                break
            taken = take(state, decode(turn.input), number, compute)
            if taken.digest != turn.digest:
                if not turn.digest:
                    return CallImpact("skipped", why=Message(RELEASE_GONE), turn=number)
                return CallImpact("unreadable", why=Message(NOT_REPRODUCED), turn=number)
            heard += [taken.heard] if taken.heard else []
            if taken.notes:
                effects.update(dict.fromkeys(taken.notes))
            if taken.unknown:
                return CallImpact("unknown", why=taken.unknown, turn=number)
            if taken.diverted:
                found = [*(one for one in effects if one.effect.how != "words"), taken.diverted]
                return CallImpact("diverted", found, turn=number, heard=heard)
            state = taken.to
        moved = [one for one in effects if one.effect.how == "moved key"]
        if moved:
            return CallImpact("moved", moved)
        return CallImpact("words", tuple(effects)) if effects else CallImpact("same")

    def _other_entry(self, call: RecordedCall) -> Diversion | None:
        """The effect where the draft has another flow answer this call."""
        before, after = self.changed.before, self.changed.after
        usual = before.numbers.get(call.line, before.default) == call.entry
        now = after.numbers.get(call.line, after.default) if usual else call.entry
        if now == call.entry and now in after.flows:
            return None
        effect = Effect("begins elsewhere", "", "", call.line if usual else "")
        return Diversion(effect, call.entry, now if usual else "")

    def _facts(self, call: RecordedCall, at: datetime) -> Facts:
        started = datetime.fromisoformat(call.started_at)
        return TurnFacts(self.changed.after, at, CallHeader(call.number, started, call.customer, line=call.line))


def parsed_body(body: str) -> Parsed:
    """The fields of a stored release."""
    return parse(files_of(body))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Spares the collector's walks through hundreds of thousands of remembered states, which find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
