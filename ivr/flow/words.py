"""The words of a prompt: the one place where prompt, values and language become what the caller hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ivr.call.inputs import LONGEST_ENTRY
from ivr.flow.language_forms import UNKNOWN
from ivr.flow.model import Part, Pause, Prompt, Release, Slot
from ivr.flow.put_together import put_together
from ivr.flow.spoken_forms import spoken
from ivr.flow.spoken_language import SpokenLanguage

LONGEST_VALUE = 60


def words(release: Release, prompt: str, language: str, values: Mapping[str, str]) -> str:
    """The text of a prompt. A value that is not known is left out; a missing language falls back to the first."""
    return "".join(said for _, said in runs(release, prompt, language, values))


def runs(release: Release, prompt: str, language: str, values: Mapping[str, str]) -> Iterator[tuple[float, str]]:
    """The words of a prompt between its pauses, each with the silence before them in seconds; what stands before the
    first pause may be empty."""
    speaks = release.speaks.get(language) or SpokenLanguage(language, UNKNOWN)
    silence, said = 0.0, ""
    for part in parts_in(release.prompts[prompt], language):
        if isinstance(part, Pause):
            yield silence, said + part.blank
            silence, said = part.seconds, ""
        else:
            said = put_together(said, part if isinstance(part, str) else fill(part, values.get(part.name), speaks))
    yield silence, said


def parts_in(prompt: Prompt, language: str) -> tuple[Part, ...]:
    """A prompt's parts in a language, or in its first one."""
    parts = prompt.parts.get(language)
    return tuple(parts if parts is not None else next(iter(prompt.parts.values())))


def fill(slot: Slot, value: str | None, language: SpokenLanguage) -> str:
    """A slot's value as it is spoken, free text cut at 60 characters; caller input is data, never markup."""
    if value is None:
        return ""
    if slot.labels is not None and value in slot.labels:
        labels = slot.labels[value]
        return labels.get(language.tag) or next(iter(labels.values()), value)
    return spoken(value[: LONGEST_ENTRY if slot.format else LONGEST_VALUE], slot.format, language)
