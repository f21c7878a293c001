"""What a caller can send back to a document: explore tries nothing that the question as rendered cannot bring."""

from __future__ import annotations

from ivr.call.inputs import LONGEST_ENTRY, Digits, Input, Recording, Speech
from ivr.call.verbs import Ask, RecordVerb, Verb
from ivr.carrier.gathering import gathered

MOST_KEYS = LONGEST_ENTRY + 1
"""Keys of an entry that are told apart: one more than the longest that is taken, so that too long stays too long."""


def can_send(verb: Verb, came: Input) -> bool:
    """Whether an input can come in where a call waits with this verb; what no caller does can come in anywhere."""
    match verb, came:
        case Ask(), Digits(keys=keys):
            return 0 < len(keys) <= MOST_KEYS and gathered(keys, most=verb.digits, finish=verb.end_key) == keys
        case Ask(), Speech():
            return verb.speech
        case RecordVerb(), Recording(seconds=seconds, key=key):
            return seconds <= verb.at_most and (key in ("", "hangup") or key in verb.end_keys)
        case _, Digits() | Speech() | Recording():
            return False
    return True
