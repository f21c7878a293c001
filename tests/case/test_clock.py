"""Clocks as cases hold them, their ladders, and by when a case is owed an answer under each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from clock_tables import HOUSE, calendars
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ivr.calendar.opening_hours import OpeningHours, parse_week
from ivr.calendar.passing import Stretch
from ivr.case.clock import CLOCKS, WITHOUT_HOURS, DayClock, OpenTime, may_pause, next_rung, parse
from ivr.case.deadline import Due, deadline, summary_until

CHINA = calendars()
NAMES = [*CLOCKS, *HOUSE, "cn-2020+30", "cn-2020+60", "us-cfpb+60", "house+20"]
OF_HOURS = ["16h office", "2h night pauses", "90m always", "45s shop"]
ZONES = st.sampled_from(sorted(available_timezones() - {"Factory", "localtime"}))
INSTANTS = st.integers(0, 5_000_000).map(lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def due(clock: str, started: str, *pauses: tuple[str, str]) -> Due:
    found = deadline(clock, shanghai(started), CHINA, [(shanghai(begin), shanghai(end)) for begin, end in pauses])
    assert found is not None
    return found


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("text", [*NAMES, *OF_HOURS, "2h pauses", "2h pauses pauses", "1000h agents pauses"])
def test_a_clock_reads_as_it_is_written(text: str) -> None:
    assert str(parse(text, HOUSE)) == text


@settings(derandomize=True)
@given(
    within=st.integers(60, 3_600_000),
    hours=st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    pauses=st.booleans(),
)
def test_a_time_within_hours_is_the_same_after_it_was_text(within: int, hours: str, pauses: bool) -> None:
    clock = OpenTime(within, hours, pauses)

    assert parse(str(clock)) == clock


@pytest.mark.parametrize(
    "text", ["none", "", "cn-2020+", "cn-2020+45", "cn-2020+30+60", "uk-disp+1", "cn", "h agents", "2d agents",
             "2h Agents", "2h agents paused", " 2h agents", "house", "٢h agents"],
)  # fmt: skip
def test_what_is_no_clock_of_this_hotline_is_none(text: str) -> None:
    assert parse(text) is None
    assert next_rung(text) is None
    assert not may_pause(text)
    assert deadline(text, shanghai("2026-03-02 10:00"), CHINA._replace(clocks={})) is None


@pytest.mark.parametrize(
    ("clock", "rung"),
    [
        ("cn-2020", "cn-2020+30"),
        ("cn-2020+30", "cn-2020+60"),
        ("cn-2020+60", None),
        ("us-cfpb", "us-cfpb+60"),
        ("us-cfpb+60", None),
        ("house", "house+20"),
        ("house+20", None),
        ("uk-disp", None),
        ("three-workdays", None),
        ("16h office", None),
        (WITHOUT_HOURS, None),
    ],
)
def test_an_extension_leads_to_the_next_rung_of_the_ladder(clock: str, rung: str | None) -> None:
    assert next_rung(clock, HOUSE) == rung


@pytest.mark.parametrize("clock", ["cn-2020", "us-cfpb", "house"])
@settings(max_examples=100, derandomize=True, deadline=None)
@given(start=INSTANTS)
def test_every_rung_is_later_than_the_one_before(clock: str, start: datetime) -> None:
    found = deadline(clock, start, CHINA)
    rung = next_rung(clock, HOUSE)
    while rung is not None:
        longer = deadline(rung, start, CHINA)
        assert found is not None
        assert longer is not None
        assert longer.at > found.at
        found, rung = longer, next_rung(rung, HOUSE)


def test_only_a_time_within_hours_pauses_and_only_where_it_says_so() -> None:
    assert [may_pause(clock) for clock in ("16h office pauses", "16h office", "cn-2020", WITHOUT_HOURS)] == [
        True, False, False, False,
    ]  # fmt: skip
    pause = ("2026-03-02 12:00", "2026-03-03 12:00")
    assert due("16h office", "2026-03-02 09:00", pause) == due("16h office", "2026-03-02 09:00")
    assert due("cn-2020", "2026-03-02 09:00", pause) == due("cn-2020", "2026-03-02 09:00")


def test_nothing_is_owed_under_none() -> None:
    assert deadline("none", datetime(2026, 3, 2, tzinfo=UTC), CHINA) is None


@pytest.mark.parametrize("hours", ["agents", "never"])
def test_hours_that_are_gone_or_never_open_leave_the_clock_on_the_wall(hours: str) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    never = OpeningHours(parse_week({"mon-sun": "closed"}))
    here = CHINA._replace(zone=berlin, hours={"never": never})
    start, pause = datetime(2026, 3, 29, 1, 0, tzinfo=berlin), datetime(2026, 3, 29, 4, 0, tzinfo=berlin)

    found = deadline(f"2h {hours}", start, here)
    paused = deadline(f"3h {hours} pauses", start, here, [(pause, pause + timedelta(hours=10))])

    assert found is not None
    assert paused is not None
    assert found.at.isoformat() == "2026-03-29T04:00:00+02:00"
    assert paused.at.isoformat() == "2026-03-29T15:00:00+02:00"
    assert "day and night" in found.why


def test_the_clock_of_old_releases_counts_two_hours_on_the_wall() -> None:
    found = due(WITHOUT_HOURS, "2026-03-02 23:30")

    assert (found.at.isoformat(), found.rule, found.spoken) == ("2026-03-03T01:30:00+08:00", WITHOUT_HOURS, "time")


def test_a_thousand_hours_of_a_desk_that_is_open_for_two_hours_a_week_are_counted_to_their_end() -> None:
    rare = CHINA._replace(hours={"rare": OpeningHours(parse_week({"mon": "09:00-11:00"}))})

    found = deadline("1000h rare", shanghai("2026-03-02 09:00"), rare)

    assert found is not None
    assert found.at == shanghai("2026-03-02 11:00") + timedelta(weeks=499)


@pytest.mark.parametrize(("clock", "spoken"), [("cn-2020", "date"), ("house", "date"), ("16h office", "time")])
def test_days_are_told_by_their_date_and_hours_by_the_time(clock: str, spoken: str) -> None:
    found = due(clock, "2026-03-02 10:00")

    assert (found.spoken, found.rule, found.day) == (spoken, clock, found.at.date())


def test_only_the_british_rule_knows_a_short_answer() -> None:
    london = calendars("Europe/London", "GB-ENG")
    start = datetime(2026, 4, 1, 22, 30, tzinfo=UTC)

    assert summary_until("uk-disp", start, london) == date(2026, 4, 8)
    assert [summary_until(clock, start, london) for clock in ("cn-2020", "16h office", "none")] == [None] * 3


@settings(max_examples=300, derandomize=True, deadline=None)
@given(clock=st.sampled_from(NAMES), zone=ZONES, start=INSTANTS)
def test_a_clock_of_days_ends_with_its_date_in_any_zone(clock: str, zone: str, start: datetime) -> None:
    found = deadline(clock, start, CHINA._replace(zone=ZoneInfo(zone)))

    assert found is not None
    assert found.at.date() == found.day
    instant = found.at.astimezone(UTC)
    assert instant.astimezone(found.at.tzinfo).date() == found.day
    assert (instant + timedelta(seconds=1)).astimezone(found.at.tzinfo).date() == found.day + timedelta(days=1)
    assert instant > start


@pytest.mark.parametrize(
    ("zone", "start", "last"),
    [
        ("Asia/Beirut", "2026-10-09 10:00", "2026-10-24T23:59:59+02:00"),  # its last hour comes twice
        ("America/Nuuk", "2026-03-13 10:00", "2026-03-28T22:59:59-02:00"),  # its last hour is not there
    ],
)
def test_a_day_whose_last_hour_is_changed_is_whole(zone: str, start: str, last: str) -> None:
    here = CHINA._replace(zone=ZoneInfo(zone))

    found = deadline("cn-2020", datetime.fromisoformat(start).replace(tzinfo=here.zone), here)

    assert found is not None
    assert found.at.astimezone(UTC).astimezone(here.zone).isoformat() == last


@settings(max_examples=200, derandomize=True, deadline=None)
@given(clock=st.sampled_from([*NAMES, *OF_HOURS]), start=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_who_calls_later_is_never_owed_an_answer_sooner(clock: str, start: datetime, later: timedelta) -> None:
    first, second = deadline(clock, start, CHINA), deadline(clock, start + later, CHINA)

    assert first is not None
    assert second is not None
    assert start < first.at <= second.at


MOMENTS = st.integers(0, 20 * 1440).map(lambda n: datetime(2026, 9, 20, tzinfo=UTC) + timedelta(minutes=n))
PAUSES = st.lists(st.tuples(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=4))), max_size=4).map(
    lambda found: [(begin, begin + length) for begin, length in found]
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(hours=st.sampled_from(["office", "shop", "night", "always", "gone"]), start=MOMENTS, pauses=PAUSES)
def test_another_pause_never_brings_a_deadline_forward(hours: str, start: datetime, pauses: list[Stretch]) -> None:
    found = [deadline(f"16h {hours} pauses", start, CHINA, pauses[:n]) for n in range(len(pauses) + 1)]

    ends = [each.at for each in found if each is not None]
    assert len(ends) == len(found)
    assert ends == sorted(ends)
    assert start < ends[0]


@settings(max_examples=200, derandomize=True, deadline=None)
@given(hours=st.sampled_from(["office", "shop", "night"]), start=MOMENTS, at=MOMENTS, share=st.floats(0, 1))
def test_a_pause_while_the_desk_is_closed_adds_nothing(hours: str, start: datetime, at: datetime, share: float) -> None:
    desk = CHINA.hours[hours]
    assume(desk.status(at.astimezone(SHANGHAI)) != "open")
    opens = desk.opens(at.astimezone(SHANGHAI))
    assert opens is not None
    pause = (at, at + (opens.astimezone(UTC) - at) * share)

    without = deadline(f"16h {hours} pauses", start, CHINA)
    found = deadline(f"16h {hours} pauses", start, CHINA, [pause])

    assert found is not None
    assert without is not None
    assert found.at == without.at


def test_the_same_instant_has_the_same_deadline_whatever_zone_it_is_given_in() -> None:
    start = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    berlin = calendars("Europe/Berlin", "DE-BY")

    for clock in [*NAMES, *OF_HOURS]:
        assert deadline(clock, start, berlin) == deadline(clock, start.astimezone(SHANGHAI), berlin)


def test_a_clock_of_the_house_is_a_row_like_the_others() -> None:
    assert parse("house+20", HOUSE) == DayClock("house+20", 20, "workdays", (20,), 0, "service handbook, page 12")
    assert parse("cn-2020+30") == DayClock("cn-2020+30", 30, "days", (30, 60))
