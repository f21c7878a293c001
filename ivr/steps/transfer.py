"""`transfer`: hand the caller to a person; outside the destination's hours nobody is rung."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, get_args

from ivr.call.inputs import Input, TransferOutcome, Transferred
from ivr.call.verbs import TransferVerb
from ivr.steps.compiling import Compiling, StepFields
from ivr.steps.fields import DestinationName, To
from ivr.steps.kind import ExitWords, Kind
from ivr.steps.reported import Reported
from ivr.steps.step import Declared, Later, Tried, Walk
from ivr.steps.target import GOODBYE, Target

KIND = Kind(
    name="transfer",
    shape="pill",
    icon="☎",
    outline=(
        "M3.5 1 6 1l1.2 3.5L5.5 6a9 9 0 0 0 4.5 4.5l1.5-1.7L15 10v2.5A2.5 2.5 0 0 1 12.5 15 11.5 11.5 0"
        " 0 1 1 3.5 2.5 2.5 0 0 1 3.5 1z"
    ),
    row_words={
        "answered": "steps.row.answered",
        "busy": "steps.row.busy",
        "no_answer": "steps.row.no-answer",
        "failed": "steps.row.failed",
        "closed": "steps.row.closed",
    },
    together=((("busy", "no_answer", "failed"), "steps.row.not-reached"),),
    back="barrier",
    called="steps.kind.transfer",
    exit_words={
        "answered": ExitWords("steps.leaving.answered", "steps.callers.answered"),
        "busy": ExitWords("steps.leaving.busy", "steps.callers.busy"),
        "no_answer": ExitWords("steps.leaving.no-answer", "steps.callers.no-answer"),
        "failed": ExitWords("steps.leaving.failed", "steps.callers.failed"),
        "closed": ExitWords("steps.leaving.desk-closed", "steps.callers.closed"),
    },
    also_called=("dial", "forward", "connect", "agent", "queue", "operator", "call", "转接", "转人工"),
)
EXAMPLE = """\
desk:
  transfer: agents
  whisper: 普通来电，语言{call.language}。
  closed: closed
  otherwise: busy
"""
OUTCOMES = ("busy", "no_answer", "failed", "closed")


class TransferFields(StepFields):
    """`transfer: DESTINATION`; `otherwise` for the outcomes not listed, `whisper` is heard by the desk alone."""

    kind: ClassVar[Kind] = KIND

    transfer: Annotated[DestinationName, Reported("destination", "steps.field.transfer")]
    whisper: Annotated[str | None, Reported("words", "steps.field.whisper", literal=True)] = None
    answered: To | None = None
    busy: To | None = None
    no_answer: To | None = None
    failed: To | None = None
    closed: To | None = None
    otherwise: To | None = None

    def targets_by_exit(self, language: str) -> Mapping[str, Target | None]:
        outcomes = {how: getattr(self, how) or self.otherwise for how in OUTCOMES}
        return {"answered": self.answered or GOODBYE, **outcomes}

    def compile(self, place: Compiling) -> TransferStep:
        return TransferStep(place, self)


class TransferStep:
    kind: ClassVar[Kind] = KIND
    HEARD: ClassVar = frozenset({"ring", "whisper"})
    __slots__ = ("declared", "destination", "exits", "fact", "name", "ring", "whisper")

    def __init__(self, place: Compiling, fields: TransferFields) -> None:
        self.name, self.destination = place.step, fields.transfer
        destination = place.destination(fields.transfer)
        self.ring = destination.ring if destination else 25
        self.fact = f"hours.{destination.hours}" if destination and destination.hours else ""
        self.whisper = place.prompt("whisper", {place.languages[0]: fields.whisper}) if fields.whisper else ""
        targets = fields.targets_by_exit(place.languages[0])
        self.exits = {outcome: to for outcome, to in targets.items() if to is not None}
        reads = place.slots(self.whisper) if self.whisper else frozenset()
        self.declared = Declared(
            reads=reads | ({self.fact} if self.fact else set()),
            exits=self.exits,
            inputs=("transfer outcome",),
            about=self.destination,
            decides=frozenset({self.fact} if self.fact else ()),
            outcomes=("answered", *OUTCOMES) if self.fact else ("answered", *OUTCOMES[:-1]),
        )

    def enter(self, walk: Walk) -> None:
        if self.fact and walk.read(self.fact) != "open":
            self._leave(walk, "closed")
            return
        walk.speak("hotline.connecting")
        walk.transfer_begun(self.destination)
        values = walk.values_of(self.whisper) if self.whisper else {}
        walk.stop(TransferVerb(self.destination, self.ring, self.whisper, values), "transfer")

    def answer(self, walk: Walk, given: Input) -> None:
        """Take the outcome; a return without one (after a "please wait" document, or silence) counts as failed."""
        outcome = given.outcome if isinstance(given, Transferred) else "failed"
        walk.transfer_ended(self.destination, outcome)
        self._leave(walk, outcome)

    def tried(self, phase: str, language: str, later: Later) -> Sequence[Tried]:
        return [Tried(outcome, "environment", [Transferred(outcome)]) for outcome in get_args(TransferOutcome)]

    def _leave(self, walk: Walk, exit: str) -> None:
        walk.take(exit, self.exits.get(exit, GOODBYE))
