"""`{hours.X}`: a desk's week of opening hours, spoken from the calendar itself.

Days with the same hours are told together. Public holidays and single dates are not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from itertools import groupby

from ivr.calendar.opening_hours import OpeningHours, Spans
from ivr.flow import spoken_chinese, spoken_english
from ivr.flow.hours_words import WORDS, HoursWords
from ivr.flow.language_forms import joined, listed
from ivr.flow.spoken_language import SpokenLanguage
from ivr.flow.spoken_times import plain_clock

_DAY = 24 * 60
_WHOLE_DAY: Spans = ((0, _DAY),)


def spoken_hours(hours: OpeningHours, language: SpokenLanguage) -> str:
    """The week as it is spoken: "Monday to Friday from 8:30 a.m. to 8 p.m."; empty where it is never open."""
    words = WORDS.get("zh" if language.chinese else language.tag.split("-")[0])
    words = words or HoursWords(language.forms.through, language.forms.through)  # those of CLDR, often a dash
    blank = "" if language.chinese or language.tag.startswith("ja") else " "
    told = [blank.join((days, _spans(spans, words, language))) for days, spans in _by_days(hours, words, language)]
    if language.chinese or language.english:
        return {True: "，", False: ", and "}[language.chinese].join(told)
    return language.pause.join(told)


def _by_days(hours: OpeningHours, words: HoursWords, language: SpokenLanguage) -> Iterator[tuple[str, Spans]]:
    """The days told together, in words, with their spans, by the first of them."""
    days: dict[Spans, list[int]] = {}
    for day in range(7):
        if spans := tuple(hours.open.get(day, ())):
            days.setdefault(spans, []).append(day)
    for spans, of in days.items():
        yield _days(of, words, language), spans


def _days(days: Sequence[int], words: HoursWords, language: SpokenLanguage) -> str:
    if len(days) == 7 and words.every_day:
        return language.script(words.every_day)
    parts: list[str] = []
    for _, group in groupby(enumerate(days), lambda pair: pair[1] - pair[0]):
        run = [day for _, day in group]
        if len(run) > 2:
            first, last = _ends(run[0], run[-1], words, language)
            parts.append(joined(words.days, first, last))
        else:
            parts += [_weekday(day, language) for day in run]
    return listed(language.forms, parts)


def _ends(first: int, last: int, words: HoursWords, language: SpokenLanguage) -> tuple[str, str]:
    """The first and the last day of a range, in the case that the language's words for a range ask for."""
    begins = words.first_days[first] if words.first_days else _weekday(first, language)
    return begins, words.last_days[last] if words.last_days else _weekday(last, language)


def _weekday(day: int, language: SpokenLanguage) -> str:
    if language.tag.split("-")[0] in ("zh", "cmn"):
        return language.script(f"周{spoken_chinese.DAYS[day]}")
    return language.forms.weekdays[day]


def _spans(spans: Spans, words: HoursWords, language: SpokenLanguage) -> str:
    if spans == _WHOLE_DAY and words.whole_day:
        return language.script(words.whole_day)
    if spans == _WHOLE_DAY:  # "12 a.m. to 12 a.m." tells nobody
        return joined(words.span, "0:00", "24:00")
    told = [joined(words.span, _time(start, language), _time(end, language)) for start, end in spans]
    return listed(language.forms, told)


def _time(minutes: int, language: SpokenLanguage) -> str:
    """A minute of the day; from 24:00 on of the next."""
    if language.chinese:
        of_day = minutes if minutes <= _DAY else minutes - _DAY
        return language.script(("次日" if minutes > _DAY else "") + spoken_chinese.hour_of_day(of_day))
    at = time(minutes // 60 % 24, minutes % 60)
    if language.english:
        return spoken_english.clock(at).replace("12 midnight", "midnight").replace("12 noon", "noon")
    said = plain_clock(at, language)
    return re.sub(r"^0+(?=\D)", "24", said) if minutes == _DAY else said


def hours_by_language(
    hours: Mapping[str, OpeningHours], languages: Mapping[str, SpokenLanguage]
) -> Mapping[str, Mapping[str, str]]:
    """By language and name of a value (`hours.agents`), what stands for it in a prompt."""
    return {
        tag: {f"hours.{name}": spoken_hours(each, language) for name, each in hours.items()}
        for tag, language in languages.items()
    }
