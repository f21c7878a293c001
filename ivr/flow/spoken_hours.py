"""`{hours.X}`: a desk's week of opening hours, spoken from the calendar itself.

Days with the same hours are told together. Public holidays and single dates are not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import NamedTuple

from ivr.calendar.opening_hours import OpeningHours, Spans
from ivr.flow import spoken_chinese, spoken_english
from ivr.flow.language_forms import joined, listed
from ivr.flow.spoken_language import SpokenLanguage
from ivr.flow.spoken_times import plain_clock

_DAY = 24 * 60
_WHOLE_DAY: Spans = ((0, _DAY),)


class _Words(NamedTuple):
    """How a language tells a range of days and a span of hours; `{0}` and `{1}` are the first and the last."""

    days: str
    span: str
    every_day: str = ""
    whole_day: str = ""


_WORDS = {
    "zh": _Words("{0}至{1}", "{0}到{1}", "每天", "24小时"),
    "en": _Words("{0} to {1}", "from {0} to {1}", "every day", "at any hour"),
    "de": _Words("{0} bis {1}", "von {0} bis {1} Uhr", "täglich", "rund um die Uhr"),
    "fr": _Words("du {0} au {1}", "de {0} à {1}", "tous les jours", "24 heures sur 24"),
    "es": _Words("de {0} a {1}", "de {0} a {1}", "todos los días", "las 24 horas"),
    "it": _Words("da {0} a {1}", "dalle {0} alle {1}", "tutti i giorni", "24 ore su 24"),
    "pt": _Words("de {0} a {1}", "das {0} às {1}", "todos os dias", "24 horas por dia"),
    "nl": _Words("{0} tot en met {1}", "van {0} tot {1} uur", "elke dag", "de klok rond"),
    "ja": _Words("{0}から{1}", "{0}から{1}まで", "毎日", "24時間"),
    "ko": _Words("{0}부터 {1}까지", "{0}부터 {1}까지", "매일", "24시간"),
    "ar": _Words("من {0} إلى {1}", "من {0} إلى {1}", "كل يوم", "على مدار الساعة"),
}
"""CLDR joins both by a dash, which a voice does not read."""


def spoken_hours(hours: OpeningHours, language: SpokenLanguage) -> str:
    """The week as it is spoken: "Monday to Friday from 8:30 a.m. to 8 p.m."; empty where it is never open."""
    words = _WORDS.get("zh" if language.chinese else language.tag.split("-")[0])
    words = words or _Words(language.forms.through, language.forms.through)
    blank = "" if language.chinese or language.tag.startswith("ja") else " "
    told = [blank.join((days, _spans(spans, words, language))) for days, spans in _by_days(hours, words, language)]
    if language.chinese or language.english:
        return {True: "，", False: ", and "}[language.chinese].join(told)
    return language.pause.join(told)


def _by_days(hours: OpeningHours, words: _Words, language: SpokenLanguage) -> Iterator[tuple[str, Spans]]:
    """The days told together, in words, with their spans, by the first of them."""
    days: dict[Spans, list[int]] = {}
    for day in range(7):
        if spans := tuple(hours.open.get(day, ())):
            days.setdefault(spans, []).append(day)
    for spans, of in days.items():
        yield _days(of, words, language), spans


def _days(days: Sequence[int], words: _Words, language: SpokenLanguage) -> str:
    if len(days) == 7 and words.every_day:
        return language.script(words.every_day)
    parts: list[str] = []
    for _, group in groupby(enumerate(days), lambda pair: pair[1] - pair[0]):
        run = [_weekday(day, language) for _, day in group]
        parts += [joined(words.days, run[0], run[-1])] if len(run) > 2 else run
    return listed(language.forms, parts)


def _weekday(day: int, language: SpokenLanguage) -> str:
    if language.tag.split("-")[0] in ("zh", "cmn"):
        return language.script(f"周{spoken_chinese.DAYS[day]}")
    return language.forms.weekdays[day]


def _spans(spans: Spans, words: _Words, language: SpokenLanguage) -> str:
    if spans == _WHOLE_DAY and words.whole_day:
        return language.script(words.whole_day)
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
