"""Conditions of a `when`: a value against a literal, a bound, a beginning, or whether it is known at all.

No test compares two values and none computes, so that explore can try one of each class.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple, Protocol

from pydantic import BeforeValidator

from ivr.messages.message import Message


class Test(Protocol):
    """A test of one value; a value not known fails every test but `{known: no}`."""

    def __call__(self, value: str | None, /) -> bool: ...

    @property
    def samples(self) -> Sequence[str]:
        """Values between them on either side of each boundary of the test; explore tries them."""


class AnyOf(NamedTuple):
    """The value is one of some words."""

    words: frozenset[str]

    def __call__(self, value: str | None, /) -> bool:
        return value in self.words

    @property
    def samples(self) -> Sequence[str]:
        return sorted(self.words)


class Bound(NamedTuple):
    """The value is a number of at least (`sign` 1) or at most (`sign` -1) a limit."""

    limit: float
    sign: int

    def __call__(self, value: str | None, /) -> bool:
        number = _as_number(value) if value is not None else None
        return number is not None and self.sign * (number - self.limit) >= 0

    @property
    def samples(self) -> Sequence[str]:
        inside = math.ceil(self.limit) if self.sign == 1 else math.floor(self.limit)
        return [str(inside - self.sign), str(inside)]


class StartsWith(NamedTuple):
    """The value begins like this."""

    beginning: str

    def __call__(self, value: str | None, /) -> bool:
        return value is not None and value.startswith(self.beginning)

    @property
    def samples(self) -> Sequence[str]:
        return [self.beginning]


class IsKnown(NamedTuple):
    """The value is known at all, or is not."""

    wanted: bool

    def __call__(self, value: str | None, /) -> bool:
        return (value is not None) == self.wanted

    @property
    def samples(self) -> Sequence[str]:
        return []


class Not(NamedTuple):
    """The value is known, and another test of it fails."""

    inner: Test

    def __call__(self, value: str | None, /) -> bool:
        return value is not None and not self.inner(value)

    @property
    def samples(self) -> Sequence[str]:
        return self.inner.samples


_COMPARED = re.compile(r"\s*(>=|<=|==|!=|[<>=])\s*(\S.*)\Z")
_WORDS = ("at_least", "at_most", "starts_with", "known", "not")
_ALSO_CALLED = {"more_than": "at_least", "greater_than": "at_least", "min": "at_least", "over": "at_least",
                "less_than": "at_most", "max": "at_most", "under": "at_most", "exists": "known", "is_not": "not",
                "begins_with": "starts_with"}  # fmt: skip


def _number(text: Any) -> float:
    try:
        return float(text)
    except (TypeError, ValueError):
        raise ValueError(Message("call.condition.bound")) from None


def _as_number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _test_meant(sign: str, bound: str) -> str:
    """A comparison written with signs, as it is to be written."""
    number = int(bound) if bound.isascii() and bound.isdigit() else None
    if sign in ("=", "=="):
        return bound
    if sign == "!=":
        return f"{{not: {bound}}}"
    beyond = number is not None and len(sign) == 1
    if sign[0] == ">":
        return f"{{at_least: {number + 1 if number is not None and beyond else bound}}}"
    return f"{{at_most: {number - 1 if number is not None and beyond else bound}}}"


def parse_condition(raw: Any) -> Test:
    """A test of one value as an author writes it."""
    if callable(raw):
        return raw  # type: ignore[no-any-return]
    if isinstance(raw, str) and (compared := _COMPARED.match(raw)):
        raise ValueError(Message("call.condition.compared", written=raw, meant=_test_meant(*compared.groups())))
    if isinstance(raw, str):
        return AnyOf(frozenset([raw]))
    if isinstance(raw, list) and raw and all(isinstance(one, str) for one in raw):
        return AnyOf(frozenset(raw))
    if isinstance(raw, dict) and len(raw) == 1:
        ((word, bound),) = raw.items()
        return _worded(word, bound)
    raise ValueError(Message("call.condition.none"))


def _worded(word: str, bound: Any) -> Test:
    if word in ("at_least", "at_most"):
        return Bound(_number(bound), 1 if word == "at_least" else -1)
    if word == "starts_with" and isinstance(bound, str) and bound:
        return StartsWith(bound)
    if word == "known" and bound in ("yes", "no"):
        return IsKnown(bound == "yes")
    if word == "not":
        return Not(parse_condition(bound))
    if word in _ALSO_CALLED:
        raise ValueError(Message("call.condition.called", word=word, meant=_ALSO_CALLED[word]))
    raise ValueError(Message("call.condition.unknown", word=word, options=_WORDS))


Condition = Annotated[Any, BeforeValidator(parse_condition)]
