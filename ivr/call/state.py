"""The state of a call: what later turns read, and nothing else.

Turn numbers, times, case numbers and call-wide counts come beside it with each turn, so that proof by exploring
every reachable state ends (docs/adr/0001).
"""

from __future__ import annotations

from collections.abc import Mapping

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


encode_state = msgspec.msgpack.Encoder(order="sorted").encode
decode_state = msgspec.msgpack.Decoder(State).decode
