"""Conditions of a `when`: a value against a literal, a bound, a beginning, or whether it is known at all.

No test compares two values and none computes, so that explore can try one of each class.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator

Test = Callable[[str | None], bool]


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        raise ValueError("write a number behind at_least or at_most") from None


def _as_number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def parse_condition(raw: Any) -> Test:
    """A test of one value as an author writes it; a value not known fails every test but `{known: no}`."""
    if callable(raw):
        return raw  # type: ignore[no-any-return]
    if isinstance(raw, str):
        return lambda value: value == raw
    if isinstance(raw, list) and raw and all(isinstance(one, str) for one in raw):
        any_of = frozenset(raw)
        return lambda value: value in any_of
    if isinstance(raw, dict) and len(raw) == 1:
        ((word, bound),) = raw.items()
        return _worded(word, bound)
    raise ValueError(
        "write a word, a list [one, two], or one of "
        "{at_least: n} {at_most: n} {starts_with: text} {known: yes} {not: …}"
    )


def _worded(word: str, bound: Any) -> Test:
    if word in ("at_least", "at_most"):
        limit = _number(bound)
        sign = 1 if word == "at_least" else -1

        def bounded(value: str | None) -> bool:
            number = _as_number(value) if value is not None else None
            return number is not None and sign * (number - limit) >= 0

        return bounded
    if word == "starts_with" and isinstance(bound, str) and bound:
        return lambda value: value is not None and value.startswith(bound)
    if word == "known" and bound in ("yes", "no"):
        return lambda value: (value is not None) == (bound == "yes")
    if word == "not":
        inner = parse_condition(bound)
        return lambda value: value is not None and not inner(value)
    raise ValueError(f'"{word}" is no test: use at_least, at_most, starts_with, known or not')


Condition = Annotated[Any, BeforeValidator(parse_condition)]
