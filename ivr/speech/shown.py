"""What a caller said as it may be shown to those who write flows: numbers hidden, on one line, nothing that acts on a
terminal."""

from __future__ import annotations

import re
import unicodedata

LONGEST_SHOWN = 80
_MASK = "••••"
_SPOKEN = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|hundred|thousand|ten|eleven|twelve|thirteen|"
    "fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_NUMBER = re.compile(
    r"[\d零〇一二三四五六七八九幺两](?:[\s.\-,，、/]{0,2}[\d零〇一二三四五六七八九幺两]){3,}"
    rf"|\b(?:{_SPOKEN})\b(?:[\s,\-]{{1,2}}(?:{_SPOKEN})\b){{3,}}",
    re.IGNORECASE,
)
"""Four figures and more in a row, whatever stands between them, and as they are spoken."""


def masked(text: str) -> str:
    """An utterance without numbers, whole, on one line of printable characters."""
    visible = "".join(each if each.isprintable() else " " for each in unicodedata.normalize("NFKC", text))
    return " ".join(_NUMBER.sub(_MASK, visible).split())


def shortened(text: str) -> str:
    """A text cut to what fits a line."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
