"""An entry as a caller may say it: one form a type, to try a question with."""

from __future__ import annotations

from ivr.speech.entry_lexicons import lexicon_for
from ivr.speech.packs import TABLES, language_of

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def spoken_form(keys: str, type_: str, language: str) -> str:
    """What was keyed, in words of a language (its tag); empty where there are none for it."""
    if not keys.isascii() or not keys.isdigit():
        return ""
    spoken_in = language_of(language)
    if type_ == "date":
        return _date(keys, spoken_in) if len(keys) == 8 else ""
    if spoken_in == "zh" and type_ in ("number", "money") and 0 < int(keys) < 10_000:
        return _numeral(int(keys)) + ("元" if type_ == "money" else "")
    words = _digits(language)
    joined = spoken_in in TABLES and TABLES[spoken_in].joined
    return ("" if joined else " ").join(words[key] for key in keys) if all(key in words for key in keys) else ""


def _date(keys: str, spoken_in: str) -> str:
    year, month, day = int(keys[:4]), int(keys[4:6]), int(keys[6:])
    if not 0 < month < 13:
        return ""
    if spoken_in == "zh":
        return f"{year}年{_numeral(month)}月{_numeral(day)}日" if day else ""
    return f"{_MONTHS[month - 1]} {day}, {year}" if spoken_in == "en" else f"{year}-{month:02d}-{day:02d}"


def _digits(language: str) -> dict[str, str]:
    """The first word of each digit."""
    found: dict[str, str] = {}
    english = language_of(language) == "en"
    for units, (kind, value) in lexicon_for(language, "digits", "").phrases.items():
        if kind == "u" and len(units) >= 1 and (not english or units[0].isascii()):
            found.setdefault(str(value), ("" if len(units[0]) == 1 and not units[0].isascii() else " ").join(units))
    return found


def _numeral(number: int) -> str:
    """1205 is 一千二百零五."""
    digits, said, skipped = "零一二三四五六七八九", "", False
    for place, name in _PLACES:
        digit, number = divmod(number, place)
        if digit:
            said += ("零" if skipped and said else "") + digits[digit] + name
        skipped = not digit
    said += ("零" if skipped and said and number else "") + (digits[number] if number else "")
    return said.removeprefix("一") if said.startswith("一十") else said
