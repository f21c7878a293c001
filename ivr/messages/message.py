"""One sentence for a person: an English string that can be made in every other language too."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Any, Self

from ivr.messages.catalogue import ENGLISH, Catalogue, catalogue

Value = Any
"""A number, a text that is nobody's language (a name, a file's words), another Message, or a tuple of those."""


class Message(str):
    """The sentence `code` of the catalogue with `values` in its braces.

    It is the English sentence wherever a string is wanted: in JSON, logs and exceptions. `in_language` makes it for a
    reader. Raises KeyError where the catalogue lacks the code, or the sentence names a value that is not given.
    """

    __slots__ = ("code", "values")
    code: str
    values: Mapping[str, Value]

    def __new__(cls, code: str, /, **values: Value) -> Self:
        made = super().__new__(cls, _written(ENGLISH, code, values))
        made.code, made.values = code, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """It may come from another process."""
        return _again, (self.code, dict(self.values))

    def in_language(self, language: str) -> str:
        """The sentence in one of `languages()`."""
        return str(self) if language == ENGLISH else _written(language, self.code, self.values)


def plain_values(message: str) -> dict[str, Any]:
    """The values of a message for JSON: sentences among them in English, tuples as lists."""
    values = message.values if isinstance(message, Message) else {}
    return {name: _plain(value) for name, value in values.items()}


def _again(code: str, values: dict[str, Value]) -> Message:
    return Message(code, **values)


def _plain(value: Value) -> Any:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Sequence):
        return [_plain(each) for each in value]
    return value if isinstance(value, int | float | None) else str(value)


def _written(language: str, code: str, values: Mapping[str, Value]) -> str:
    found = catalogue(language)
    return _Format(language, found).vformat(found.sentences[code], (), values)


class _Format(string.Formatter):
    """`str.format` with what sentences need beside: `{n:# file|# files}` chooses by the number, `{names:or}`,
    `{names:and}`, `{names:list}`, `{parts:then}` join a tuple, with `"` behind it each in quotes: `{names:or"}`."""

    def __init__(self, language: str, found: Catalogue) -> None:
        self.language, self.grammar = language, found.grammar

    def format_field(self, value: Any, spec: str) -> str:
        if "|" in spec:
            one, other = spec.split("|")
            return (one if value == 1 else other).replace("#", f"{value:,}")
        if isinstance(value, tuple | list):
            return self._joined([self.format_field(each, "") for each in value], spec)
        if isinstance(value, Message):
            return value.in_language(self.language)
        return format(value, spec)

    def _joined(self, texts: Sequence[str], spec: str) -> str:
        if spec.endswith('"'):
            opening, closing = self.grammar.quotes
            texts = [f"{opening}{text}{closing}" for text in texts]
        between, last = self.grammar.joins[spec.removesuffix('"') or "list"]
        before = between.join(texts[:-1])
        if before and last != between and not last.isascii() and (before[-1].isascii() or texts[-1][:1].isascii()):
            last = f" {last} "  # between Latin letters a Chinese word stands apart
        return last.join(filter(None, [before, *texts[-1:]]))
