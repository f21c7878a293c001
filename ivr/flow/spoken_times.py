"""Dates and times of day as a language speaks them: never as they are stored, and with no preposition before them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from ivr.flow import spoken_chinese, spoken_english
from ivr.flow.language_forms import joined, written_date, written_time
from ivr.flow.spoken_language import SpokenLanguage

STORED = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?(?: [a-z]+)?\Z")
"""A date or an instant as facts and values hold it (ISO 8601), with the day as the caller would say it."""
_CLOCKS = {"de": "H:mm", "nl": "H:mm", "fr": "H 'h' mm", "ja": "H時mm分", "ko": "H시 mm분", "hi": "H:mm"}
"""Where CLDR's figures are not what a voice should read; without the minutes where they are none."""
_WEEKDAY_BEHIND = frozenset(("ja", "ko"))
_UNITS = {"de": " Uhr", "nl": " uur"}


def spoken_date(value: str, language: SpokenLanguage, *, year: bool = False) -> str:
    """A date as month and day, with the year where it is asked for. ValueError where the value is none."""
    day = date.fromisoformat(value[:10])
    if language.chinese:
        return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日"
    forms = language.forms
    return written_date(forms.whole_day if year else forms.day, day, forms.months)


def spoken_day(value: str, language: SpokenLanguage) -> str:
    """A date with its year and its day of the week, by which a wrong one is heard."""
    said = spoken_date(value, language, year=True)
    weekday = language.forms.weekdays[date.fromisoformat(value[:10]).weekday()]
    if weekday.isdigit():  # a language without forms
        return said
    if language.chinese:
        return f"{said}，{weekday}"
    return f"{said} {weekday}" if language.tag.split("-")[0] in _WEEKDAY_BEHIND else f"{weekday}, {said}"


def spoken_time(value: str, language: SpokenLanguage) -> str:
    """An instant (`2026-03-02T08:30+08:00 tomorrow`): the time of day, and the day where it is not today.

    A value without a time of day is spoken as a date, one without a date (`14:30`) as a time.
    """
    stamp, _, day = value.partition(" ")
    if re.fullmatch(r"\d\d:\d\d", stamp):
        return clock(time.fromisoformat(stamp), language)
    if "T" not in stamp:
        return spoken_date(value, language)
    at = clock(datetime.fromisoformat(stamp).time(), language)
    if day == "today":
        return at
    tomorrow = language.forms.tomorrow if day == "tomorrow" else ""
    when = tomorrow or spoken_date(value, language)
    if language.chinese:
        return when + at
    if language.english:
        return f"{at} {when}" if tomorrow else f"{at} on {when}"
    return joined(language.forms.at, at, when)


def clock(at: time, language: SpokenLanguage) -> str:
    """A time of day."""
    if language.chinese:
        return language.script(spoken_chinese.clock(at))
    if language.english:
        return spoken_english.clock(at)
    return plain_clock(at, language) + _UNITS.get(language.tag.split("-")[0], "")


def plain_clock(at: time, language: SpokenLanguage) -> str:
    """A time of day by the language's pattern alone."""
    pattern = _CLOCKS.get(language.tag.split("-")[0])
    if pattern and not pattern.endswith(":mm") and not at.minute:
        pattern = pattern.partition("mm")[0].rstrip()
    return written_time(pattern or language.forms.clock, at, language.forms.halves)
