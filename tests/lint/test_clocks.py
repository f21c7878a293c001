"""What lint says of clocks in hotline.yaml, in both languages; and what is made of them."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from small import small_files, small_release

from ivr.calendar.workdays import announced
from ivr.errors import Finding
from ivr.lint.findings import findings_of
from ivr.messages.message import Message
from ivr.service.calls.turn_facts import case_due

JUNE = date(2026, 6, 1)
STARTED = datetime(2026, 3, 2, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def told(keys: str, code: str, today: date = JUNE) -> list[Finding]:
    return [finding for finding in findings_of(small_files(keys=keys), "live", today) if finding.code == code]


@pytest.mark.parametrize(
    ("keys", "code", "message", "hint"),
    [
        ("cases: {inquiry: {clock: three-workday}}", "unknown-clock", "workday", 'Did you mean "three-workdays"?'),
        ("cases: {inquiry: {clock: weekly}}", "unknown-clock", "weekly", "cn-2020, uk-disp, us-cfpb, three-workdays"),
        ("cases: {inquiry: {clock: none, urgent: cn2020}}", "unknown-clock", "cn2020", 'Did you mean "cn-2020"?'),
        ("cases: {inquiry: {clock: cn-2020+30}}", "unknown-clock", 'of the clock "cn-2020"', '"cn-2020"'),
        ("cases: {inquiry: {clock: cn-2020+31}}", "unknown-clock", 'no clock "cn-2020+31"', '"cn-2020"'),
        ("clocks: {none: {days: 3}}", "unknown-clock", "never runs", "another name"),
        ("clocks: {house: {days: 10, pauses: yes}}", "days-do-not-pause", '"house" counts days', "then: [20]"),
        ("cases: {inquiry: {clock: two-hours-open}}", "clock-without-hours", "is gone", "{within: 2h, hours: "),
        (
            "cases: {inquiry: {clock: {within: 2h, hours: agent, pauses: yes}}}",
            "unknown-hours", 'no hours "agent"', "agents",
        ),
    ],
)  # fmt: skip
def test_a_clock_that_cannot_run_is_an_error_that_says_what_to_write(
    keys: str, code: str, message: str, hint: str
) -> None:
    (found,) = told(keys, code)

    assert found.severity == "error"
    assert message in found.message
    assert hint in found.hint
    for said in (found.message, found.hint):
        if isinstance(said, Message) and said.code.startswith("clock."):
            chinese = re.sub(r"“[^”]*”|\{[^}]*\}", "", said.in_language("zh-CN"))
            assert not re.search(r"[a-z]{2,} [a-z]{2,}", chinese), chinese


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("clocks: {house: {days: 10, then: [5]}}", "write them as [20, 30]"),
        ("clocks: {house: {days: 10, then: [20, 20]}}", "write them as [20, 30]"),
        ("clocks: {house: {days: 0}}", "at least 1"),
        ("clocks: {house: {days: 10, of: weeks}}", '"weeks" is not one of "days" or "workdays"'),
        ("clocks: {house: {of: days}}", "Add a line such as days: 10"),
        ("clocks: {House: {days: 10}}", "small letters"),
        ("cases: {inquiry: {clock: [cn-2020]}}", "write a clock by name"),
        ("cases: {inquiry: {clock: {hours: agents}}}", "such as within: 2h"),
        ("cases: {inquiry: {clock: {within: 1001h, hours: agents}}}", "from 1m to 1000h"),
        ("cases: {inquiry: {clock: cn-2020, pauses: yes}}", "It belongs under clock:"),
        ("country: GB-LON", "GB-ENG"),
        ("hours: {agents: {open: {mon-fri: 08:30-20:00}, holidays: DE-BYE}}", "DE-BY"),
    ],
)
def test_a_clock_that_cannot_be_read_is_told_with_what_to_write(keys: str, said: str) -> None:
    found = findings_of(small_files(keys=keys), "live", JUNE)

    assert any(said in f"{each.message} {each.hint}" for each in found), [str(each) for each in found]


def test_clocks_in_workdays_are_told_of_a_year_that_is_not_known_yet() -> None:
    unknown = next(year for year in range(2026, 2060) if not announced("CN", year))
    december = date(unknown - 1, 12, 15)
    always = "hours: {agents: {open: {mon-sun: 00:00-24:00}}}\n"

    in_workdays = told(f"{always}cases: {{inquiry: {{clock: three-workdays}}}}", "holidays-unknown", december)
    in_days = told(f"{always}cases: {{inquiry: {{clock: cn-2020}}}}", "holidays-unknown", december)
    of_the_house = told(
        f"{always}clocks: {{house: {{days: 9, of: workdays}}}}\ncases: {{inquiry: {{clock: house}}}}",
        "holidays-unknown", december,
    )  # fmt: skip

    assert [str(unknown) in each.message for each in [*in_workdays, *of_the_house]] == [True, True]
    assert in_days == []


@pytest.mark.parametrize(
    ("clock", "rule", "at"),
    [
        ("two-hours-open", "two-hours-open", "2026-03-03T00:10:00+08:00"),
        ("house", "house", "2026-03-16T23:59:59+08:00"),
        ("{within: 16h, hours: always, pauses: yes}", "16h always pauses", "2026-03-03T14:10:00+08:00"),
        ("{within: 16h}", "16h", "2026-03-03T14:10:00+08:00"),
        ("uk-disp", "uk-disp", "2026-04-27T23:59:59+08:00"),
    ],
)
def test_a_release_counts_each_clock_it_may_hold(clock: str, rule: str, at: str) -> None:
    """Also those that lint refuses today: a release was stored with them before."""
    keys = f"""
        hours: {{always: {{open: {{mon-sun: 00:00-24:00}}}}}}
        clocks: {{house: {{days: 10, of: workdays}}}}
        cases: {{inquiry: {{clock: {clock}}}}}
    """

    due = case_due(small_release(keys=keys), "inquiry", STARTED)

    assert due is not None
    assert (due.rule, due.at.isoformat()) == (rule, at)


def test_the_soonest_of_two_deadlines_is_so_by_the_instant_where_an_hour_comes_twice() -> None:
    keys = """
        time_zone: Europe/London
        hours: {always: {open: {mon-sun: 00:00-24:00}}}
        cases: {inquiry: {clock: {within: 120m, hours: always}, urgent: {within: 110m, hours: always}}}
    """
    started = datetime(2026, 10, 25, tzinfo=ZoneInfo("Europe/London"))

    due = case_due(small_release(keys=keys), "inquiry", started, "urgent")

    assert due is not None
    assert due.rule == "110m always"


def test_a_name_that_is_no_clock_is_never_due() -> None:
    assert case_due(small_release(keys="cases: {inquiry: {clock: weekly}}"), "inquiry", STARTED) is None


def test_a_region_is_for_holidays_and_its_country_for_telephone_numbers() -> None:
    release = small_release(keys="country: GB-ENG\ntime_zone: Europe/London")

    assert release.workdays.country == "GB-ENG"
    assert release.phoned.may_call("+447400123456")
    assert {language.country for language in release.speaks.values()} == {"GB"}
