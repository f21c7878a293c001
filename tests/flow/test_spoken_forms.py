"""How values are spoken: our own forms for Mandarin and English, those of CLDR for all other languages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.flow.cldr import forms_of
from ivr.flow.model import Slot
from ivr.flow.spoken_digits import grouped
from ivr.flow.spoken_forms import spoken as spoken_in
from ivr.flow.spoken_language import SpokenLanguage
from ivr.flow.words import fill as fill_in
from ivr.steps.fields import FORMATS as WRITTEN_FORMATS

ZH, EN = "zh-CN", "en-US"
FORMATS = ["", *WRITTEN_FORMATS]
TAGS = [
    ZH,
    "zh-TW",
    "yue-HK",
    EN,
    "en-GB",
    "de-DE",
    "fr-FR",
    "es-ES",
    "ja-JP",
    "ar-SA",
    "ru-RU",
    "th-TH",
    "fa-IR",
    "tlh",
]


@cache
def language(tag: str, country: str = "CN") -> SpokenLanguage:
    words = {"zh": ("是", "否"), "fr": ("oui", "non")}.get(tag[:2], ("yes", "no"))
    return SpokenLanguage(tag, forms_of(tag, country), country, *words)


def spoken(value: str, form: str, tag: str) -> str:
    return spoken_in(value, form, language(tag))


def fill(slot: Slot, value: str | None, tag: str) -> str:
    return fill_in(slot, value, language(tag))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("123456789", "一二三，四五六，七八九", "1 2 3, 4 5 6, 7 8 9"),
        ("1234567890", "一二三，四五六，七八九零", "1 2 3, 4 5 6, 7 8 9 0"),
        ("12345678", "一二三四，五六七八", "1 2 3 4, 5 6 7 8"),
        ("1234", "一二三四", "1 2 3 4"),
        ("12", "一二", "1 2"),
        ("0", "零", "0"),
        ("123-456 789", "一二三，四五六，七八九", "1 2 3, 4 5 6, 7 8 9"),
        ("", "", ""),
    ],
)
def test_digits_are_read_one_by_one_in_groups(value: str, zh: str, en: str) -> None:
    assert spoken(value, "digits", ZH) == zh
    assert spoken(value, "digits", EN) == en


@settings(max_examples=200, derandomize=True, deadline=None)
@given(digits=st.text("0123456789", max_size=64))
def test_no_digit_is_lost_and_groups_have_three_or_four(digits: str) -> None:
    groups = grouped(digits)

    assert "".join(groups) == digits
    assert len(digits) < 6 or {len(group) for group in groups} <= {3, 4}


@pytest.mark.parametrize("length", [9, 20, 40, 64])
@pytest.mark.parametrize("tag", [ZH, EN])
def test_a_long_entry_is_read_to_its_last_digit(length: int, tag: str) -> None:
    value = "1234567890123456789012345678901234567890123456789012345678901234"[:length]

    heard = fill(Slot("value", "digits"), value, tag)

    figures = heard.translate(str.maketrans("零一二三四五六七八九", "0123456789"))
    assert re.sub("[ ,，]", "", figures) == value


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("+862155500123", "零二一，五五五零，零一二三", "0 2 1, 5 5 5 0, 0 1 2 3"),
        ("+8610000000123", "一零零，零零零零，零一二三", "1 0 0, 0 0 0 0, 0 1 2 3"),
        ("+8613800138000", "一三八，零零一三，八零零零", "1 3 8, 0 0 1 3, 8 0 0 0"),
        ("+864008895594", "四零零，八八九，五五九四", "4 0 0, 8 8 9, 5 5 9 4"),
        ("+12025550123", "国际区号一，二零二，五五五，零一二三", "plus 1, 2 0 2, 5 5 5, 0 1 2 3"),
        ("+4917612345678", "国际区号四九，一七六，一二三四，五六七八", "plus 4 9, 1 7 6, 1 2 3 4, 5 6 7 8"),
    ],
)
def test_a_phone_number_is_read_as_it_is_dialled_at_home_and_one_from_abroad_with_its_country(
    value: str, zh: str, en: str
) -> None:
    assert spoken(value, "phone", ZH) == zh
    assert spoken(value, "phone", EN) == en


@pytest.mark.parametrize(
    ("value", "zh"),
    [
        ("0", "零"),
        ("7", "七"),
        ("10", "十"),
        ("15", "十五"),
        ("20", "二十"),
        ("101", "一百零一"),
        ("110", "一百一十"),
        ("115", "一百一十五"),
        ("1001", "一千零一"),
        ("1010", "一千零一十"),
        ("1100", "一千一百"),
        ("10000", "一万"),
        ("10001", "一万零一"),
        ("10010", "一万零一十"),
        ("12345", "一万二千三百四十五"),
        ("100000", "十万"),
        ("105000", "十万五千"),
        ("110000", "十一万"),
        ("1000000", "一百万"),
        ("10000000", "一千万"),
        ("100000000", "一亿"),
        ("100010000", "一亿零一万"),
        ("100100010", "一亿零一十万零一十"),
        ("1000000000", "十亿"),
        ("200000002", "二亿零二"),
        ("1000000000000", "1000000000000"),
        ("-15", "负十五"),
    ],
)
def test_a_number_is_said_in_chinese_as_people_say_it(value: str, zh: str) -> None:
    assert spoken(value, "number", ZH) == zh
    assert spoken(value, "number", EN) == value


def _amount(said: str) -> int:
    """A small reader of Chinese numbers, written apart from the writer."""
    total = section = digit = 0
    for c in said:
        if c in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(c)
        elif c in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[c]
            digit = 0
        else:
            scale = {"万": 10**4, "亿": 10**8}[c]
            total, section, digit = (total + (section + digit) * scale, 0, 0)
    return total + section + digit


@settings(max_examples=500, derandomize=True, deadline=None)
@given(amount=st.integers(0, 10**12 - 1) | st.integers(0, 20_000))
def test_a_chinese_number_can_be_read_back(amount: int) -> None:
    said = spoken(str(amount), "number", ZH)

    high, _, low = said.rpartition("亿")
    assert (_amount(high) * 10**8 if high else 0) + _amount(low) == amount
    assert "零零" not in said
    assert not (amount and said.endswith("零"))


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("100", "一百元", "100 yuan"),
        ("15", "十五元", "15 yuan"),
        ("12.50", "十二元五角", "12 yuan 50 fen"),
        ("12.5", "十二元五角", "12 yuan 50 fen"),
        ("12.05", "十二元零五分", "12 yuan 5 fen"),
        ("100.50", "一百元五角", "100 yuan 50 fen"),
        ("0.50", "五角", "50 fen"),
        ("0.05", "五分", "5 fen"),
        ("-0.5", "负五角", "minus 50 fen"),
        ("-12.05", "负十二元零五分", "minus 12 yuan 5 fen"),
        ("12.999", "十三元", "13 yuan"),
        ("12.345", "十二元三角五分", "12 yuan 35 fen"),
        ("12.344", "十二元三角四分", "12 yuan 34 fen"),
        ("0.995", "一元", "1 yuan"),
        ("-0.004", "零元", "0 yuan"),
        ("12.34", "十二元三角四分", "12 yuan 34 fen"),
        ("12.00", "十二元", "12 yuan"),
        ("-3", "负三元", "minus 3 yuan"),
        ("0", "零元", "0 yuan"),
    ],
)
def test_money_is_said_in_yuan_jiao_and_fen(value: str, zh: str, en: str) -> None:
    assert spoken(value, "money", ZH) == zh
    assert spoken(value, "money", EN) == en


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("2026-03-02", "3月2日", "March 2"),
        ("2026-12-31", "12月31日", "December 31"),
        ("2028-02-29", "2月29日", "February 29"),
        ("2026-03-02T08:30+08:00 tomorrow", "3月2日", "March 2"),
    ],
)
def test_a_date_is_said_as_month_and_day(value: str, zh: str, en: str) -> None:
    assert spoken(value, "date", ZH) == zh
    assert spoken(value, "date", EN) == en


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("2026-03-02T08:30+08:00 tomorrow", "明天上午8点半", "8:30 a.m. tomorrow"),
        ("2026-03-02T08:30+08:00 today", "上午8点半", "8:30 a.m."),
        ("2026-03-02T09:00+08:00 later", "3月2日上午9点", "9 a.m. on March 2"),
        ("2026-03-02T09:00+08:00", "3月2日上午9点", "9 a.m. on March 2"),
        ("2026-03-02T14:05+08:00 today", "下午2点05分", "2:05 p.m."),
        ("2026-03-02T12:00+08:00 today", "中午12点", "12 noon"),
        ("2026-03-02T19:45+08:00 tomorrow", "明天晚上7点45分", "7:45 p.m. tomorrow"),
        ("2026-03-02T00:00+08:00 tomorrow", "明天凌晨0点", "12 midnight tomorrow"),
        ("2026-03-02T03:10+08:00 today", "凌晨3点10分", "3:10 a.m."),
        ("14:30", "下午2点半", "2:30 p.m."),
        ("2026-03-17", "3月17日", "March 17"),
    ],
)
def test_a_time_is_said_with_its_day_where_it_is_not_today(value: str, zh: str, en: str) -> None:
    assert spoken(value, "time", ZH) == zh
    assert spoken(value, "time", EN) == en


@pytest.mark.parametrize(
    ("value", "form", "tag", "said"),
    [
        ("2026-12-04T14:30+01:00 later", "time", "de-DE", "4. Dezember um 14:30 Uhr"),
        ("2026-12-04T09:00+01:00 tomorrow", "time", "de-DE", "morgen um 9:00 Uhr"),
        ("2026-12-04T14:30+01:00 later", "time", "fr-FR", "4 décembre à 14 h 30"),
        ("2026-12-04T09:00+01:00 tomorrow", "time", "fr-CA", "demain à 9 h"),
        ("2026-12-04T14:30+01:00 later", "time", "es-ES", "4 de diciembre, 14:30"),
        ("2026-12-04T14:30+01:00 tomorrow", "time", "ja-JP", "明日の 14時30分"),
        ("2026-12-04T14:30+01:00 later", "time", "ar-SA", "4 ديسمبر في 2:30 مساءً"),
        ("2026-12-04T14:30+01:00 tomorrow", "time", "yue-HK", "聽日下午2點半"),
        ("2026-12-04", "date", "de-DE", "4. Dezember"),
        ("2026-12-04", "date", "es-ES", "4 de diciembre"),
        ("2026-12-04", "date", "ja-JP", "12月4日"),
        ("2026-12-04", "date", "en-GB", "4 December"),
        ("1960-03-02", "fulldate", "de-DE", "2. März 1960"),
        ("1960-03-02", "fulldate", "en-US", "March 2, 1960"),
        ("1960-03-02", "fulldate", "zh-CN", "1960年3月2日"),
        ("2026-12-04", "weekday", "zh-CN", "2026年12月4日，星期五"),
        ("2026-12-04", "weekday", "en-US", "Friday, December 4, 2026"),
        ("2026-12-04", "weekday", "yue-HK", "2026年12月4日，星期五"),
        ("2026-12-04", "weekday", "de-DE", "Freitag, 4. Dezember 2026"),
        ("2026-12-04", "weekday", "ja-JP", "2026年12月4日 金曜日"),
        ("2026-12-04", "weekday", "tlh", "4/12/2026"),
        ("2026-12-04", "date", "tlh", "4/12"),
        ("12.5", "number", "de-DE", "12,5"),
        ("12.5", "number", "zh-CN", "十二点五"),
        ("-0.5", "number", "zh-CN", "负零点五"),
        ("1250", "number", "fr-FR", "1250"),
        ("123456789", "digits", "fr-FR", "1 2 3, 4 5 6, 7 8 9"),
        ("123456789", "digits", "ja-JP", "1 2 3、4 5 6、7 8 9"),
        ("123456789", "digits", "ar-SA", "1 2 3، 4 5 6، 7 8 9"),
    ],
)
def test_every_language_has_forms_of_its_own(value: str, form: str, tag: str, said: str) -> None:
    assert spoken(value, form, tag) == said


@pytest.mark.parametrize(
    ("value", "tag", "country", "said"),
    [
        ("1", "en-US", "US", "1 dollar"),
        ("12.50", "en-US", "US", "12 dollars 50 cents"),
        ("1.01", "en-GB", "GB", "1 pound 1 penny"),
        ("12.50", "de-DE", "DE", "12,50 Euro"),
        ("1", "fr-FR", "FR", "1 euro"),
        ("2", "fr-FR", "FR", "2 euros"),
        ("0.50", "fr-FR", "FR", "0,50 euro"),
        ("1.50", "fr-FR", "FR", "1,50 euro"),
        ("2.50", "fr-FR", "FR", "2,50 euros"),
        ("1.50", "de-DE", "DE", "1,50 Euro"),
        ("1.50", "es-ES", "ES", "1,50 euros"),
        ("1.50", "pl-PL", "PL", "1,50 złotego polskiego"),
        ("1.50", "it-IT", "IT", "1,50 euro"),
        ("-0.50", "en-US", "US", "minus 50 cents"),
        ("0.01", "en-GB", "GB", "1 penny"),
        ("12.5", "ja-JP", "JP", "13円"),
        ("12.3456", "ar-KW", "KW", "12.346 دينار كويتي"),
        ("22", "pl-PL", "PL", "22 złote polskie"),
        ("25", "pl-PL", "PL", "25 złotych polskich"),
        ("12.50", "pl-PL", "PL", "12,50 złotego polskiego"),
        ("2000000", "es-ES", "ES", "2000000 euros"),
        ("800", "ja-JP", "JP", "800円"),
        ("12.5", "zh-CN", "US", "十二点五美元"),
        ("12.5", "zh-CN", "", "十二元五角"),
        ("12.50", "en-US", "", "12.50"),
        ("7", "en-US", "CH", "7 Swiss francs"),
    ],
)
def test_money_is_that_of_the_hotlines_country(value: str, tag: str, country: str, said: str) -> None:
    assert spoken_in(value, "money", language(tag, country)) == said


@pytest.mark.parametrize(
    ("value", "tag", "country", "said"),
    [
        ("+12025550123", "en-US", "US", "2 0 2, 5 5 5, 0 1 2 3"),
        ("+4917612345678", "de-DE", "DE", "0 1 7 6, 1 2 3 4, 5 6 7 8"),
        ("+493012345678", "de-AT", "AT", "+49, 3 0, 1 2 3 4, 5 6 7 8"),
        ("+33612345678", "fr-FR", "FR", "0 6, 1 2, 3 4, 5 6, 7 8"),
        ("+442079460123", "en-GB", "GB", "0 2 0, 7 9 4 6, 0 1 2 3"),
        ("+85221234567", "yue-HK", "HK", "二一二三，四五六七"),
        ("+864008895594", "en-US", "", "plus 8 6, 4 0 0, 8 8 9, 5 5 9 4"),
        ("+999123456", "en-US", "CN", "9 9 9, 1 2 3, 4 5 6"),
        ("12", "en-US", "CN", "1 2"),
    ],
)
def test_a_phone_number_is_read_in_the_groups_of_its_own_country(value: str, tag: str, country: str, said: str) -> None:
    assert spoken_in(value, "phone", language(tag, country)) == said


def test_digits_of_phone_numbers_are_said_as_the_language_says_in_hotline_yaml() -> None:
    mandarin = replace(language(ZH), phone_digits={"1": "幺"})
    german = replace(language("de-DE", "DE"), phone_digits={"2": "zwo"})

    assert spoken_in("+8613800138001", "phone", mandarin) == "幺三八，零零幺三，八零零幺"
    assert spoken_in("118114", "digits", mandarin) == "一一八，一一四"
    assert spoken_in("+4917612345678", "phone", german) == "0 1 7 6, 1 zwo 3 4, 5 6 7 8"


def test_yes_and_no_are_said_in_the_calls_language() -> None:
    assert [spoken(value, "", ZH) for value in ("yes", "no", "card")] == ["是", "否", "card"]
    assert [spoken(value, "", EN) for value in ("yes", "no", "card")] == ["yes", "no", "card"]
    assert spoken("yes", "", "fr-FR") == "oui"


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "value", ["2026-03-17", "2026-03-17T14:30+08:00", "2026-03-17T14:30+08:00 tomorrow", "2026-03-17T14:30:00Z later"]
)
def test_nothing_is_spoken_as_it_is_stored_and_no_form_begins_with_a_preposition(
    value: str, form: str, tag: str
) -> None:
    said = spoken(value, form, tag)

    assert said and "2026-03" not in said and "T14" not in said
    assert said.split()[0] not in ("at", "by", "on", "um", "à", "a", "в")


@pytest.mark.parametrize("form", ["number", "money", "date", "time"])
@pytest.mark.parametrize("value", ["", "abc", "12:99", "2026-02-30", "1.2.3x", "９９..", "+", "9" * 5000])
def test_a_value_that_does_not_fit_its_format_is_spoken_as_it_is(form: str, value: str) -> None:
    for tag in (ZH, EN):
        assert isinstance(spoken(value, form, tag), str)
    assert spoken("abc", form, ZH) == "abc"


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    value=st.text(st.characters(), max_size=200) | st.text("0123456789.-+T: ", max_size=40),
    form=st.sampled_from([*FORMATS, "no such format"]),
    tag=st.sampled_from([*TAGS, ""]),
)
def test_any_value_is_spoken_in_any_format_and_never_at_length(value: str, form: str, tag: str) -> None:
    assert isinstance(spoken(value, form, tag), str)
    assert len(fill(Slot("value", form), value, tag)) <= (200 if form else 60)


def test_free_text_is_cut_at_sixty_characters_and_never_read_as_a_placeholder() -> None:
    assert fill(Slot("name", ""), "长" * 100, ZH) == "长" * 60
    assert fill(Slot("name", ""), "{caller.phone} {{7*7}} %s", EN) == "{caller.phone} {{7*7}} %s"


def test_a_word_of_a_closed_list_is_said_by_its_label_and_an_unknown_value_not_at_all() -> None:
    labels = {"card": {ZH: "信用卡", EN: "credit card"}, "loan": {ZH: "贷款"}}

    assert fill(Slot("product", "", labels), "card", EN) == "credit card"
    assert fill(Slot("product", "", labels), "loan", EN) == "贷款"
    assert fill(Slot("product", "", labels), "gold", EN) == "gold"
    assert fill(Slot("product", "", labels), None, EN) == ""
