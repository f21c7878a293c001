"""A stored call, replayed from its inputs: the same release, state and facts give the same turns."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ivr.call.inputs import Given, Start, Stored
from ivr.call.verbs import TransferVerb
from ivr.engine.turn import Turn, begin, take_turn
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.service.ports import Ports

decode_stored = msgspec.json.Decoder(Stored).decode


def replay_call(ports: Ports, call: str) -> tuple[Release, Iterator[Turn]]:
    """The release of a stored call and its turns in order. `NoSuch` where the call or its release is gone."""
    record = ports.store.stored_call(call)
    if record is None:
        raise NoSuch(Message("service.call.none", call=call))
    release = ports.release(record.release)

    def turns() -> Iterator[Turn]:
        state = begin(release, record.entry)
        for number, raw in enumerate(record.inputs, 1):
            stored = decode_stored(raw)
            if isinstance(stored.input, Start):
                state = begin(release, record.entry, stored.input.language)
            given = Given(input=stored.input, turn=number, handling_seconds=stored.handling_seconds, facts=stored.facts)
            turn = take_turn(release, state, given, stored.at)
            state = turn.state
            yield turn

    return release, turns()


def transfer_of(ports: Ports, call: str, turn: int) -> tuple[Release, TransferVerb]:
    """The transfer that turn `turn` reports the result of: what the turn before it answered. `NoSuch` where it was
    none."""
    release, turns = replay_call(ports, call)
    for number, taken in enumerate(turns, 1):
        verb = taken.verbs[-1]
        if number == turn - 1 and isinstance(verb, TransferVerb):
            return release, verb
    raise NoSuch(Message("service.call.no-transfer", call=call, turn=turn))
