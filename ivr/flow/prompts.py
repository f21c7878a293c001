"""Prompts from text to parts: placeholders found once per release, words put in at rendering."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ivr.flow.model import Prompt, Slot
from ivr.flow.put_together import put_together
from ivr.steps.fields import PLACEHOLDER, Audio

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By value name, by word, by language: how the words of a closed list are spoken."""
NOTHING: Mapping[str, Any] = MappingProxyType({})


def compile_text(text: str, labels: Labels, fixed: Mapping[str, str] = NOTHING) -> tuple[str | Slot, ...]:
    """Cut a text into words and slots. `fixed` are values that every call hears alike, by name: they become words."""
    parts: list[str | Slot] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        _add(parts, text[at : found.start()])
        if found[1] in fixed:
            _add(parts, fixed[found[1]])
        else:
            parts.append(Slot(found[1], found[2] or "", labels.get(found[1])))
        at = found.end()
    _add(parts, text[at:])
    return tuple(parts)


def _add(parts: list[str | Slot], words: str) -> None:
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
    return Prompt(parts, slots)
