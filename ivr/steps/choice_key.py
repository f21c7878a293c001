"""The key of a choice, as it stands in a file, and what was meant by one that is none."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from ivr.call.keys import KEYS
from ivr.messages.message import Message
from ivr.steps.spoken import digits_in

_NAMED = {"asterisk": "star", "*": "star", "hash": "pound", "#": "pound", "星号": "star", "井号": "pound"}


def _key(written: str) -> str:
    if written in KEYS:
        return written
    raise ValueError(_wrong(written))


def _wrong(key: str) -> Message:
    """What is wrong with a key there is none of, and what to write instead."""
    digits = digits_in(key)
    if re.fullmatch(r"[1-9][0-9]+", key):
        return Message("flow.choice.two-keys", n=len(key))
    if digits and len(digits.lstrip("0")) == 1:
        return Message("flow.choice.meant", meant=digits.lstrip("0"))
    if re.fullmatch(r"[0-9*#]([\s,/;|、，-]+[0-9*#])+", key):
        return Message("flow.choice.several")
    if meant := _NAMED.get(key.lower()):
        return Message("flow.choice.meant", meant=meant)
    return Message("flow.choice.none", options=("star", "pound"))


ChoiceKey = Annotated[str, AfterValidator(_key)]
"""A key of a telephone, `star` and `pound` among them."""
