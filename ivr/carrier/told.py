"""A sentence of the carrier for a person, who may read another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self


class Told(str):
    """An English sentence with its code and values, so that whoever prints it can say it in the reader's language.

    The carrier knows no catalogue: `code` names the sentence in the one of `ivr`. A value may be a sentence too.
    """

    __slots__ = ("code", "values")
    code: str
    values: Mapping[str, Any]

    def __new__(cls, code: str, english: str, /, **values: Any) -> Self:
        made = super().__new__(cls, english.format_map(values))
        made.code, made.values = code, values
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """It may come from another process."""
        return _again, (self.code, str(self), dict(self.values))


def _again(code: str, text: str, values: dict[str, Any]) -> Told:
    return Told(code, text.replace("{", "{{").replace("}", "}}"), **values)
