"""Countries and their regions: their own holidays, and what is said of one that is none."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ivr.calendar.regions import parse_region
from ivr.calendar.workdays import Workdays, announced, regions_of, supported
from ivr.messages.message import Message


@pytest.mark.parametrize(
    ("region", "day", "worked"),
    [
        ("GB", date(2026, 4, 6), True),  # Easter Monday, which Scotland has not
        ("GB-ENG", date(2026, 4, 6), False),
        ("GB-SCT", date(2026, 4, 6), True),
        ("GB-NIR", date(2026, 3, 17), False),
        ("GB-ENG", date(2026, 3, 17), True),
        ("DE-BY", date(2026, 1, 6), False),
        ("DE-BE", date(2026, 1, 6), True),
        ("CH-ZH", date(2026, 5, 1), False),
        ("CH-BE", date(2026, 5, 1), True),
        ("US-CA", date(2026, 3, 31), False),
    ],
)
def test_a_region_has_holidays_of_its_own(region: str, day: date, worked: bool) -> None:
    assert Workdays(region).is_workday(day) is worked
    assert Workdays(region).is_holiday(day) is not worked


@pytest.mark.parametrize("region", ["CN", "GB", "GB-ENG", "DE-BY", "CH-ZH", "US-NY"])
def test_a_country_or_region_stands_as_it_is_written(region: str) -> None:
    assert parse_region(region) == region
    assert announced(region, 2025)


@pytest.mark.parametrize("region", ["GB-XX", "DE-Augsburg", "CN-SH", "XX-YY", "gb-eng", "GB-", "-ENG", ""])
def test_what_has_no_calendar_is_refused(region: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_region(region)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("GB-ENX", "Write GB-ENG, GB-NIR, GB-SCT or GB-WLS, or the country alone."),
        ("gb_england", "Write GB-ENG, GB-NIR, GB-SCT or GB-WLS, or the country alone."),
        ("DE-Bayern", "Write DE-BY"),
        ("de by", "Write DE-BY"),
        ("CH-Zürich", "Write CH-ZH"),
        ("DE-QQQ", "DE-BB, DE-BE, DE-BW, DE-BY"),
        ("CN-SH", "CN has no regions with holidays of their own: write CN."),
        ("Atlantis", 'write a country by its two letters, such as "CN", or a region of it, such as "GB-ENG".'),
        ("china", 'such as "CN"'),
        ("XX-YY", 'such as "CN"'),
    ],
)
def test_what_was_meant_is_said_in_both_languages(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as refused:
        parse_region(written)

    message = refused.value.args[0]
    assert isinstance(message, Message)
    assert said in message
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", message.in_language("zh-CN").replace(written, ""))


def test_every_region_that_is_named_can_be_written() -> None:
    for country in ("GB", "DE", "CH", "US", "CA", "AU", "ES"):
        assert all(supported(f"{country}-{region}") for region in regions_of(country))
