"""Full-width punctuation where YAML reads only the narrow kind: what was meant, and how to say so."""

from __future__ import annotations

import re
import unicodedata

WIDE_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
KEY_LIKE = re.compile(r"[A-Za-z0-9_*#.+-]+[ \t]*：")
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_ENDS = re.compile(f"^[{WIDE_BLANKS}]+|[{WIDE_BLANKS}]+$")
_QUOTES = {"“": "”", "‘": "’", "＂": "＂", "＇": "＇", "”": "”", "‟": "”", "„": "“"}
_BRACKETS = {"｛": "｝", "［": "］", "【": "】"}
_SLOT = re.compile(r"[{｛] *[a-z][a-z0-9_.]*(?:[:：][a-z]+)? *[}｝]")


def narrow(text: str) -> str:
    """The text with full-width letters, digits and punctuation as on an English keyboard."""
    return unicodedata.normalize("NFKC", text)


def is_wide(text: str) -> bool:
    """Whether a text is one of the keyboard's, typed in full width."""
    return _WIDE.search(text) is not None and narrow(text).isascii()


def holds_wide(text: str) -> bool:
    """Whether anything in a text was typed in full width."""
    return _WIDE.search(text) is not None


def trimmed(text: str) -> str:
    """The text without full-width or other odd blanks at its ends."""
    return _ENDS.sub("", text)


def unquoted(text: str) -> str | None:
    """What stands between curly quotation marks around a whole text; None if they are not around all of it."""
    close = _QUOTES.get(text[:1])
    inner = text[1:-1]
    if close is None or len(text) < 2 or text[-1] != close or text[0] in inner or close in inner:
        return None
    return inner


def in_brackets(text: str) -> str | None:
    """The brackets that were meant around a whole text, such as `[ ]`; None if there are no full-width ones."""
    close = _BRACKETS.get(text[:1])
    if close is None or text[-1:] != close:
        return None
    return "{ }" if close == "｝" else "[ ]"


def slot(text: str) -> tuple[str, str] | None:
    """A placeholder written with full-width braces or colon, and the same as it is read."""
    written = next((found[0] for found in _SLOT.finditer(text) if _WIDE.search(found[0])), None)
    return (written, narrow(written).replace(" ", "")) if written else None
