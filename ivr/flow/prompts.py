"""Prompts from text to parts: placeholders and pauses found once per release, words put in at rendering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ivr.flow.model import Part, Pause, Prompt, Slot
from ivr.steps.fields import PAUSE, PLACEHOLDER, SHORT_PAUSE, Audio

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By value name, by word, by language: how the words of a closed list are spoken."""
_MARK = re.compile(f"(?P<pause>[ ]*{PAUSE.pattern}[ ]*)|{PLACEHOLDER.pattern}")
_WIDE = "\u2e80"
"""From here on are characters of scripts that put no blanks between words."""


def compile_text(text: str, labels: Labels) -> tuple[Part, ...]:
    """Cut a text into words, slots and pauses."""
    parts: list[Part] = []
    at = 0
    for found in _MARK.finditer(text):
        if found.start() > at:
            parts.append(text[at : found.start()])
        if found["pause"] is not None:
            divided = bool(parts) and isinstance(parts[-1], Pause)
            blank = "" if divided else _blank(text, found.start(), found.end())
            parts.append(Pause(float(found[2] or SHORT_PAUSE), blank))
        else:
            parts.append(Slot(found[3], found[4] or "", labels.get(found[3])))
        at = found.end()
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _blank(text: str, start: int, end: int) -> str:
    """What divides the words around a pause: a blank, in scripts that have blanks."""
    around = text[start - 1 : start], text[end : end + 1]
    return " " if all(around) and not any(c >= _WIDE for c in around) else ""


def compile_prompt(written: Mapping[str, str | Audio], labels: Labels) -> Prompt:
    """A prompt in all the languages it was written in."""
    parts: dict[str, Any] = {}
    for language, words in written.items():
        parts[language] = compile_text(words.text if isinstance(words, Audio) else words, labels)
    slots = frozenset(part.name for each in parts.values() for part in each if isinstance(part, Slot))
    return Prompt(parts, slots)
