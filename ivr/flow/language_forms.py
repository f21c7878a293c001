"""What a language needs to speak dates, times, amounts and lists: plain data that a release keeps.

It comes from CLDR (`ivr/flow/cldr.py`) when a release is published, so that a stored release is spoken alike for ever,
whatever version of that data is installed later (docs/adr/0014).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

import msgspec

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's plural categories."""
_PIECE = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")


class LanguageForms(msgspec.Struct, frozen=True, kw_only=True):
    """Patterns and names of one language, as CLDR writes them.

    `day` (`d. MMMM`) and `whole_day` (with the year) are patterns of dates, `clock` (`HH:mm`) of times; `halves` are
    the words for before and after noon; `at` joins a day `{1}` and a time `{0}`; `tomorrow` is empty where CLDR has no
    word. `pair`, `middle` and `last` join lists, `through` is from one to another. `currency` has the names of the
    country's money by plural category, `amount` joins `{0}` and such a name, and `plurals` has a letter for the
    category of 0 to 99, of 100 to 199 (for all larger ones) and of millions. `fractions` has those of amounts with a
    fraction, for 0, 1 and all larger whole parts: a letter for each fraction from 1 on, or one for all of them.
    `places` are the digits of the money's fractions: 2, of yen 0.
    """

    months: Sequence[str]
    weekdays: Sequence[str]
    day: str
    whole_day: str
    clock: str
    halves: Sequence[str]
    at: str
    tomorrow: str
    pair: str
    middle: str
    last: str
    through: str
    decimal: str
    currency: Mapping[str, str] = {}
    amount: str = "{0} {1}"
    plurals: str = ""
    fractions: Sequence[str] = ()
    places: int = 2


UNKNOWN = LanguageForms(
    months=[str(n) for n in range(1, 13)], weekdays=[str(n) for n in range(1, 8)], day="d/M", whole_day="d/M/y",
    clock="HH:mm", halves=("", ""), at="{1}, {0}", tomorrow="", pair="{0}, {1}", middle="{0}, {1}", last="{0}, {1}",
    through="{0} – {1}", decimal=".",
)  # fmt: skip
"""For a language that CLDR does not know: numbers, in the order day, month, year, and no word of another language."""


def written_date(pattern: str, day: date, months: Sequence[str]) -> str:
    """A date by a pattern of CLDR."""
    fields = {"y": str(day.year), "M": str(day.month), "L": str(day.month), "d": str(day.day)}

    def piece(found: re.Match[str]) -> str:
        letter = found[2]
        if letter is None:
            return found[0] if found[1] is None else found[1] or "'"
        if letter in "ML" and len(found[0]) > 2:
            return months[day.month - 1]
        return fields.get(letter, "")

    return _PIECE.sub(piece, pattern).strip()


def written_time(pattern: str, at: time, halves: Sequence[str]) -> str:
    """A time of day by a pattern of CLDR."""
    fields = {"H": at.hour, "h": at.hour % 12 or 12, "K": at.hour % 12, "k": at.hour or 24}

    def piece(found: re.Match[str]) -> str:
        letter = found[2]
        if letter is None:
            return found[0] if found[1] is None else found[1] or "'"
        if letter == "m":
            return f"{at.minute:02d}"
        if letter in "ab":
            return halves[at.hour >= 12]
        return str(fields.get(letter, ""))

    return _PIECE.sub(piece, pattern).strip()


def joined(pattern: str, first: str, second: str) -> str:
    """A pattern of two places, `{0}` and `{1}`, filled in; its words may stand in quotes."""
    plain = _PIECE.sub(lambda found: found[0] if found[1] is None else found[1] or "'", pattern)
    return plain.replace("{0}", "\0").replace("{1}", second).replace("\0", first)


def listed(forms: LanguageForms, items: Sequence[str]) -> str:
    """Items as the language lists them: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    if len(items) == 2:
        return joined(forms.pair, items[0], items[1])
    said = items[0]
    for item in items[1:-1]:
        said = joined(forms.middle, said, item)
    return joined(forms.last, said, items[-1])
