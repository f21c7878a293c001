"""What callers gave, taken out of a text: numbers, and everything the request in progress holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ivr.errors import IvrError

MASK = "###"
_CALL = r"CA[0-9a-fA-F]{32}(?![0-9A-Za-z])"
_RELEASE = r"(?<=release )[0-9a-f]{12}(?![0-9A-Za-z])"
_NUMBER = r"\d(?:[^\w\n]{0,2}\d){2,}"
_KEPT_OR_NUMBER = re.compile(f"({_CALL}|{_RELEASE})|{_NUMBER}")
"""A number is three digits or more of any script, whatever stands between them: `turn 12` and `30 s` can be read, an
entry, a date or a telephone number cannot."""
_IS_CALL = re.compile(_CALL)


def masked(text: str, given: Iterable[tuple[str, str]] = ()) -> str:
    """The text without numbers and without the values of a form; a call's id and a release's name stay."""
    for value in sorted(_telling(given), key=len, reverse=True):
        text = text.replace(value, MASK)
    return _KEPT_OR_NUMBER.sub(lambda found: found[1] or MASK, text)


def _telling(given: Iterable[tuple[str, str]]) -> set[str]:
    """The values that say something, as they came and on one line. One or two letters would be found in every word."""
    values = {form for _, value in given for form in (value, " ".join(value.split()))}
    return {value for value in values if not _IS_CALL.fullmatch(value) and len(value) > (2 if value.isascii() else 0)}


def told(failed: object) -> object:
    """What of an error may be told. Errors of our own and the system's say what is wrong in words of theirs; any other
    may quote what a caller gave, so its kind has to do."""
    if isinstance(failed, BaseException) and not isinstance(failed, IvrError | OSError):
        return type(failed).__name__
    return failed
