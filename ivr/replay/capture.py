"""A stored call as a fixture that replays to the same transcript, with nothing in it of what its caller gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from ivr.call.events import ExitTaken
from ivr.call.inputs import Stored
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.alike import Replaced
from ivr.replay.anonymize import AnonymizedTurn, Anonymizer, NotCaptured
from ivr.replay.both_ways import Left, engine_phone, left_by_engine, run_engine
from ivr.replay.candidates import Candidates
from ivr.replay.engine_phone import EnginePhone
from ivr.replay.fixture import Fixture, TurnFields, read_fixture
from ivr.replay.leaks import survives
from ivr.replay.play import act, ring
from ivr.replay.saving import Head, fixture_text
from ivr.replay.stored import NOT_EVENTS, first_difference, turns_of
from ivr.replay.transcript import heard
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import RecordedCall

HANG_UP = TurnFields.model_validate("hang up")


@dataclass(frozen=True, slots=True)
class Captured:
    """A fixture's text, a name for its file, and the disposition of the call where the fixture ends with another."""

    text: str
    name: str
    ended: str = ""


def path_of(release: Release, call: RecordedCall) -> tuple[ExitTaken, ...]:
    """The exits a stored call took, in order: calls with the same exits are one path."""
    return tuple(event for _, turn in turns_of(release, call) for event in turn.events if isinstance(event, ExitTaken))


def capture(release: Release, call: RecordedCall, texts: Mapping[str, str], hear_from: int = 0) -> Captured:
    """The fixture of a stored call; `texts` is what a transcriber made of its recordings. `NotCaptured` where its
    turns do not come out as stored, or where no fixture leads the same way.

    What is heard counts only from turn `hear_from` on, so that words that changed before it do not fail the fixture.
    """
    inputs = _inputs(release, call)
    anonymizer = Anonymizer(release, call, inputs, texts)
    turns = list(anonymizer.turns())
    flows = list(dict.fromkeys(exit.flow for exit in path_of(release, call))) or [call.entry]
    for head, acts in Candidates(release, call, anonymizer.caller, anonymizer.language).of(turns):
        phone = _led(release, head, acts, turns)
        if phone is None:
            continue
        left = left_by_engine(phone)
        title = Message("replay.capture.title", disposition=left.disposition, flows=tuple(flows))
        titled = replace(head, title=shown(title))
        for n, turn in enumerate(acts[: max(0, hear_from - 1)]):
            acts[n] = turn.model_copy(update={"hear": []})
        text = fixture_text(titled, [("", turn) for turn in acts], left)
        _prove(release, text)
        if survives(release, call, inputs, texts, _read(text)):
            raise NotCaptured(Message("replay.capture.leaks", call=call.call))
        ended = call.disposition if call.disposition not in (None, left.disposition) else None
        return Captured(text, "_".join([*flows, left.disposition or "open"]), ended or "")
    raise NotCaptured(Message("replay.capture.no-fixture", call=call.call))


def _inputs(release: Release, call: RecordedCall) -> list[Stored]:
    try:
        different = first_difference(release, call)
        inputs = [decode_stored(turn.input) for turn in call.turns if turn.digest != NOT_EVENTS]
    except msgspec.MsgspecError as failed:
        raise NotCaptured(Message("replay.capture.unreadable", call=call.call, error=str(failed))) from None
    if different is not None:
        raise NotCaptured(Message("replay.capture.differs", call=call.call, turn=different))
    if not inputs or len(call.turns) != call.taken:
        stored = len(call.turns)
        raise NotCaptured(Message("replay.capture.not-whole", call=call.call, stored=stored, taken=call.taken))
    return inputs


def _led(release: Release, head: Head, acts: list[TurnFields], turns: Sequence[AnonymizedTurn]) -> EnginePhone | None:
    """The telephone after the acts, None where a turn comes out differently. What is heard is put into `acts`."""
    fixture = _read(fixture_text(head, [("", turn) for turn in acts or [HANG_UP]], Left("completed", None, [])))
    phone, scene = engine_phone(fixture.fields, release)
    ring(phone, fixture.fields)
    recordings = Replaced(only="RE")
    for n, turn in enumerate(turns):
        if n:
            acts[n - 1] = acts[n - 1].model_copy(update={"hear": heard(release, phone.taken[-1].verbs)})
            scene.before(acts[n - 1])
            act(phone, acts[n - 1])
        if len(phone.taken) != n + 1 or not recordings.same_turn(turn.turn, phone.taken[-1]):
            return None
    if phone.waiting != "ended":
        acts.append(HANG_UP.model_copy(update={"hear": heard(release, phone.taken[-1].verbs)}))
        phone.hang_up()
    return phone


def _read(text: str) -> Fixture:
    fixture, findings = read_fixture("captured", text.encode())
    if fixture is None:
        raise NotCaptured(Message("replay.capture.no-reading", finding=findings[0].sentence()))
    return fixture


def _prove(release: Release, text: str) -> None:
    """The fixture, read back, passes."""
    verdict = run_engine(_read(text), release)[0]
    if verdict.failure:
        raise NotCaptured(Message("replay.capture.no-passing", failure=verdict.failure))
