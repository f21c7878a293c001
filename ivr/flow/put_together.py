"""Words and values put together, so that a sentence never ends twice: "by 2 p.m." and "." are one full stop."""

from __future__ import annotations

import re

_STOPS = ".。．!！?？"
_ABBREVIATED = re.compile(r"\b\w\.\s?\w\.\Z")


def put_together(before: str, after: str) -> str:
    """Two pieces of a sentence. Where the second begins by ending the sentence, the first one's end goes, and a blank
    that stood before a value not known; "?" and "!" stay, and the full stop after them goes. "p.m." keeps its stop
    before "?", and is the end itself before a full stop."""
    if not after or after[0] not in _STOPS:
        return before + after
    before = before.rstrip()
    if after[0] in "!！?？" and _ABBREVIATED.search(before):
        return before + after
    if after[0] in ".．。" and before[-1:] and before[-1] in "!！?？":
        return before + after[1:]
    kept = before.rstrip(_STOPS)
    if after[0] in ".．。" and _ABBREVIATED.search(before):
        return before + after[1:]
    return (kept if kept else before) + after
