"""What the carrier says, in the reader's language: it knows no catalogue itself, only codes and values."""

from __future__ import annotations

from typing import Any

from ivr.carrier.told import Told
from ivr.messages.message import Message


def said_by_carrier(text: str) -> str:
    """A sentence of the carrier as a message of the catalogue; any other text as it is."""
    if not isinstance(text, Told):
        return text
    return Message(text.code, **{name: _value(value) for name, value in text.values.items()})


def _value(value: Any) -> Any:
    return said_by_carrier(value) if isinstance(value, str) else value
