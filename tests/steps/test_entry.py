"""Entries judged: digits, numbers, phones, dates, amounts and case numbers, keyed or spoken."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.case_number import case_number
from ivr.speech.entries import Circumstances
from ivr.steps.entry import ENTRY_TYPES, LENGTHS, SPOKEN_AS, judge, keyed, said

HERE = Circumstances("zh-CN", "CN", date(2026, 11, 27))


def judged(entry: str, type_: str, country: str = "CN", lengths: tuple[int, int] | None = None) -> str | None:
    return judge(entry, type_, lengths or LENGTHS[type_], country)


def test_every_type_of_entry_has_a_length_and_a_way_to_be_spoken() -> None:
    assert set(LENGTHS) == set(SPOKEN_AS) == set(ENTRY_TYPES)


@pytest.mark.parametrize(
    ("keys", "entry"),
    [
        ("1234", "1234"),
        ("1234#", "1234"),
        ("12*34", "34"),
        ("12*34*5", "5"),
        ("12*", ""),
        ("*", ""),
        ("#", ""),
        ("", ""),
        ("12#34", "12#34"),
    ],
)
def test_star_clears_what_was_keyed_before_it(keys: str, entry: str) -> None:
    assert keyed(keys) == entry


@pytest.mark.parametrize(
    ("text", "type_", "entry"),
    [
        ("一二三", "digits", "123"),
        ("One two three.", "digits", "123"),
        ("１２３", "number", "123"),
        ("二零二六零三零二", "date", "20260302"),
        ("1,250", "money", "1250"),
        ("1 250.", "money", "1250"),
        ("12.50", "money", "12.50"),
        ("一百二十", "money", "120"),
        ("昨天", "date", "20261126"),
        ("加八六，零二一，五五五零零一二三", "phone", "+8602155500123"),
        ("１２．５", "number", ""),
        ("$12.50", "money", ""),
        ("I do not know", "phone", ""),
        ("  my card \n is gone ", "text", "my card is gone"),
        ("卡丢了", "text", "卡丢了"),
    ],
)
def test_a_spoken_entry_is_what_could_be_keyed_or_for_text_itself(text: str, type_: str, entry: str) -> None:
    assert said(text, type_, HERE) == entry


def test_a_long_story_is_cut() -> None:
    assert len(said("长" * 5000, "text", HERE)) == 640
    assert judged(said("长" * 5000, "text", HERE), "text") == "长" * 640


@pytest.mark.parametrize(
    ("entry", "type_", "value"),
    [
        ("0012", "digits", "0012"),
        ("12#34", "digits", None),
        ("", "digits", None),
        ("1" * 64, "digits", "1" * 64),
        ("1" * 65, "digits", None),
        ("007", "number", "7"),
        ("0", "number", "0"),
        ("1" * 10, "number", None),
        ("0250", "money", "250"),
        ("12.5", "money", None),
        ("12.50", "money", "12.50"),
        ("012.05", "money", "12.05"),
        ("1234567890.50", "money", None),
        ("12.50", "number", None),
        ("+12", "digits", None),
        ("-5", "number", None),
        ("１２", "number", None),
        ("٣", "number", None),
        ("20260302", "date", "2026-03-02"),
        ("20280229", "date", "2028-02-29"),
        ("20260229", "date", None),
        ("20261301", "date", None),
        ("20260431", "date", None),
        ("00000101", "date", None),
        ("2026030", "date", None),
        ("202603020", "date", None),
        ("anything at all", "text", "anything at all"),
        ("", "text", None),
        ("123", "no such type", None),
    ],
)
def test_an_entry_is_kept_in_one_form_or_is_no_such_thing(entry: str, type_: str, value: str | None) -> None:
    assert judge(entry, type_, LENGTHS.get(type_, (1, 9)), "CN") == value


@pytest.mark.parametrize(
    ("entry", "country", "phone"),
    [
        ("02155500123", "CN", "+862155500123"),
        ("00862155500123", "CN", "+862155500123"),
        ("+862155500123", "US", "+862155500123"),
        ("+8602155500123", "CN", "+862155500123"),
        ("+86+2155500123", "CN", None),
        ("0012025550123", "CN", "+12025550123"),
        ("2025550123", "US", "+12025550123"),
        ("12025550123", "US", "+12025550123"),
        ("2025550123", "", None),
        ("55500123", "CN", None),
        ("5550123", "US", None),
        ("12345", "CN", None),
        ("110", "CN", None),
        ("00000000000", "CN", None),
        ("1" * 20, "CN", None),
        ("2025550123", "XX", None),
    ],
)
def test_a_phone_number_is_one_that_can_be_phoned_back_from_anywhere(
    entry: str, country: str, phone: str | None
) -> None:
    assert judged(entry, "phone", country) == phone


def test_a_case_number_is_taken_by_its_check_digit() -> None:
    number = case_number(42, "complaint")

    assert judged(str(number), "case_number") == str(number)
    assert judged(str(number + 1), "case_number") is None
    assert judged(str(number)[:-1], "case_number") is None


def test_the_lengths_a_question_asks_for_are_kept() -> None:
    assert judged("123", "digits", lengths=(4, 4)) is None
    assert judged("1234", "digits", lengths=(4, 4)) == "1234"
    assert judged("12345", "digits", lengths=(4, 6)) == "12345"
    assert judged("1234567", "digits", lengths=(4, 6)) is None


@settings(derandomize=True, deadline=None)
@given(day=st.dates(date(1000, 1, 1)))
def test_every_date_keyed_as_eight_digits_is_understood(day: date) -> None:
    assert judged(day.strftime("%Y%m%d"), "date") == day.isoformat()


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    entry=st.text("0123456789*#", max_size=24) | st.text(st.characters(), max_size=24),
    type_=st.sampled_from(ENTRY_TYPES),
    country=st.sampled_from(["CN", "US", "DE", "", "XX"]),
)
def test_any_entry_is_judged_without_an_exception(entry: str, type_: str, country: str) -> None:
    for given_ in (keyed(entry), said(entry, type_, HERE)):
        value = judged(given_, type_, country)

        assert value is None or value
        if value is not None and type_ != "text":
            assert value.isascii()
