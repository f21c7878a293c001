"""Whether a Chinese reader gets a sentence of the program in English."""

from __future__ import annotations

import re
from collections.abc import Iterable

_THEIRS = re.compile(r"“[^”]*”|`[^`]*`|\{.*\}|\[.*\]|a number to call")
"""What is the author's, or is to be written as it stands, such as the name of a promise."""
_ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}")


def left_in_english(lines: Iterable[str]) -> list[str]:
    """The lines with three English words in a row that are nobody's but the program's."""
    return [line for line in lines if _ENGLISH.search(_THEIRS.sub("", line))]
