"""A stored call as a fixture that replays to the same transcript, with nothing in it of what its caller gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from ivr.call.events import ExitTaken
from ivr.call.inputs import Stored
from ivr.flow.model import Release
from ivr.replay.alike import Replaced
from ivr.replay.anonymize import AnonymizedTurn, Anonymizer, NotCaptured
from ivr.replay.both_ways import Left, left_by_engine, run_engine
from ivr.replay.candidates import Candidates
from ivr.replay.engine_phone import EnginePhone
from ivr.replay.fixture import Fixture, TurnFields, read_fixture
from ivr.replay.leaks import survives
from ivr.replay.play import act
from ivr.replay.saving import Head, fixture_text
from ivr.replay.scene import Scene
from ivr.replay.stored import NOT_EVENTS, first_difference, turns_of
from ivr.replay.transcript import heard
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import RecordedCall

HANG_UP = TurnFields.model_validate("hang up")


@dataclass(frozen=True, slots=True)
class Captured:
    """A fixture's text, a name for its file, and how the call ended where the fixture cannot end the same way."""

    text: str
    name: str
    note: str = ""


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
        titled = replace(head, title=f"captured, {left.disposition}, through {', '.join(flows)}")
        for n, turn in enumerate(acts[: max(0, hear_from - 1)]):
            acts[n] = turn.model_copy(update={"hear": []})
        text = fixture_text(titled, [("", turn) for turn in acts], left)
        _prove(release, text)
        if survives(release, call, inputs, texts, _read(text)):
            raise NotCaptured(f"call {call.call}: something its caller gave would stand in the file; not written.")
        note = "" if call.disposition in (None, left.disposition) else f"it ended {call.disposition} on the line"
        return Captured(text, "_".join([*flows, left.disposition or "open"]), note)
    raise NotCaptured(f"call {call.call}: no fixture leads the same way; not written.")


def _inputs(release: Release, call: RecordedCall) -> list[Stored]:
    try:
        different = first_difference(release, call)
        inputs = [decode_stored(turn.input) for turn in call.turns if turn.digest != NOT_EVENTS]
    except msgspec.MsgspecError as failed:
        raise NotCaptured(f"call {call.call} cannot be read; a newer version may have written it: {failed}") from None
    if different is not None:
        said = f"call {call.call} does not come out as it is stored, from turn {different} on; `ivr replay` shows how."
        raise NotCaptured(said)
    if not inputs or len(call.turns) != call.taken:
        raise NotCaptured(
            f"call {call.call}: its history is not whole: {len(call.turns)} of its {call.taken} turns are stored."
        )
    return inputs


def _led(release: Release, head: Head, acts: list[TurnFields], turns: Sequence[AnonymizedTurn]) -> EnginePhone | None:
    """The telephone after the acts, None where a turn comes out differently. What is heard is put into `acts`."""
    fixture = _read(fixture_text(head, [("", turn) for turn in acts or [HANG_UP]], Left("completed", None, [])))
    scene = Scene(fixture.fields)
    entry = head.flow or release.numbers.get(head.called, release.default)
    phone = EnginePhone(release, entry, scene, caller=head.caller, language=head.language)
    phone.dial()
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
        raise NotCaptured(f"the fixture would not be readable: {findings[0]}")
    return fixture


def _prove(release: Release, text: str) -> None:
    """The fixture, read back, passes."""
    verdict = run_engine(_read(text), release)[0]
    if verdict.failure:
        raise NotCaptured(f"the fixture would not pass, and is not written: {verdict.failure}")
