"""Case numbers: spoken to a caller, keyed back by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.case_kinds import CASE_KINDS, CaseKind
from ivr.call.case_number import ROOM, call_of, case_number, parse_case_number

CALLS = st.integers(1, 5_600_000) | st.integers(5_600_000, 10**12)
KINDS = st.sampled_from(CASE_KINDS)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(call=CALLS, kind=KINDS)
def test_a_number_leads_back_to_its_call_and_kind(call: int, kind: CaseKind) -> None:
    number = case_number(call, kind)

    assert call_of(number) == (call, kind)
    assert parse_case_number(str(number)) == number


@settings(derandomize=True, deadline=None)
@given(call=st.integers(1, 5_624_999), kind=KINDS)
def test_a_number_has_nine_digits_none_leading_zero(call: int, kind: CaseKind) -> None:
    assert 100_000_000 <= case_number(call, kind) <= 999_999_999


def test_only_after_five_and_a_half_million_calls_a_number_grows_longer() -> None:
    assert len(str(case_number(5_624_999, "callback"))) == 9
    assert len(str(case_number(5_625_000, "inquiry"))) == 10


@settings(max_examples=60, derandomize=True, deadline=None)
@given(call=CALLS, kind=KINDS)
def test_any_one_wrong_digit_is_refused(call: int, kind: CaseKind) -> None:
    right = str(case_number(call, kind))

    for at, digit in enumerate(right):
        for wrong in "0123456789".replace(digit, ""):
            assert parse_case_number(right[:at] + wrong + right[at + 1 :]) is None


@settings(max_examples=200, derandomize=True, deadline=None)
@given(call=CALLS, kind=KINDS)
def test_any_swap_of_neighbours_is_refused(call: int, kind: CaseKind) -> None:
    right = str(case_number(call, kind))

    for at in range(len(right) - 1):
        if right[at] != right[at + 1]:
            assert parse_case_number(right[:at] + right[at + 1] + right[at] + right[at + 2 :]) is None


def test_the_kinds_of_a_call_and_all_calls_never_share_a_number() -> None:
    calls = [*range(1, 5000), *range(5_615_000, 5_635_000)]
    numbers = {case_number(call, kind) for call in calls for kind in CASE_KINDS}

    assert len(numbers) == len(CASE_KINDS) * len(calls)


def test_neighbouring_calls_do_not_look_alike() -> None:
    for call in range(1, 200):
        one, next_one = str(case_number(call, "complaint")), str(case_number(call + 1, "complaint"))
        assert sum(a != b for a, b in zip(one, next_one, strict=True)) >= 3


def test_numbers_given_out_stay_what_they_are() -> None:
    assert [case_number(1, kind) for kind in CASE_KINDS] == [105593998, 648808661, 292023330, 835238005]


@pytest.mark.parametrize("form", ["{0}", " {0} ", "{1}-{2}-{3}", "{1} {2} {3}", "{1}\t{2}{3}", "{1}－{2}　{3}"])
def test_a_number_may_be_written_in_groups_or_in_full_width_digits(form: str) -> None:
    number = case_number(7, "complaint")
    text = str(number)
    written = form.format(text, text[:3], text[3:6], text[6:])
    wide = written.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})

    assert parse_case_number(written) == number
    assert parse_case_number(wide) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "0", "abcdefghi", "12345678", "123456789", "１２", "٤٥٦٧٨٩٠١٢", "+12025550123", "1" * 21, "9" * 100_000],
)
def test_what_cannot_be_a_number_is_none(text: str) -> None:
    assert parse_case_number(text) is None


def test_a_number_of_a_kind_that_does_not_exist_is_none() -> None:
    heads = range(10_000_000, 10_020_000)
    read = [head for head in heads if any(parse_case_number(f"{head}{digit}") for digit in "0123456789")]

    assert len(read) / len(heads) == pytest.approx(len(CASE_KINDS) / ROOM, rel=0.05)


def test_a_number_with_something_more_or_less_is_none() -> None:
    text = str(case_number(7, "complaint"))

    for wrong in (text[:-1], f"0{text}", f"{text}a", f"{text}.", f"{text[:4]},{text[4:]}", f"-{text}x"):
        assert parse_case_number(wrong) is None


@settings(max_examples=300, derandomize=True, deadline=None)
@given(text=st.text(st.characters(), max_size=30) | st.text("0123456789 -１２３", max_size=24))
def test_any_text_is_a_number_that_reads_back_or_none(text: str) -> None:
    number = parse_case_number(text)

    if number is not None:
        call, kind = call_of(number)
        assert case_number(call, kind) == number
