"""Prompts from text to parts: placeholders found once per release, words put in at rendering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ivr.flow.model import Prompt, Slot
from ivr.steps.fields import PLACEHOLDER, Audio

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By value name, by word, by language: how the words of a closed list are spoken."""


def compile_text(text: str, labels: Labels) -> tuple[str | Slot, ...]:
    """Cut a text into words and slots."""
    parts: list[str | Slot] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        if found.start() > at:
            parts.append(text[at : found.start()])
        parts.append(Slot(found[1], found[2] or "", labels.get(found[1])))
        at = found.end()
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def compile_prompt(written: Mapping[str, str | Audio], labels: Labels) -> Prompt:
    """A prompt in all the languages it was written in."""
    parts: dict[str, Any] = {}
    for language, words in written.items():
        parts[language] = compile_text(words.text if isinstance(words, Audio) else words, labels)
    slots = frozenset(part.name for each in parts.values() for part in each if isinstance(part, Slot))
    return Prompt(parts, slots)
