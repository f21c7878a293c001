"""Two releases side by side: each turn of a call taken under both, remembered, and told apart by meaning.

Callers repeat each other: most turns of most calls are, to the letter, turns another caller has already had. A turn is
a pure function of state, input and facts, so its outcome under both releases is computed once and looked up after that.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr.call.events import ExitTaken
from ivr.call.inputs import Given, Input, Masked, Recording, Start, Stored
from ivr.call.state import State, encode_state
from ivr.call.verbs import Speak
from ivr.change.impact.changed import Changed
from ivr.change.impact.divergence import Parting, blamed
from ivr.change.impact.effect import Effect, Led
from ivr.change.impact.meaning import Record, happened, landing, recorded
from ivr.change.impact.stored_facts import Compute, StoredFacts, deciding
from ivr.change.impact.translate import translated
from ivr.engine.turn import Turn, begin, take_turn
from ivr.flow.model import StepKey
from ivr.flow.words import parts_in
from ivr.service.calls.answer import digest

MOST_PLACES = 60_000
"""So many places are remembered before all are forgotten: some 100 MB."""


@dataclass(slots=True)
class Place:
    """Where a call stands under both releases, and the turns taken from here so far."""

    old: State
    new: State
    passed: StepKey | None
    record: Record
    same: bool
    taken: dict[Any, Passage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn under both releases: the digest of its events under the old one; what to note; and where it leads, or the
    effect that parts the releases, or the fact the draft needs that was not stored."""

    digest: bytes
    notes: tuple[Led, ...] = ()
    to: Place | None = None
    parts: Led | None = None
    unknown: str = ""


class Pairs:
    """The places of two releases."""

    def __init__(self, changed: Changed) -> None:
        self.changed = changed
        self._places: dict[Any, Place] = {}
        self._deciding = deciding(changed.after)
        self._anew = frozenset(f"hours.{name}" for name in changed.hours)
        limits = (changed.before.limits, changed.after.limits)
        self._turns = min(limit.turns for limit in limits)
        self._served = min(limit.call for limit in limits)

    def begin(self, entry: str, language: str) -> Place:
        """Where a call begins. KeyError where a release has no such flow or language."""
        old = begin(self.changed.before, entry, language)
        new = begin(self.changed.after, entry, language)
        return self._place(old, new, None, (), encode_state(old) == encode_state(new))

    def _place(self, old: State, new: State, passed: StepKey | None, record: Record, same: bool) -> Place:
        key = (encode_state(old), b"" if same else encode_state(new), passed, record)
        found = self._places.get(key)
        if found is None:
            if len(self._places) >= MOST_PLACES:
                self._forget()
            found = self._places[key] = Place(old, old if same else new, passed, record, same)
        return found

    def _forget(self) -> None:
        """Places refer to each other in circles, which only the collector takes apart."""
        self._places.clear()
        gc.collect()

    def passage(self, place: Place, stored: Stored, turn: int, compute: Compute) -> Passage:
        """The turn of a stored input taken from a place. `compute` gives the facts every call has at a moment."""
        facts = stored.facts
        key = (stored.input, tuple(sorted(facts.items(), key=_name)) if facts else ())
        if turn > self._turns or stored.handling_seconds > self._served:
            return self._take(place, stored, turn, StoredFacts(facts, self._anew, stored.at, compute))
        found = place.taken.get(key)
        if found is None:
            door = StoredFacts(facts, self._anew, stored.at, compute)
            found = self._take(place, stored, turn, door)
            if not door.fresh and not isinstance(stored.input, Recording):
                place.taken[key] = found
        return found

    def _take(self, place: Place, stored: Stored, turn: int, door: StoredFacts) -> Passage:
        changed = self.changed
        new: Turn | None = None
        if place.same and not changed.everywhere and not self._asks_anew(place):
            new = self._draft(place, stored, stored.input, turn, door)
            if not self._met_an_edit(new):
                return self._unmet(place, new)
        given = Given(input=stored.input, turn=turn, handling_seconds=stored.handling_seconds, facts=stored.facts)
        old = take_turn(changed.before, place.old, given, stored.at)
        asked = _standing(place.old)
        came, notes = stored.input, []
        if asked and not isinstance(stored.input, Start) and place.old.phase:
            meant = translated(changed, asked, place.old.language, stored.input, old.events)
            came = meant.input
            if meant.gone:
                here = (asked[0], changed.step(*asked))
                effect = Effect("no longer offered", *here, changed.exit(*asked, _exit(old)))
                return Passage(digest(old.events), parts=Led(effect))
            notes = [meant.note] if meant.note else []
        if new is None:
            new = self._draft(place, stored, came, turn, door)
        if unknown := self._unknown(place, stored.input, door):
            return Passage(digest(old.events), tuple(notes), unknown=unknown)
        return self._compared(place, old, new, notes)

    def _draft(self, place: Place, stored: Stored, came: Input, turn: int, door: StoredFacts) -> Turn:
        mine = Given(input=came, turn=turn, handling_seconds=stored.handling_seconds, facts=door)
        return take_turn(self.changed.after, place.new, mine, stored.at)

    def _asks_anew(self, place: Place) -> bool:
        """Whether the call waits at a step that changed in anything, or above one."""
        return any((frame.flow, frame.step) in self.changed.touched for frame in place.new.stack)

    def _met_an_edit(self, turn: Turn) -> bool:
        touched, retargeted = self.changed.touched, self.changed.retargeted
        for event in turn.events:
            if isinstance(event, ExitTaken):
                at = (event.flow, event.step)
                if at in touched or (*at, event.exit) in retargeted:
                    return True
        if not turn.state.stack:
            return True  # the step that ended the call is not named by its events
        return any((frame.flow, frame.step) in touched for frame in turn.state.stack)

    def _unmet(self, place: Place, turn: Turn) -> Passage:
        """A turn that no edit has anything to do with: the old release takes the very same."""
        record = recorded(place.record, turn.events) if turn.events else place.record
        to = self._place(turn.state, turn.state, place.passed, record, True)
        return Passage(digest(turn.events), tuple(self._reworded(turn)), to)

    def _unknown(self, place: Place, came: Input, door: StoredFacts) -> str:
        needed = sorted(door.missing & self._deciding)
        if needed:
            return needed[0]
        asked = _standing(place.new)
        if isinstance(came, Masked) and asked in self.changed.way:
            return "a sensitive entry"  # only its length is on record, and what is asked for changed
        return ""

    def _compared(self, place: Place, old: Turn, new: Turn, notes: list[Led]) -> Passage:
        changed = self.changed
        marks = landing(old.state, changed), landing(new.state, None)
        before, after = (
            [h for h in happened(turn.events, mark, names) if not (h.exit and h.at in changed.passing)]
            for turn, mark, names in ((old, marks[0], changed), (new, marks[1], None))
        )
        records = recorded(place.record, old.events), recorded(place.record, new.events)
        notes = [*notes, *self._reheard(old, new)]
        if [h.kept for h in before] == [h.kept for h in after] and marks[0] == marks[1]:
            met = [h.at for h in after if h.at in changed.way or h.at in changed.inherited]
            passed = met[-1] if met else place.passed
            same = encode_state(old.state) == encode_state(new.state)
            to = self._place(old.state, new.state, passed, records[0], same)
            return Passage(digest(old.events), tuple(notes), to)
        asked = _standing(place.old)
        parting = Parting(
            changed=changed,
            asked=StepKey(asked.flow, changed.step(*asked)) if asked and place.old.phase else None,
            passed=place.passed, old=before, new=after, landings=marks,
            states=(old.state, new.state), records=records,
        )  # fmt: skip
        kept = [note for note in notes if note.effect.how != "words"]
        return Passage(digest(old.events), tuple(kept), parts=blamed(parting))

    def _reworded(self, turn: Turn) -> list[Led]:
        found = self.changed.reworded
        if not found:
            return []
        heard = (v.prompt for v in turn.verbs if isinstance(v, Speak) and v.language in found.get(v.prompt, ()))
        return list(dict.fromkeys(map(_words_of, heard)))

    def _reheard(self, old: Turn, new: Turn) -> list[Led]:
        """Prompts heard in only one of the two, or with other words."""
        spoken = [[(v.prompt, v.language) for v in turn.verbs if isinstance(v, Speak)] for turn in (old, new)]
        if spoken[0] == spoken[1]:
            return self._reworded(new)
        before, after = (self._said(t, side) for t, side in ((old, self.changed.before), (new, self.changed.after)))
        gone = [words for name, words in before.items() if name not in after]
        new_ = [words for name, words in after.items() if name not in before]
        names = [
            name for name in {**before, **after}
            if before.get(name) != after.get(name)
            and not (name not in before and after[name] in gone)  # a renamed step says the same
            and not (name not in after and before[name] in new_)
        ]  # fmt: skip
        return list(dict.fromkeys(map(_words_of, names)))

    def _said(self, turn: Turn, release: Any) -> Mapping[str, Any]:
        said: dict[str, Any] = {}
        for verb in turn.verbs:
            if isinstance(verb, Speak):
                words = parts_in(release.prompts[verb.prompt], verb.language)
                said[verb.prompt] = (*said.get(verb.prompt, ()), words)
        return said


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def _standing(state: State) -> StepKey | None:
    return StepKey(state.stack[-1].flow, state.stack[-1].step) if state.stack else None


def _exit(turn: Turn) -> str:
    return next(event.exit for event in turn.events if isinstance(event, ExitTaken))


def _words_of(prompt: str) -> Led:
    """Words heard otherwise, by the step (or part of the hotline) they belong to."""
    flow, _, rest = prompt.partition(".")
    if flow in ("hotline", "prompts"):
        return Led(Effect("words", "", "", prompt.removeprefix("hotline.")))
    return Led(Effect("words", flow, rest.split(".")[0]))
