"""How long words take to say, roughly: enough to tell what a caller will not listen to."""

from __future__ import annotations

import re

from ivr.steps.fields import PAUSE, PLACEHOLDER, SHORT_PAUSE

CJK_CHARACTERS_A_SECOND = 4.5
"""Chinese characters and kana; a synthetic voice speaks between 4 and 5."""
WORDS_A_SECOND = 2.6
"""Words of a language written with blanks."""
BETWEEN = 0.35
"""A comma or a full stop."""
VALUE = 2.5
"""A number, a date or a name put in."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOPS = re.compile("[,.;:!?，。；：！？、]")


def seconds_of(text: str) -> float:
    """The seconds a voice takes for a text, its placeholders filled."""
    values = len(PLACEHOLDER.findall(text))
    silences = sum(float(found[1] or SHORT_PAUSE) for found in PAUSE.finditer(text))
    plain = PLACEHOLDER.sub(" ", PAUSE.sub(" ", text))
    characters = len(_CJK.findall(plain))
    words = len(_WORD.findall(_CJK.sub(" ", plain)))
    return (
        characters / CJK_CHARACTERS_A_SECOND
        + words / WORDS_A_SECOND
        + len(_STOPS.findall(plain)) * BETWEEN
        + values * VALUE
        + silences
    )
