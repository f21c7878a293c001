"""A call on record as a dialogue: what was said, and what the caller did, each with its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import msgspec

from ivr.app.database import Database
from ivr.call.events import ExitTaken
from ivr.call.inputs import Digits, Input, Masked, NoInput, Recording, ReplyRefused, Speech, Stored, Transferred
from ivr.call.verbs import Speak
from ivr.engine.turn import Turn
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.flow.words import words
from ivr.messages.message import Message
from ivr.replay.stored import first_difference, turns_of
from ivr.replay.transcript import announcements


def call_lines(database: Database, name: str | None) -> list[str]:
    """The lines of a call; one that says why there are none, where it cannot be replayed as it was. None where its
    release has been removed: the page says so of the call's path."""
    found = database.call(name) if name else None
    if found is None:
        return [Message("case.dialogue.none")]
    try:
        release = database.ports.release(found.release)
        if len(found.turns) != found.taken or first_difference(release, found) is not None:
            return [Message("case.dialogue.differs")]
        texts = database.calls.transcripts(found.call)
        return [line for stored, turn in turns_of(release, found) for line in _turn(release, stored, turn, texts)]
    except NoSuch:
        return []
    except msgspec.MsgspecError:
        return [Message("case.dialogue.differs")]


def _turn(release: Release, stored: Stored, turn: Turn, texts: Mapping[str, str]) -> Iterator[str]:
    done = _done(stored.input, texts)
    if done:
        at = f"{stored.at.astimezone(ZoneInfo(release.time_zone)):%H:%M:%S}"
        chosen = _chosen(release, turn)
        if chosen:
            yield Message("case.dialogue.chose", at=at, done=done, chosen=chosen)
        else:
            yield Message("case.dialogue.did", at=at, done=done)
    for verb in turn.verbs:
        if isinstance(verb, Speak) and verb.prompt not in announcements(release):
            said = words(release, verb.prompt, verb.language, verb.values)
            yield Message("case.dialogue.said", said=" ".join(said.split()))


def _done(came: Input, texts: Mapping[str, str]) -> Message | None:
    """What the caller did, or what came of a transfer; None where nobody did anything."""
    match came:
        case Digits():
            return Message("case.dialogue.pressed", keys=came.keys)
        case Masked():
            return Message("case.dialogue.hidden", count=came.length)
        case Speech():
            return Message("case.dialogue.spoke", text=" ".join(came.text.split()))
        case NoInput():
            return Message("case.dialogue.silent")
        case Recording():
            text = " ".join(texts.get(came.recording, "").split())
            if not text:
                return Message("case.dialogue.recorded", seconds=came.seconds)
            return Message("case.dialogue.recorded-text", seconds=came.seconds, text=text)
        case Transferred():
            return Message(_TRANSFERS[came.outcome])
        case ReplyRefused():
            return Message("case.dialogue.refused", code=came.code)
    return None


_TRANSFERS = {
    "answered": "case.dialogue.transfer-answered",
    "busy": "case.dialogue.transfer-busy",
    "no_answer": "case.dialogue.transfer-no-answer",
    "failed": "case.dialogue.transfer-failed",
}


def _chosen(release: Release, turn: Turn) -> str:
    """The choice that was made, where its key or words do not say so themselves."""
    for event in turn.events:
        if isinstance(event, ExitTaken):
            by_language = getattr(release.flows[event.flow].steps[event.step], "offers", {}).values()
            chosen = any(event.exit in offers for offers in by_language)
            return event.exit if chosen and not event.exit.isdigit() else ""
    return ""
