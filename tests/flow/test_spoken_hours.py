"""`{hours.X}` speaks a desk's opening hours, in each language, from the calendar itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import small_files, small_release

from ivr.calendar.opening_hours import OpeningHours, parse_week
from ivr.engine.turn import begin
from ivr.flow.cldr import forms_of
from ivr.flow.spoken_hours import spoken_hours
from ivr.flow.spoken_language import SpokenLanguage
from ivr.flow.words import words
from ivr.lint.findings import findings_of

OFFICE = {"mon-fri": "08:30-20:00"}
WEEK = {"mon-fri": "08:30-20:00", "sat-sun": "09:00-17:30"}
SPLIT = {"mon,wed": "09:00-12:00, 13:00-24:00", "fri": "12:00-15:15"}
NIGHTS = {"mon-fri": "20:00-08:30"}
SATURDAY = {"sat": "00:00-24:00"}
ALWAYS = {"mon-sun": "00:00-24:00"}


def told(week: Mapping[str, str], tag: str) -> str:
    return spoken_hours(OpeningHours(parse_week(week)), SpokenLanguage(tag, forms_of(tag, "")))


@pytest.mark.parametrize(
    ("week", "tag", "said"),
    [
        (OFFICE, "zh-CN", "周一至周五8点半到20点"),
        (OFFICE, "en-US", "Monday to Friday from 8:30 a.m. to 8 p.m."),
        (OFFICE, "de-DE", "Montag bis Freitag von 8:30 bis 20:00 Uhr"),
        (OFFICE, "fr-FR", "du lundi au vendredi de 8 h 30 à 20 h"),
        (OFFICE, "es-ES", "de lunes a viernes de 8:30 a 20:00"),
        (OFFICE, "es-MX", "de lunes a viernes de 8:30 a.m. a 8:00 p.m."),
        (OFFICE, "ja-JP", "月曜日から金曜日8時30分から20時まで"),
        (OFFICE, "ar-SA", "من الاثنين إلى الجمعة من 8:30 صباحًا إلى 8:00 مساءً"),
        (OFFICE, "yue-HK", "星期一至星期五8點半到20點"),
        (OFFICE, "zh-TW", "週一至週五8點半到20點"),
        (OFFICE, "pl-PL", "od poniedziałku do piątku od 8:30 do 20:00"),
        (OFFICE, "ru-RU", "с понедельника по пятницу с 8:30 до 20:00"),
        (OFFICE, "sv-SE", "måndag till fredag från 8:30 till 20:00"),
        (OFFICE, "hi-IN", "सोमवार से शुक्रवार तक 8:30 से 20:00 बजे तक"),
        (OFFICE, "tr-TR", "Pazartesi – Cuma 8:30 – 20:00"),
        (SATURDAY, "hi-IN", "शनिवार चौबीसों घंटे"),
        (SATURDAY, "pl-PL", "sobota całą dobę"),
        (SATURDAY, "en-US", "Saturday at any hour"),
        (SATURDAY, "bn-BD", "শনিবার 0:00 – 24:00"),
        (SATURDAY, "tlh", "6 0:00 – 24:00"),
        (WEEK, "zh-CN", "周一至周五8点半到20点，周六和周日9点到17点半"),
        (
            WEEK,
            "en-US",
            "Monday to Friday from 8:30 a.m. to 8 p.m., and Saturday and Sunday from 9 a.m. to 5:30 p.m.",
        ),
        (ALWAYS, "zh-CN", "每天24小时"),
        (ALWAYS, "en-US", "every day at any hour"),
        (ALWAYS, "de-DE", "täglich rund um die Uhr"),
        (SPLIT, "zh-CN", "周一和周三9点到12点和13点到24点，周五12点到15点15分"),
        (
            SPLIT,
            "en-GB",
            "Monday and Wednesday from 9 a.m. to noon and from 1 p.m. to midnight, and Friday from noon to 3:15 p.m.",
        ),
        (SPLIT, "de-AT", "Montag und Mittwoch von 9:00 bis 12:00 Uhr und von 13:00 bis 24:00 Uhr, "
                         "Freitag von 12:00 bis 15:15 Uhr"),
        (NIGHTS, "zh-CN", "周一至周五20点到次日8点半"),
        (NIGHTS, "en-US", "Monday to Friday from 8 p.m. to 8:30 a.m."),
        (NIGHTS, "de-DE", "Montag bis Freitag von 20:00 bis 8:30 Uhr"),
        ({"mon-sun": "closed"}, "en-US", ""),
    ],
)  # fmt: skip
def test_a_week_is_told_as_the_language_tells_it(week: Mapping[str, str], tag: str, said: str) -> None:
    assert told(week, tag) == said


SAY = """
hello:
  say: {zh-CN: "服务时间是{hours.agents}。", en-US: "We are here {hours.agents}."}
  next: goodbye
"""


def test_a_prompt_speaks_the_hours_of_hotline_yaml_and_ends_in_one_full_stop() -> None:
    release = small_release(SAY)

    assert words(release, "main.hello", "zh-CN", {}) == "服务时间是周一至周五8点半到20点。"
    assert words(release, "main.hello", "en-US", {}) == "We are here Monday to Friday from 8:30 a.m. to 8 p.m."
    assert release.prompts["main.hello"].slots == frozenset()
    assert begin(release, "main").stack


def test_other_hours_in_hotline_yaml_are_other_words_in_the_prompt() -> None:
    release = small_release(SAY, keys="hours: {agents: {open: {mon-sat: 09:00-17:00}}}")

    assert words(release, "main.hello", "en-US", {}) == "We are here Monday to Saturday from 9 a.m. to 5 p.m."


def test_hours_are_spoken_in_the_hotlines_own_words_too() -> None:
    goodbye = 'goodbye: {zh-CN: "{hours.agents}再见。", en-US: "Call {hours.agents}, please."}'
    release = small_release(SAY, keys=goodbye)

    said = words(release, "hotline.goodbye", "en-US", {})

    assert said == "Call Monday to Friday from 8:30 a.m. to 8 p.m., please."


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("{hours.agents:time}", "unknown-format", "Write {hours.agents}"),
        ("{hours.agent}", "unknown-placeholder", 'Did you mean "hours.agents"?'),
        ("{hours.agents.open:time}", "unknown-placeholder", 'Did you mean "hours.agents.opens"?'),
    ],
)
def test_hours_that_cannot_be_spoken_are_found(written: str, code: str, hint: str) -> None:
    steps = SAY.replace("{hours.agents}", written)

    found = [finding for finding in findings_of(small_files(steps)) if finding.severity == "error"]

    assert [finding.code for finding in found] == [code, code]
    assert hint in found[0].hint


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    tag=st.sampled_from(["zh-CN", "zh-HK", "yue-HK", "en-US", "de-DE", "fr-FR", "ja-JP", "ar", "ru-RU", "tlh"]),
    week=st.dictionaries(
        st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        st.tuples(st.integers(0, 1438), st.integers(1, 1440)).map(sorted).filter(lambda span: span[0] < span[1]).map(
            lambda span: f"{span[0] // 60:02d}:{span[0] % 60:02d}-{span[1] // 60:02d}:{span[1] % 60:02d}"
        ),
        min_size=1,
    ),
)  # fmt: skip
def test_any_week_is_told_in_any_language_without_a_trailing_comma(tag: str, week: dict[str, str]) -> None:
    said = told(week, tag)

    assert said and said == said.strip(" ,，、")
