"""Why a caller cannot do something now, in a sentence: what the line waits for instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ivr.carrier.told import Told

Act = Literal["press", "speak", "silence", "record", "transfer"]


def waits_for(waiting: str) -> Told:
    """What a call waits for, as a tester reads it."""
    match waiting:
        case "gather":
            return Told("carrier.waits.question", "a question waits for the caller")
        case "record":
            return Told("carrier.waits.message", "a message is being recorded")
        case "dial":
            return Told("carrier.waits.transfer", "a transfer is going on")
    return Told("carrier.waits.ended", "the call is over")


def takes_now(waiting: str, asked: Mapping[str, str]) -> Told:
    """What the line waits for, as a tester reads it; `asked` are the attributes of the question."""
    if waiting != "gather":
        return waits_for(waiting)
    speech = "speech" in asked.get("input", "dtmf")
    digits, finish = int(asked.get("numDigits", "0")), asked.get("finishOnKey", "#")
    return question_takes(speech=speech, digits=digits, finish=finish)


def question_takes(*, speech: bool, digits: int, finish: str) -> Told:
    """What a question takes, as a tester reads it. `digits` 0: as many as the caller likes."""
    keys = _keys(digits, finish)
    if speech:
        return Told("carrier.takes.keys-or-speech", "this question takes {keys} or speech", keys=keys)
    return Told("carrier.takes.keys", "this question takes {keys}, no speech", keys=keys)


def _keys(digits: int, finish: str) -> Told:
    if digits == 1:
        return Told("carrier.takes.one-key", "one key")
    if digits:
        return Told("carrier.takes.some-keys", "{count} keys", count=digits)
    if finish:
        return Told("carrier.takes.keys-until", "keys, ended by {finish}", finish=finish)
    return Told("carrier.takes.any-keys", "keys")


def cannot(act: Act, takes: Told) -> Told:
    """The sentence of `WrongAction`: the act does not fit what the line takes now."""
    match act:
        case "press":
            return Told("carrier.cannot.press", "the caller cannot press keys now: {takes}", takes=takes)
        case "speak":
            return Told("carrier.cannot.speak", "the caller cannot speak now: {takes}", takes=takes)
        case "silence":
            return Told("carrier.cannot.silence", "the caller cannot be silent now: {takes}", takes=takes)
        case "record":
            return Told("carrier.cannot.record", "the caller cannot leave a message now: {takes}", takes=takes)
    return Told("carrier.cannot.transfer", "the caller cannot be put through now: {takes}", takes=takes)


def nothing_to_refuse() -> Told:
    """The sentence of `WrongAction` where the network has no document left to refuse."""
    return Told("carrier.cannot.refuse", "nothing can be refused: the call has ended")
