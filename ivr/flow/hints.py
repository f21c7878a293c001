"""What the recogniser is told to expect at a question: the words of its choices, then examples of its topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.call.verbs import MOST_HINTS
from ivr.speech.hints import to_expect
from ivr.speech.net import net


def hints_of(
    words: Mapping[str, Mapping[str, Sequence[str]]], examples: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[str]]:
    """The hints by language. `words`: what may be said, by name and language; `examples` by language fill the room that
    is left."""
    by_language: dict[str, list[str]] = {}
    for spoken in words.values():
        for language, said in spoken.items():
            by_language.setdefault(language, []).extend(each for word in said for each in net(word).phrases())
    told = {language: list(to_expect(said, MOST_HINTS)) for language, said in by_language.items()}
    for language, more in examples.items():
        hints = told.setdefault(language, [])
        hints += [each for each in more if each not in hints][: max(0, MOST_HINTS - len(hints))]
    return told
