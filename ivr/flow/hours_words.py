"""The words of opening hours, by language: how it tells a range of days, a span of hours, and an open day.

CLDR joins both ends of a range by a dash in nearly every language, which a voice does not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class HoursWords(NamedTuple):
    """How a language tells a range of days and a span of hours; `{0}` and `{1}` are the first and the last. Weekdays in
    a range have forms of their own where the language declines them."""

    days: str
    span: str
    every_day: str = ""
    whole_day: str = ""
    first_days: Sequence[str] = ()
    last_days: Sequence[str] = ()


WORDS = {
    "zh": HoursWords("{0}至{1}", "{0}到{1}", "每天", "24小时"),
    "en": HoursWords("{0} to {1}", "from {0} to {1}", "every day", "at any hour"),
    "de": HoursWords("{0} bis {1}", "von {0} bis {1} Uhr", "täglich", "rund um die Uhr"),
    "fr": HoursWords("du {0} au {1}", "de {0} à {1}", "tous les jours", "24 heures sur 24"),
    "es": HoursWords("de {0} a {1}", "de {0} a {1}", "todos los días", "las 24 horas"),
    "it": HoursWords("da {0} a {1}", "dalle {0} alle {1}", "tutti i giorni", "24 ore su 24"),
    "pt": HoursWords("de {0} a {1}", "das {0} às {1}", "todos os dias", "24 horas por dia"),
    "nl": HoursWords("{0} tot en met {1}", "van {0} tot {1} uur", "elke dag", "de klok rond"),
    "ja": HoursWords("{0}から{1}", "{0}から{1}まで", "毎日", "24時間"),
    "ko": HoursWords("{0}부터 {1}까지", "{0}부터 {1}까지", "매일", "24시간"),
    "ar": HoursWords("من {0} إلى {1}", "من {0} إلى {1}", "كل يوم", "على مدار الساعة"),
    "hi": HoursWords("{0} से {1} तक", "{0} से {1} बजे तक", "हर दिन", "चौबीसों घंटे"),
    "sv": HoursWords("{0} till {1}", "från {0} till {1}", "varje dag", "dygnet runt"),
    "da": HoursWords("{0} til {1}", "fra {0} til {1}", "hver dag", "døgnet rundt"),
    "nb": HoursWords("{0} til {1}", "fra {0} til {1}", "hver dag", "døgnet rundt"),
    "ca": HoursWords("de {0} a {1}", "de {0} a {1}", "cada dia", "les 24 hores"),
    "ro": HoursWords("de {0} până {1}", "de la {0} la {1}", "în fiecare zi", "non-stop"),
    "el": HoursWords("{0} έως {1}", "{0} έως {1}", "κάθε μέρα", "όλο το 24ωρο"),
    "vi": HoursWords("từ {0} đến {1}", "từ {0} đến {1}", "hằng ngày", "24 giờ"),
    "id": HoursWords("{0} sampai {1}", "pukul {0} sampai {1}", "setiap hari", "24 jam"),
    "ms": HoursWords("{0} hingga {1}", "dari {0} hingga {1}", "setiap hari", "24 jam"),
    "th": HoursWords("{0} ถึง {1}", "{0} ถึง {1}", "ทุกวัน", "ตลอด 24 ชั่วโมง"),
    "he": HoursWords("{0} עד {1}", "{0} עד {1}", "כל יום", "24 שעות"),
    "pl": HoursWords(
        "od {0} do {1}", "od {0} do {1}", "codziennie", "całą dobę", *(2 * [
            ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli"),
        ]),
    ),
    "cs": HoursWords(
        "od {0} do {1}", "od {0} do {1}", "denně", "nepřetržitě", *(2 * [
            ("pondělí", "úterý", "středy", "čtvrtka", "pátku", "soboty", "neděle"),
        ]),
    ),
    "ru": HoursWords(
        "с {0} по {1}", "с {0} до {1}", "ежедневно", "круглосуточно",
        ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
        ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
    ),
    "uk": HoursWords(
        "з {0} до {1}", "з {0} до {1}", "щодня", "цілодобово", *(2 * [
            ("понеділка", "вівторка", "середи", "четверга", "пʼятниці", "суботи", "неділі"),
        ]),
    ),
    "fi": HoursWords(
        "{0} {1}", "kello {0} alkaen kello {1} asti", "joka päivä", "ympäri vuorokauden",
        ("maanantaista", "tiistaista", "keskiviikosta", "torstaista", "perjantaista", "lauantaista", "sunnuntaista"),
        ("maanantaihin", "tiistaihin", "keskiviikkoon", "torstaihin", "perjantaihin", "lauantaihin", "sunnuntaihin"),
    ),
}  # fmt: skip
WORDS["no"] = WORDS["nb"]
