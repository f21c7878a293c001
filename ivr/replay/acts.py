"""An input as the act of a fixture that brings it about, where the line waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.call.inputs import Digits, Input, NoInput, Recording, ReplyRefused, Resume, Speech, Transferred
from ivr.call.keys import written_key, written_keys
from ivr.call.verbs import Ask, RecordVerb, TransferVerb, Verb
from ivr.carrier.gathering import gathered
from ivr.flow.model import Release
from ivr.replay.fixture import MessageFields, TurnFields
from ivr.replay.substitutes import neutral

OUTCOMES = {"answered": "answered", "busy": "busy", "no_answer": "no-answer", "failed": "failed"}


def act_of(release: Release, verbs: Sequence[Verb], came: Input, text: str) -> TurnFields | None:
    """The act, or None where no act brings this about. `text` is what a transcriber made of a message: other words
    stand for it."""
    match verbs[-1] if verbs else None, came:
        case _, ReplyRefused(code=code):
            return _turn(refused=code) if 12_000 <= code < 14_000 else None
        case Ask(), Digits(keys=keys):
            return _pressed(verbs[-1], keys)
        case Ask(speech=True), Speech(text=said, confidence=confidence):
            percent = max(1, round(100 * (0.9 if confidence is None else confidence)))  # 0% would mean not known
            return _turn(speak=said, **({} if percent == 90 else {"confidence": f"{percent}%"}))
        case (Ask() | RecordVerb(), NoInput()):
            return _turn(silence="yes")
        case RecordVerb(language=language), Recording(seconds=seconds, key=key):
            words = neutral(language)[0] if text else ""
            return _turn(record=_record(seconds, key, words))
        case TransferVerb(), Transferred(outcome=outcome):
            return _turn(transfer=OUTCOMES[outcome])
        case TransferVerb(), NoInput() | Resume():
            return _turn(transfer="failed")
    return None


def _pressed(asked: Verb, keys: str) -> TurnFields | None:
    assert isinstance(asked, Ask)
    ended = asked.end_key if asked.end_key and asked.digits != len(keys) else ""
    if gathered(keys + ended, most=asked.digits or 1024, finish=asked.end_key) != keys:
        return None
    return _turn(press=written_keys(keys + ended))


def _record(seconds: int, key: str, words: str) -> MessageFields:
    given: dict[str, object] = {"seconds": seconds}
    if words:
        given["text"] = words
    if key == "hangup":
        given["hang up"] = "yes"
    elif key:
        given["key"] = written_key(key)
    return MessageFields.model_validate(given)


def _turn(**act: object) -> TurnFields:
    return TurnFields.model_validate(act)
