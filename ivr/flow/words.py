"""The words of a prompt: the one place where prompt, values and language become what the caller hears."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.call.inputs import LONGEST_ENTRY
from ivr.flow.model import Part, Pause, Prompt, Release, Slot
from ivr.flow.spoken_forms import spoken

LONGEST_VALUE = 60


def words(release: Release, prompt: str, language: str, values: Mapping[str, str]) -> str:
    """The text of a prompt. A value that is not known is left out; a missing language falls back to the first."""
    return "".join(text_of(part, values, language) for part in parts_in(release.prompts[prompt], language))


def text_of(part: Part, values: Mapping[str, str], language: str) -> str:
    """A part of a prompt as it is read; a pause has no words."""
    if isinstance(part, str):
        return part
    return part.blank if isinstance(part, Pause) else fill(part, values.get(part.name), language)


def parts_in(prompt: Prompt, language: str) -> tuple[Part, ...]:
    """A prompt's parts in a language, or in its first one."""
    parts = prompt.parts.get(language)
    return tuple(parts if parts is not None else next(iter(prompt.parts.values())))


def fill(slot: Slot, value: str | None, language: str) -> str:
    """A slot's value as it is spoken, free text cut at 60 characters; caller input is data, never markup."""
    if value is None:
        return ""
    if slot.labels is not None and value in slot.labels:
        labels = slot.labels[value]
        return labels.get(language) or next(iter(labels.values()), value)
    return spoken(value[: LONGEST_ENTRY if slot.format else LONGEST_VALUE], slot.format, language)
