"""The state of a call: what later turns read, and nothing else.

Turn numbers, times, case numbers and call-wide counts come beside it with each turn, so that proof by exploring
every reachable state ends (docs/adr/0001).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Values = Mapping[str, str]
NO_VALUES: Values = {}


class Frame(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One run of a flow: its current step, the values it has saved, and the kind of the last case it entered or
    completed itself. They go when the run ends."""

    flow: str
    step: str
    values: Values = NO_VALUES
    case: str = ""


class State(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A call between two turns. An empty stack means the flow has ended the call.

    `phase` says what the step waits for (a step with several questions has several phases); the three counts belong
    to this visit of the question; `entry` is what a confirmation asks about; `case` is the kind of the call's last
    case; `trail` is the question before this one as it was when it was asked (empty: none), and `may_rewind` says
    that a further `back` leads to the first question of the flow.
    """

    stack: tuple[Frame, ...]
    language: str
    phase: str = ""
    no_input: int = 0
    no_match: int = 0
    refused: int = 0
    entry: str = ""
    call: Values = NO_VALUES
    case: str = ""
    trail: tuple[Frame, ...] = ()
    may_rewind: bool = False


_encode = msgspec.msgpack.Encoder(order="sorted").encode
_decode = msgspec.msgpack.Decoder(State).decode
_decode_any = msgspec.msgpack.Decoder(list[Any]).decode
_FIELDS, _FRAME_FIELDS = len(State.__struct_fields__), len(Frame.__struct_fields__)
_PLAIN = 0x90 | _FIELDS
"""The first byte of a state with as many fields as this version knows (MessagePack, fixarray)."""


class LaterVersion(Exception):
    """The state was written by a later version, and this one cannot take its next turn without losing some of it."""


def encode_state(state: State, later: Sequence[Any] = ()) -> bytes:
    """A state as it is stored; `later` are the fields of `later_fields`, which stay at its end."""
    raw = _encode(state)
    return _encode([*_decode_any(raw), *later]) if later else raw


def decode_state(raw: bytes) -> State:
    """A stored state; fields that a later version has added at its end are left out."""
    return _decode(raw)


def later_fields(raw: bytes) -> Sequence[Any]:
    """What a later version has added to a stored state. During a rolling upgrade a call goes from one version to the
    other and back, and must lose nothing on the way. `LaterVersion` where a frame has grown, which cannot be kept: a
    version that lets one grow also adds a field to the state, by which this is noticed."""
    if raw[0] == _PLAIN:
        return ()
    whole = _decode_any(raw)
    if any(len(frame) > _FRAME_FIELDS for frame in whole[0]):
        raise LaterVersion
    return whole[_FIELDS:]
