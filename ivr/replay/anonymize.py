"""Replaces everything a caller gave in a stored call, turn by turn, so that the call takes the same path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ivr.call.case_number import call_of, case_number
from ivr.call.facts import CALLER_NUMBER, NAME_OF_CUSTOMER, TAKEN
from ivr.call.inputs import Given, Input, Masked, Resume, Start, Stored
from ivr.call.state import State
from ivr.call.verbs import Verb
from ivr.engine.masking import masked
from ivr.engine.turn import Turn, begin, take_turn
from ivr.errors import IvrError
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.acts import act_of
from ivr.replay.alike import Replaced
from ivr.replay.fixture import TurnFields
from ivr.replay.placed_scene import CASE_CALL
from ivr.replay.substitutes import fictitious_number, substitutes
from ivr.service.ports import RecordedCall


class NotCaptured(IvrError):
    """A stored call cannot be made a fixture; its text says at which turn and why."""


SOMEBODY = "王女士"
"""Whom a captured call to a customer asks for."""
NAME_OF_TAKEN = f"case.{TAKEN}.{NAME_OF_CUSTOMER.removeprefix('case.')}"


@dataclass(frozen=True, slots=True)
class AnonymizedTurn:
    """A turn of the call with its substitute: what came in, how the substitute reads as an act (None: the call's first
    turn), the turn it makes, and the facts it read, with substitutes."""

    stored: Stored
    act: TurnFields | None
    turn: Turn
    facts: Mapping[str, str | None]


class Anonymizer:
    """Leads a call and its double through the same turns."""

    def __init__(
        self, release: Release, call: RecordedCall, inputs: Sequence[Stored], texts: Mapping[str, str]
    ) -> None:
        self._release, self._inputs, self._texts = release, inputs, texts
        self._call = call.call
        known = call.customer if release.phoned.may_call(call.customer) else ""  # any other counts as withheld
        self.caller = fictitious_number(known, 1)
        self.replaced = Replaced({call.customer: self.caller} if call.customer else {})
        self.language = _language(inputs)
        self._start = begin(release, call.entry, self.language)

    def turns(self) -> Iterator[AnonymizedTurn]:
        """The turns that a caller's act brought about, each with a substitute. `NotCaptured` where there is none."""
        state = double = self._start
        verbs: Sequence[Verb] = ()
        for number, stored in enumerate(self._inputs, 1):
            turn = self._original(state, number)
            if number > 1 and not turn.events and _nothing_done(stored.input, turn, state, verbs):
                state = turn.state
                continue
            act, other = self._substitute(number, state, double, verbs)
            yield AnonymizedTurn(stored, act, other, self._facts(stored))
            state, double, verbs = turn.state, other.state, other.verbs

    def _substitute(
        self, number: int, state: State, double: State, verbs: Sequence[Verb]
    ) -> tuple[TurnFields | None, Turn]:
        """The first substitute with which this turn, and all that follow, have the same result."""
        stored = self._inputs[number - 1]
        if isinstance(stored.input, Start):
            return None, self._double(double, number, stored.input)
        for each in substitutes(self._release, state, stored.input, self.replaced.known):
            act = act_of(self._release, verbs, each, self._texts_for(stored.input))
            came = masked(self._release, double, each)
            if act is None or (isinstance(stored.input, Masked) and came != stored.input):
                continue
            tried = self.replaced.copy()
            other = self._double(double, number, came)
            one = self._original(state, number)
            if tried.same_turn(one, other) and self._same_rest(number, one.state, other.state, tried.copy()):
                self.replaced = tried
                return act, other
        raise NotCaptured(Message("replay.capture.no-substitute", call=self._call, turn=number))

    def _same_rest(self, number: int, state: State, double: State, replaced: Replaced) -> bool:
        """Whether the turns to come, taken as they were, lead both the same way."""
        for n in range(number + 1, len(self._inputs) + 1):
            one, other = self._original(state, n), self._double(double, n, self._inputs[n - 1].input)
            if not replaced.same_turn(one, other):
                return False
            state, double = one.state, other.state
        return True

    def _original(self, state: State, number: int) -> Turn:
        stored = self._inputs[number - 1]
        return take_turn(
            self._release, state, Given(stored.input, number, stored.handling_seconds, stored.facts), stored.at
        )

    def _double(self, state: State, number: int, came: Input) -> Turn:
        stored = self._inputs[number - 1]
        return take_turn(
            self._release, state, Given(came, number, stored.handling_seconds, self._facts(stored)), stored.at
        )

    def _facts(self, stored: Stored) -> Mapping[str, str | None]:
        """What the turn read, the caller's own number replaced."""
        own = {name: self.caller for name in CALLER_NUMBER if stored.facts.get(name)}
        return {**stored.facts, **own, **_of_the_case(stored.facts)}

    def _texts_for(self, came: Input) -> str:
        return self._texts.get(getattr(came, "recording", ""), "")


def _of_the_case(facts: Mapping[str, str | None]) -> Mapping[str, str]:
    """What names the case of a call to a customer, and the customer, as a fixture has it."""
    number, found = facts.get(f"case.{TAKEN}.number"), dict[str, str]()
    if number:
        found[f"case.{TAKEN}.number"] = str(case_number(CASE_CALL, call_of(int(number))[1]))
    if facts.get(NAME_OF_TAKEN):
        found[NAME_OF_TAKEN] = SOMEBODY
    return found


def _language(inputs: Sequence[Stored]) -> str:
    first = inputs[0].input
    return first.language if isinstance(first, Start) else ""


def _nothing_done(came: Input, turn: Turn, state: State, verbs: Sequence[Verb]) -> bool:
    """A hold that led back to the question, or a turn after the end: nobody did anything."""
    return not state.stack or (isinstance(came, Resume) and turn.state == state)
