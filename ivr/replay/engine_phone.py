"""The bare engine as a telephone: the same acts as on the line, without webhooks, documents or a database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from ivr.call.events import CaseAdded, Disposition, Ended, Ending, Event, FollowedUp, PersonAsked
from ivr.call.facts import source_of
from ivr.call.inputs import (
    Digits,
    Given,
    Input,
    NoInput,
    Recording,
    ReplyRefused,
    Speech,
    Start,
    Stored,
    TransferOutcome,
    Transferred,
    known_confidence,
)
from ivr.call.state import decode_state, encode_state
from ivr.call.verbs import Ask, LastResort, RecordVerb, Speak, TransferVerb, Verb
from ivr.carrier.gathering import gathered
from ivr.carrier.phone_call import DialOutcome, HeardPrompt, WaitingFor, WrongAction
from ivr.carrier.told import Told
from ivr.carrier.wrong_acts import Act, cannot, nothing_to_refuse, question_takes, waits_for
from ivr.case.case import Case, taken_down
from ivr.engine.conclude import conclude, ending_of, person_asked, said_of_end
from ivr.engine.masking import masked
from ivr.engine.placed import result_of
from ivr.engine.turn import Turn, begin, take_turn
from ivr.flow.model import Release
from ivr.flow.words import words
from ivr.replay.placed_fields import OF_NETWORK, NotTakenUp
from ivr.replay.scene import Scene
from ivr.service.calls.turn_facts import CallHeader, TurnFacts
from ivr.service.calls.turn_in_progress import CallBefore, TurnTaken
from ivr.service.cases.said_in_turn import said_in_turn

Asked = TypeVar("Asked", Ask, RecordVerb, TransferVerb)
OUTCOMES: Mapping[DialOutcome, TransferOutcome] = {
    "answered": "answered", "busy": "busy", "no-answer": "no_answer", "failed": "failed",
}  # fmt: skip
WAITS: Mapping[type, WaitingFor] = {Ask: "gather", RecordVerb: "record", TransferVerb: "dial", LastResort: "dial"}


CALL = "CA" + "1".zfill(32)
"""The call of every fixture, through the engine and through the webhooks: both give its recordings the same names."""


class EnginePhone:
    """A call to the engine alone. The state goes through the database's codec between turns. `cases` are those the
    call has left so far, by kind.

    One that the hotline places is `answered` or `not_answered` instead of being dialled; `result` is what has come of
    it, and `noted` what it has put on the case it is about. `number` is the call's own.
    """

    def __init__(self, release: Release, entry: str, scene: Scene, *, caller: str, language: str = "") -> None:
        self.release, self.scene, self.caller = release, scene, caller
        self.number = 1
        self.result = ""
        self.language = language
        self.started = self.now = scene.at(1)
        self.transfer_seconds = 0
        self.heard: list[HeardPrompt] = []
        self.waiting: WaitingFor = "ended"
        self.events: list[Event] = []
        self.taken: list[Turn] = []
        self.transcripts: dict[str, str] = {}
        self.cases: dict[str, Case] = {}
        self._state = encode_state(begin(release, entry, language))
        self._last: Verb | None = None
        self._recordings = 0

    def dial(self) -> None:
        """Ring; the hotline answers."""
        self._take(Start(self.language))

    def answered(self, by: str = "") -> None:
        """The customer, or a machine of theirs, takes up a call that the hotline places; who, its scene says."""
        self.result = "unclear"
        self.dial()

    def not_answered(self, status: NotTakenUp) -> None:
        """Nobody does."""
        self.result = OF_NETWORK[status]

    def press(self, keys: str) -> None:
        """Press keys."""
        if isinstance(self._last, RecordVerb) and self.waiting == "record":
            self.record(1, key=keys[:1])
            return
        asked = self._expect(Ask, "press")
        digits = gathered(keys, most=asked.digits or 1024, finish=asked.end_key)
        self._take(Digits(digits) if digits else NoInput())

    def speak(self, text: str, confidence: float = 0.9) -> None:
        """Say something."""
        asked = self._expect(Ask, "speak")
        self._take(Speech(text, known_confidence(round(confidence, 2))) if asked.speech else NoInput())

    def silence(self) -> None:
        """Nothing, until the waiting time is over."""
        if self.waiting not in ("gather", "record"):
            raise WrongAction(cannot("silence", self._takes()))
        self._take(NoInput())

    def record(self, seconds: int, text: str = "", key: str = "") -> None:
        """Leave a voice message."""
        asked = self._expect(RecordVerb, "record")
        key = key if key in asked.end_keys else ""
        self._take(self._recorded(seconds, text, key) if seconds > 0 or key else NoInput())

    def transfer(self, outcome: DialOutcome) -> None:
        """The transfer ends so."""
        self._expect(TransferVerb, "transfer")
        self._take(Transferred(OUTCOMES[outcome]))

    def refuse(self, code: int) -> None:
        """The network cannot use the last document, for the reason of this code."""
        if self.waiting == "ended":
            raise WrongAction(nothing_to_refuse())
        self._take(ReplyRefused(code))

    def hang_up(self, recorded: int = 0) -> None:
        """Put the phone down."""
        if self.waiting == "record" and recorded > 0:
            self._take(self._recorded(recorded, "", "hangup"))
        self.waiting, self.heard = "ended", []

    def disposition(self) -> Disposition:
        """What the flow said of the end, or what is concluded from the call."""
        whole = any(not case.partial for case in self.cases.values())
        return conclude(said=self._said(), person=self._person(), whole_case=whole)

    def ending(self) -> Ending:
        """What the caller got."""
        down = [taken_down(case) for case in self.cases.values()]
        said = said_of_end(self._said(), result_of(decode_state(self._state).call))
        return ending_of(
            began=bool(self.taken), said=said, person=self._person(), whole_case=any(down), partial_case=not all(down)
        )

    @property
    def noted(self) -> Mapping[str, str]:
        """What the call has put on the case it is about."""
        found: dict[str, str] = {}
        for event in self.events:
            if isinstance(event, CaseAdded | FollowedUp):
                found |= {name: value for name, value in event.fields.items() if value}
        return found

    def _said(self) -> Disposition | None:
        ended = [event.disposition for event in self.events if isinstance(event, Ended)]
        return ended[-1] if ended else None

    def _person(self) -> PersonAsked | None:
        return person_asked(None, self.release, self.events)

    def _expect(self, kind: type[Asked], act: Act) -> Asked:
        if self.waiting == "ended" or not isinstance(self._last, kind):
            raise WrongAction(cannot(act, self._takes()))
        return self._last

    def _takes(self) -> Told:
        last = self._last
        if self.waiting == "gather" and isinstance(last, Ask):
            return question_takes(speech=last.speech, digits=last.digits, finish=last.end_key)
        return waits_for(self.waiting)

    def _recorded(self, seconds: int, text: str, key: str) -> Recording:
        self._recordings += 1
        recording = f"RE{CALL[2:30]}{self._recordings:04d}"
        if text:
            self.transcripts[recording] = text
        return Recording(recording, seconds, key)

    def _take(self, came: Input) -> None:
        number = len(self.taken) + 1
        state = decode_state(self._state)
        before, self.now = self.now, self.scene.at(number)
        if isinstance(came, Transferred):
            self.transfer_seconds += int((self.now - before).total_seconds())
        header = CallHeader(self.number, self.started, self.caller, line=self.scene.line)
        facts = TurnFacts(self.release, self.now, header, pinned=self.scene.facts, stored=_switched_off)
        handling_seconds = int((self.now - self.started).total_seconds()) - self.transfer_seconds
        given = Given(
            input=masked(self.release, state, came), turn=number, handling_seconds=handling_seconds, facts=facts
        )
        turn = take_turn(self.release, state, given, self.now)
        self._state = encode_state(turn.state)
        self.events += turn.events
        self.taken.append(turn)
        self.result = next((e.result for e in reversed(turn.events) if isinstance(e, FollowedUp)), self.result)
        stored = Stored(at=self.now, input=given.input, handling_seconds=handling_seconds, facts=facts.read)
        taken = TurnTaken(CallBefore(header, self.release, state, number - 1), turn, stored)
        self.cases |= {kind: said.case for kind, said in said_in_turn(taken, self.cases).items()}
        self.heard = [
            HeardPrompt(words(self.release, v.prompt, v.language, v.values), self.release.languages[v.language].speak)
            for v in turn.verbs
            if isinstance(v, Speak)
        ]
        self._last = turn.verbs[-1]
        self.waiting = WAITS.get(type(self._last), "ended")


def _switched_off(name: str) -> str | None:
    return "no" if source_of(name) == "switch" else None
