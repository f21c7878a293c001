"""Entries that a question's length, the day of the call or the other half of the utterance decide."""

from __future__ import annotations

from datetime import date

import pytest
from ten_ms import least, ten_ms
from test_entries_said import FRIDAY, TYPES

from ivr.speech.entries import Circumstances, entry_said, says_a_day
from ivr.speech.said_twice import Lengths

ANY = (1, 20)
MONDAY, TUESDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (23, 24, 28, 29))


def entry(text: str, type_: str, *, lengths: Lengths | None = None, today: date = FRIDAY, ahead: bool = False) -> str:
    language, country = ("en-US", "US") if text.isascii() else ("zh-CN", "CN")
    return entry_said(text, type_, Circumstances(language, country, today, ahead, lengths))


@pytest.mark.parametrize(
    "said",
    ["1234, 1234", "1234 1234", "1234. 1234.", "one two three four, one two three four", "1234, 1234, 1234",
     "12341234", "一二三四，一二三四", "1234，1234"],
)  # fmt: skip
def test_what_may_be_one_number_or_the_same_one_twice_is_what_the_question_asks_for(said: str) -> None:
    assert entry(said, "digits", lengths=(4, 4)) == "1234"
    assert entry(said, "digits", lengths=ANY) == entry(said, "digits") == ""
    long = said.count("1234") * 4 + (8 if "one" in said or "一" in said else 0)
    assert entry(said, "digits", lengths=(long, long)) == "1234" * (long // 4)


@pytest.mark.parametrize(
    "said",
    ["1234, again, 1234", "1234, that's 1234", "1234, I repeat, 1234", "1234. Yes, 1234.",
     "一二三四，对，一二三四", "一二三四，我再说一遍，一二三四", "1234，重复一遍，1234"],
)  # fmt: skip
def test_digits_that_are_plainly_said_again_are_one_number(said: str) -> None:
    assert entry(said, "digits", lengths=ANY) == "1234"
    assert entry(said.replace("1234", "1235", 1).replace("一二三四", "一二三五", 1), "digits", lengths=ANY) == ""


def test_groups_of_one_number_are_no_repetition() -> None:
    for said in ("8888888", "88 88", "12 12", "1234 5678", "1212", "6222 6222 0212 3456"):
        assert entry(said, "digits", lengths=ANY) == said.replace(" ", "")
    assert entry("0000 0000", "digits", lengths=(8, 8)) == "00000000"


def test_a_whole_number_said_twice_is_one_number() -> None:
    assert entry("13912345678，13912345678", "phone") == "13912345678"
    assert entry("139 1234 5678 139 1234 5678", "phone") == "13912345678"
    assert entry("202-555-0123, 202-555-0123", "phone") == "2025550123"
    assert entry("648808661. 648808661.", "case_number") == "648808661"
    assert entry("13912345678，13912345679", "phone") == ""
    assert entry("三百块，三百块", "money") == entry("300, 300", "money") == "300"
    assert entry("fifty dollars, fifty cents", "money") == "50.50"
    assert entry("twenty, twenty", "number") == "20"
    assert entry("3, 3", "number") == entry("twenty, thirty", "number") == entry("三，三", "number") == ""
    assert entry("yesterday, Thursday", "date") == entry("昨天，11月26号", "date") == "20261126"
    assert entry("yesterday, Wednesday", "date") == entry("昨天，11月25号", "date") == ""
    assert says_a_day("昨天，11月26号", "zh-CN")


@pytest.mark.parametrize(
    "said",
    ["ending in 1234", "it ends in 1234", "the last four are 1234", "1234 are the last four digits",
     "my card ends with one two three four", "尾号1234", "后四位是一二三四", "最后四位一二三四", "后面是1234",
     "1234是尾号"],
)  # fmt: skip
def test_the_end_of_a_number_is_an_entry_only_where_just_so_many_digits_are_asked_for(said: str) -> None:
    assert entry(said, "digits", lengths=(4, 4)) == "1234"
    assert [entry(said, "digits", lengths=lengths) for lengths in (ANY, (16, 16), (4, 6))] == ["", "", ""]
    assert entry(said, "phone", lengths=(5, 20)) == entry(said, "case_number", lengths=(9, 20)) == ""


@pytest.mark.parametrize("said", ["one twenty three forty five", "three forty two forty three"])
def test_tens_that_may_stand_alone_or_with_the_digit_behind_are_asked_again(said: str) -> None:
    assert entry(said, "digits") == ""
    assert entry("three forty, two forty three", "digits") == "340243"
    assert entry("twenty two twenty two", "digits") == "2222"


def test_a_last_monday_days_ago_is_the_nearest_one_and_a_doubtful_one_is_asked_again() -> None:
    assert entry("last Tuesday", "date", today=SATURDAY) == entry("last Tuesday", "date", today=SUNDAY) == "20261124"
    assert entry("last Sunday", "date", today=SATURDAY) == "20261122"
    assert entry("last Friday", "date") == "20261120"
    doubtful = [("last Friday", SATURDAY), ("last Wednesday", FRIDAY), ("last Sunday", MONDAY),
                ("last Monday", TUESDAY), ("next Friday", MONDAY),
                ("this Friday", SATURDAY), ("this Friday", SUNDAY)]  # fmt: skip
    assert [entry(said, "date", today=today) for said, today in doubtful] == [""] * len(doubtful)
    assert entry("next Tuesday", "date") == entry("next Tuesday", "date", today=SUNDAY) == "20261201"


def test_a_day_past_or_coming_and_one_of_a_named_week_are_never_in_doubt() -> None:
    for today, past, coming in ((SATURDAY, "20261127", "20261204"), (FRIDAY, "20261120", "20261204")):
        assert entry("this past Friday", "date", today=today) == past
        assert entry("this coming Friday", "date", today=today) == coming
    for today in (TUESDAY, FRIDAY, SATURDAY, SUNDAY):
        assert entry("上周二", "date", today=today) == entry("Tuesday last week", "date", today=today) == "20261117"
        assert entry("下周二", "date", today=today, ahead=True) == "20261201"
        assert entry("这周五", "date", today=today) == "20261127"


def test_a_time_beside_a_day_is_not_kept_and_none_alone_is_a_day() -> None:
    yesterday = (
        "昨天下午三点半",
        "昨晚八点左右",
        "昨天上午十点",
        "yesterday at 5 pm",
        "yesterday around 2:30 p.m.",
        "last night",
    )
    for said in yesterday:
        assert entry(said, "date") == "20261126"
    for said in ("三点半", "下午三点", "at 5 pm", "5 pm", "三月四点", "around March 4"):
        assert entry(said, "date") == ""


def test_a_dollar_may_be_said_without_its_one_only_behind_an_article() -> None:
    assert entry("a dollar fifty", "money") == entry("a dollar and a half", "money") == "1.50"
    assert entry("一块半", "money") == "1.50"
    assert entry("two and a half thousand", "money") == "2500"
    doubtful = (
        "dollar fifty",
        "a hundred dollars and a half",
        "two and a half",
        "a thousand and a half",
        "块五",
        "一千块半",
    )
    for said in doubtful:
        assert entry(said, "money") == ""
    assert entry("two and a half thousand", "number") == "2500"
    assert entry("two and a half", "number") == entry("两个半", "number") == ""


@pytest.mark.parametrize(
    "piece",
    ["1234, ", "一二三四，", "again ", "五十，", "a dollar ", "and a half ", "at 2 ", "yes 5 ", "two sevens ", "双八",
     "ends in 1 ", "last Monday ", "twenty two ", "1,1234,"],
)  # fmt: skip
@pytest.mark.parametrize("type_", TYPES)
def test_a_hostile_repetition_is_read_at_once(type_: str, piece: str) -> None:
    said = (piece * 100_000)[:100_000]
    entry(said, type_, lengths=ANY)
    assert least(lambda: entry(said, type_, lengths=ANY)) < ten_ms()
