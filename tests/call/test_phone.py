"""Which numbers may be phoned: of the countries that are listed, and only of ordinary kinds."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.phone import COUNTRIES, Phoned, country_of, described, is_number
from ivr.flow.hotline import HotlineFields
from ivr.flow.hotline_values import phoned_by

OWN = "+862155500000"
CHINA = Phoned(frozenset({"CN"}), frozenset({OWN}))
BOTH = Phoned(frozenset({"CN", "US"}))


@pytest.mark.parametrize(
    "number",
    ["+862155500123", "+8613800138000", "+868008101234", "+864008895594", "+861064956666"],
    ids=["a landline", "a mobile", "toll-free", "a 400 number, at the price of a local call", "Beijing"],
)
def test_ordinary_numbers_of_the_country_are_phoned(number: str) -> None:
    assert CHINA.refusal(number) == ""


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        ("+881612345678", "kind"),
        ("+88216123456789", "kind"),
        ("+88312345678901", "no number"),
        ("+870773111632", "kind"),
        ("+979123456789", "kind"),
        ("+80012345678", "kind"),
        ("+80812345678", "kind"),
        ("+878101234567890", "kind"),
        ("+447012345678", "kind"),
        ("+19005550123", "kind"),
        ("+15005550006", "kind"),
        ("+448431234567", "kind"),
        ("+33899123456", "kind"),
        ("+491801234567", "kind"),
        ("+24762890", "country"),
        ("+18762345678", "country"),
        ("+12423456789", "country"),
        ("+25261234567", "country"),
        ("+5355501234", "country"),
        ("+12025550123", "country"),
        ("+85221234567", "country"),
        ("+442079460123", "country"),
        ("+10000000000", "no number"),
        ("+999999999999", "no number"),
        ("+1001", "no number"),
        ("+8610000000000000", "no number"),
        ("+86110", "no number"),
        ("", "no number"),
        ("anonymous", "no number"),
        ("+８６２１５５５００１２３", "no number"),
        ("+862155500123\n", "no number"),
        (OWN, "own"),
    ],
)
def test_dear_foreign_and_impossible_numbers_are_not(number: str, refusal: str) -> None:
    assert CHINA.refusal(number) == refusal


@pytest.mark.parametrize("number", ["+18762345678", "+18092345678", "+12462345678", "+14412345678", "+17872345678"])
def test_the_islands_that_share_a_country_code_are_countries_of_their_own(number: str) -> None:
    assert BOTH.refusal(number) == "country"


def test_a_number_that_several_countries_share_belongs_to_each() -> None:
    for country in ("US", "CA"):
        assert Phoned(frozenset({country})).may_call("+18005551234")
    assert not CHINA.may_call("+18005551234")


@settings(max_examples=300, derandomize=True, deadline=None)
@given(number=st.from_regex(r"\+[1-9][0-9]{5,14}", fullmatch=True) | st.text(max_size=20))
def test_any_text_is_judged_and_what_may_be_phoned_is_an_ordinary_number_of_a_listed_country(number: str) -> None:
    if BOTH.may_call(number):
        parsed = phonenumbers.parse(number, None)
        assert phonenumbers.is_valid_number(parsed) and is_number(number)
        assert phonenumbers.region_code_for_number(parsed) in ("CN", "US")
        assert phonenumbers.number_type(parsed) != phonenumbers.PhoneNumberType.PREMIUM_RATE
    assert described(number)
    assert country_of(number) in COUNTRIES | {""}


@pytest.mark.parametrize("country", sorted(COUNTRIES))
def test_each_country_s_own_example_is_phoned_where_it_is_listed_and_nowhere_else(country: str) -> None:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.FIXED_LINE)
    if example is None:
        return
    number = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    if country_of(number) == country:
        assert Phoned(frozenset({country})).may_call(number)
        assert (CHINA.refusal(number) == "country") == (country != "CN")


@pytest.mark.parametrize("kind", ["PREMIUM_RATE", "SHARED_COST", "PERSONAL_NUMBER", "PAGER", "VOICEMAIL"])
def test_no_country_s_dear_numbers_are_phoned_even_where_it_is_listed(kind: str) -> None:
    for country in COUNTRIES:
        example = phonenumbers.example_number_for_type(country, getattr(phonenumbers.PhoneNumberType, kind))
        if example is not None and (country, kind) != ("CN", "SHARED_COST"):
            number = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
            assert not Phoned(frozenset({country})).may_call(number), number


def hotline(**keys: object) -> HotlineFields:
    return HotlineFields.model_construct(**{"numbers": {OWN: "main"}, "country": "", "calls_to": None, **keys})


def test_a_hotline_phones_its_own_country_unless_it_lists_others() -> None:
    assert phoned_by(hotline(country="US")).countries == {"US"}
    assert phoned_by(hotline(country="US", calls_to=["CN", "HK"])).countries == {"CN", "HK"}
    assert phoned_by(hotline(country="US", calls_to=[])).countries == frozenset()
    assert phoned_by(hotline()).countries == {"CN"}, "without a country: that of its own number"
    assert phoned_by(hotline(numbers={})).countries == frozenset()


def test_samples_may_be_phoned_and_begin_as_they_should() -> None:
    assert BOTH.samples() == ["+862155500123", "+12025550123"]
    for beginning in ("+1", "+1202", "+86", "+86139", "+862155500123"):
        assert BOTH.like(beginning).startswith(beginning) and BOTH.may_call(BOTH.like(beginning))
    assert BOTH.like("+1900") == BOTH.like("+44") == BOTH.like("1") == ""


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        ("+999999999999", "is not a number that can be dialled", "不是能拨打的号码"),
        ("+19005550123", "is a premium-rate number and is not phoned", "是高额付费号码，不会拨打"),
        (
            "+4930123456",
            "is a number of DE, and the hotline phones only CN and US",
            "属于 DE，而本热线只拨打 CN 和 US 的号码",
        ),
        (
            "+862155500000",
            "is the hotline's own number: the call would come in again",
            "是热线自己的号码，拨打后又会打回热线",
        ),
    ],
)
def test_why_a_number_is_not_phoned_ends_a_sentence_about_it(number: str, english: str, chinese: str) -> None:
    why = Phoned(frozenset({"CN", "US"}), frozenset({"+862155500000"})).why_not(number)

    assert why is not None
    assert (why, why.in_language("zh-CN")) == (english, chinese)
