"""Prompts from text to parts: placeholders and pauses found once per release, words put in at rendering."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ivr.call.facts import OF_A_PROMISE
from ivr.flow.model import Part, Pause, Prompt, Slot
from ivr.flow.put_together import put_together
from ivr.steps.fields import PAUSE, PLACEHOLDER, SHORT_PAUSE, Audio

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By value name, by word, by language: how the words of a closed list are spoken."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
_MARK = re.compile(f"(?P<pause>[ ]*{PAUSE.pattern}[ ]*)|{PLACEHOLDER.pattern}")
_WIDE = "\u2e80"
"""From here on are characters of scripts that put no blanks between words."""


def compile_text(text: str, labels: Labels, fixed: Mapping[str, str] = NOTHING) -> tuple[Part, ...]:
    """Cut a text into words, slots and pauses. `fixed` are values that every call hears alike, by name: they become
    words."""
    parts: list[Part] = []
    at = 0
    for found in _MARK.finditer(text):
        _add(parts, text[at : found.start()])
        if found["pause"] is not None:
            divided = bool(parts) and isinstance(parts[-1], Pause)
            blank = "" if divided else _blank(text, found.start(), found.end())
            parts.append(Pause(float(found[2] or SHORT_PAUSE), blank))
        elif found[3] in fixed:
            _add(parts, fixed[found[3]])
        else:
            parts.append(Slot(found[3], found[4] or "", labels.get(found[3])))
        at = found.end()
    _add(parts, text[at:])
    return tuple(parts)


def _blank(text: str, start: int, end: int) -> str:
    """What divides the words around a pause: a blank, in scripts that have blanks."""
    around = text[start - 1 : start], text[end : end + 1]
    return " " if all(around) and not any(c >= _WIDE for c in around) else ""


def _add(parts: list[Part], words: str) -> None:
    if words and parts and isinstance(parts[-1], str):
        parts[-1] = put_together(parts[-1], words)
    elif words:
        parts.append(words)


def compile_prompt(
    written: Mapping[str, str | Audio], labels: Labels, fixed: Mapping[str, Mapping[str, str]] = NOTHING
) -> Prompt:
    """A prompt in all the languages it was written in; `fixed` are words for values, by language and name."""
    parts: dict[str, Any] = {}
    for language, words in written.items():
        text = words.text if isinstance(words, Audio) else words
        parts[language] = compile_text(text, labels, fixed.get(language, NOTHING))
    slots = frozenset(part.name for each in parts.values() for part in each if isinstance(part, Slot))
    return Prompt(parts, slots, promises=bool(slots & OF_A_PROMISE))
