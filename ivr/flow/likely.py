"""The name most likely meant by a word that is none."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from ivr.messages.message import Message


def did_you_mean(word: str, names: Sequence[str] | Mapping[str, Any], likeness: float = 0.6) -> str:
    """A hint naming the likeliest meant name, or nothing."""
    close = closest(word, names, likeness)
    return Message("flow.did-you-mean", meant=close) if close else ""


def closest(word: str, names: Sequence[str] | Mapping[str, Any], likeness: float = 0.6) -> str:
    """The name most likely meant by a word that is none, or nothing."""
    return next(iter(difflib.get_close_matches(word, list(names), n=1, cutoff=likeness)), "")
