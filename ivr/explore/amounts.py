"""Amounts of what a call is measured in, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.messages.message import Message

AMOUNTS: Mapping[str, str] = {
    "menus": "proof.amount.menus",
    "questions": "proof.amount.questions",
    "keys": "proof.amount.keys",
    "turns": "proof.amount.turns",
    "seconds": "proof.amount.seconds",
}


def amount(count: float, unit: str) -> Message:
    """A number of menus, questions, keys, turns or seconds."""
    return Message(AMOUNTS[unit], count=round(count))
