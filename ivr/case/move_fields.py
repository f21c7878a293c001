"""What a move of staff carries: its fields, which are needed, how long they may be, and which are kept for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from ivr.case.refused import Refused, refused

_ON_LINES = "\n\t"
_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that make text read in another order than it was written."""


class Field(NamedTuple):
    """A field of a move. `fact`: kept when the customer is erased, so it holds nothing of theirs. `most`: characters.
    `one_of`: the words it may be. `own`: whoever makes the move is meant where nobody is named."""

    needed: bool = True
    fact: bool = False
    most: int = 2000
    one_of: tuple[str, ...] = ()
    own: bool = False


REASON = Field()
NAME = Field(fact=True, most=80)
OPTIONAL_NAME = NAME._replace(needed=False)


def visible(text: str) -> bool:
    """Whether there is anything in a text that a reader sees."""
    return any(unicodedata.category(c) not in ("Cc", "Cf", "Zs", "Zl", "Zp") for c in text)


def judged(move: str, given: Mapping[str, str], fields: Mapping[str, Field]) -> Refused | None:
    """What is wrong with the fields given to a move, None where they are as they should be."""
    missing = tuple(name for name, field in fields.items() if field.needed and not given.get(name))
    if missing:
        return refused("move.refused.missing", move=move, names=missing)
    if unknown := tuple(name for name in given if name not in fields):
        if not fields:
            return refused("move.refused.takes-nothing", move=move, names=unknown)
        return refused("move.refused.unknown-field", move=move, names=unknown, known=tuple(fields))
    return next(filter(None, (_text(name, given[name], fields[name]) for name in given)), None)


def _text(name: str, text: str, field: Field) -> Refused | None:
    if field.one_of and text not in field.one_of:
        return refused("move.refused.not-one-of", name=name, value=shortened(text), words=field.one_of)
    if len(text) > field.most:
        return refused("move.refused.too-long", name=name, length=len(text), most=field.most)
    bad = next((c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in _ON_LINES), None)
    bad = bad or next(iter(_TURNS_TEXT.findall(text)), None)
    if bad is not None:
        return refused("move.refused.control-character", name=name, character=f"U+{ord(bad):04X}")
    if field.fact and any(c in text for c in _ON_LINES):
        return refused("move.refused.one-line", name=name)
    return None


def shortened(text: str) -> str:
    """A text for a sentence about it: what is long is cut, and nothing in it moves the cursor."""
    seen = "".join(c if c.isprintable() else "\ufffd" for c in text[:60])
    return f"{seen}…" if len(text) > 60 else seen
