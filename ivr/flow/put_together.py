"""Words and values put together, so that a sentence never ends twice: "by 2 p.m." and "." are one full stop."""

from __future__ import annotations

import re

_STOPS = ".。!！?？;；,，、:：…"
_ABBREVIATED = re.compile(r"\b\w\.\s?\w\.\Z")


def put_together(before: str, after: str) -> str:
    """Two pieces of a sentence. Where the second begins with a stop, the first one's stops go; the stop of an
    abbreviation ("a.m.") stays, and goes for a full stop as well."""
    if not after or after[0] not in _STOPS or not before:
        return before + after
    if _ABBREVIATED.search(before):
        return before + (after[1:] if after[0] in ".。" else after)
    return before.rstrip(_STOPS) + after
