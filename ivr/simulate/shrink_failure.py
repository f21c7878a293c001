"""A call that broke an invariant: made as small as it can be, and saved as a fixture."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from ivr.carrier.caller_actions import CallerAction, EndTransfer, HangUp, LeaveMessage, Press, SayWords, Silence
from ivr.carrier.shrinking import Acts, Shrinking
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.both_ways import Left, run_engine
from ivr.replay.carrier_words import said_by_carrier
from ivr.replay.fixture import MessageFields, TurnFields, read_fixture
from ivr.replay.saving import Head, fixture_text
from ivr.simulate.fuzz_worker import FuzzRun, FuzzWorker
from ivr.simulate.random_calls import IncomingCall, RandomCallResult

HANG_UP = TurnFields.model_validate("hang up")


@dataclass(frozen=True, slots=True)
class ShrunkFailure:
    """The smallest call found. `alone` is false where it passes on a fresh database, and so was not made smaller."""

    result: RandomCallResult
    invariant: str
    what: str
    alone: bool


class Reproducer:
    """Leads a failing call again and again, each time on a fresh database with the same clock."""

    def __init__(self, run: FuzzRun, release: Release) -> None:
        self._run, self._release, self.seed = run, release, run.seed
        self._tries = itertools.count()

    def smallest(self, result: RandomCallResult, invariant: str) -> ShrunkFailure:
        """The smallest call that still breaks this invariant."""
        found: list[RandomCallResult] = []

        def fails(acts: Acts) -> Acts | None:
            again = self._try(result.incoming, acts)
            if not broken(again, invariant):
                return None
            found.append(again)
            return again.acts

        first = fails(result.acts)
        if first is None:
            return ShrunkFailure(result, invariant, broken(result, invariant), alone=False)
        smallest = Shrinking(fails).shrink(first)
        best = next((one for one in reversed(found) if one.acts == smallest), found[0])
        return ShrunkFailure(best, invariant, broken(best, invariant), alone=True)

    def _try(self, incoming: IncomingCall, acts: Sequence[CallerAction]) -> RandomCallResult:
        with self._run.hotlines.opened(self._release, f"try-{next(self._tries)}") as open_hotline:
            return FuzzWorker(self._run.seed, self._release, open_hotline).again(incoming, acts)

    def text(self, failure: ShrunkFailure) -> str:
        """The fixture: what the caller hears and what the call leaves are the bare engine's, so that it passes once
        the fault is fixed."""
        incoming = failure.result.incoming
        head = Head(at=incoming.at, caller=incoming.caller, called=incoming.called, language="", flow=self._run.flow)
        acts = [turn_of(act) for act in failure.result.acts] or [HANG_UP]
        heard, left, whole = self._engine_alone(head, acts)
        if not whole:  # the engine's call goes on where the broken one ended
            acts = [*acts[: len(heard)], HANG_UP]
            heard, left, whole = self._engine_alone(head, acts)
        text = fixture_text(head, list(zip(heard, acts, strict=False)), left)
        command = f"ivr fuzz --seed {self._run.seed}"
        found = Message(
            "simulate.found", command=command, call=incoming.number, invariant=failure.invariant, what=failure.what
        )
        return f"# {' '.join(shown(found).split())}\n{text}"

    def _engine_alone(self, head: Head, acts: Sequence[TurnFields]) -> tuple[list[str], Left, bool]:
        """What is heard before each act, as far as the engine comes; what the call leaves; whether it ends there."""
        draft = fixture_text(head, [("", turn) for turn in acts], Left("failed", None, []))
        fixture, findings = read_fixture("draft", draft.encode())
        assert fixture is not None, findings
        _, played, left = run_engine(fixture, self._release)
        return _first_heard(played.dialogue), left, played.mismatch is None


def broken(result: RandomCallResult, invariant: str) -> str:
    """What is wrong with an invariant, empty if nothing."""
    return next((said_by_carrier(one.what) for one in result.audit.broken if one.invariant == invariant), "")


def turn_of(act: CallerAction) -> TurnFields:
    """An act as a fixture has it."""
    match act:
        case Press(keys):
            return TurnFields(press=keys)
        case SayWords(text, confidence):
            return TurnFields(speak=text, confidence=None if confidence == 0.9 else f"{confidence * 100:.0f}%")
        case Silence():
            return TurnFields(silence=True)
        case LeaveMessage(seconds, text, key):
            return TurnFields(record=MessageFields(seconds=seconds, text=text, key=key or None))
        case EndTransfer(outcome):
            return TurnFields(transfer=outcome)
        case HangUp(recorded) if recorded:
            return TurnFields(record=MessageFields.model_validate({"seconds": recorded, "hang_up": True}))
    return HANG_UP


def _first_heard(dialogue: Sequence[str]) -> list[str]:
    """What was heard first before each act."""
    heard: list[str] = []
    first = ""
    for line in dialogue:
        if line.startswith("> "):
            heard.append(first)
            first = ""
        else:
            first = first or line
    return heard
