"""A state written by a later version: what this one does not know stays with the call."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from ivr.call.state import Frame, LaterVersion, State, decode_state, encode_state, later_fields

STATE = State((Frame("main", "menu", {"product": "card"}),), "zh-CN", phase="asked", no_input=2, may_rewind=True)
LATER = some.lists(
    some.none() | some.booleans() | some.integers(-(2**60), 2**60) | some.text() | some.binary(), max_size=9
)


@given(LATER)
def test_fields_of_a_later_version_survive_a_turn_of_this_one(later: list[object]) -> None:
    known = msgspec.msgpack.decode(encode_state(STATE))
    raw = msgspec.msgpack.encode([*known, *later])

    assert decode_state(raw) == STATE
    moved = msgspec.structs.replace(decode_state(raw), no_input=3)
    again = encode_state(moved, later_fields(raw))
    assert decode_state(again) == moved
    assert list(later_fields(again)) == later


def test_a_state_of_this_version_has_no_later_fields() -> None:
    assert later_fields(encode_state(STATE)) == ()


def test_a_call_whose_frames_have_grown_is_left_to_the_later_version() -> None:
    known = msgspec.msgpack.decode(encode_state(STATE))
    known[0] = [[*frame, "more"] for frame in known[0]]
    with pytest.raises(LaterVersion):
        later_fields(msgspec.msgpack.encode([*known, 1]))
