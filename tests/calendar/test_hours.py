"""Opening hours: open or not, until when, and why, on ordinary days and on those with clocks or calendars changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.week import DAY, parse_week
from ivr.calendar.workdays import Workdays

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
BEIRUT = ZoneInfo("Asia/Beirut")
WEEK = parse_week({"mon-fri": "08:30-20:00", "sat-sun": "09:00-17:30"})
DESK = OpeningHours(WEEK, Workdays("CN"))
NIGHT = OpeningHours(parse_week({"fri": "22:00-24:00", "sat": "00:00-06:00,22:00-24:00", "sun": "00:00-06:00"}))
ALWAYS = OpeningHours(parse_week({"mon-sun": "00:00-24:00"}))


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def berlin(text: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-03-02 08:29:59", "closed"),
        ("2026-03-02 08:30", "open"),
        ("2026-03-02 19:59:59", "open"),
        ("2026-03-02 20:00", "closed"),
        ("2026-03-07 08:30", "closed"),
        ("2026-03-07 09:00", "open"),
        ("2026-10-01 10:00", "holiday"),
        ("2026-10-03 10:00", "holiday"),
        ("2026-10-04 10:00", "holiday"),
        ("2026-10-08 10:00", "open"),
    ],
)
def test_a_desk_is_open_from_the_first_minute_up_to_the_last(at: str, status: str) -> None:
    assert DESK.status(shanghai(at)) == status


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_a_make_up_workday_on_a_weekend_keeps_mondays_hours(day: str) -> None:
    assert DESK.status(shanghai(f"{day} 08:30")) == "open"
    assert DESK.status(shanghai(f"{day} 19:59")) == "open"
    assert "make-up workday: the hours of Monday" in DESK.explain(shanghai(f"{day} 08:30"))


def test_where_the_weekend_is_friday_and_saturday_a_sunday_keeps_its_own_hours() -> None:
    cairo = OpeningHours(parse_week({"sun": "09:00-12:00", "mon-thu": "08:00-16:00"}), Workdays("EG"))

    sunday = datetime(2026, 3, 8, 13, 0, tzinfo=ZoneInfo("Africa/Cairo"))

    assert cairo.status(sunday) == "closed"
    assert cairo.explain(sunday) == "closed: Sunday 2026-03-08, hours 09:00-12:00."


def test_a_desk_without_a_holiday_calendar_is_open_on_holidays() -> None:
    assert OpeningHours(WEEK).status(shanghai("2026-10-01 10:00")) == "open"


def in_china(**week: str) -> OpeningHours:
    return OpeningHours(parse_week({days.replace("_", "-"): text for days, text in week.items()}), Workdays("CN"))


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_a_make_up_workday_is_never_shorter_than_the_days_own_hours(day: str) -> None:
    shut_on_mondays = in_china(mon="closed", tue_sun="09:00-17:00")
    short_on_mondays = in_china(mon="13:00-15:00", tue_fri="09:00-17:00", sat_sun="10:00-14:00")
    from_tuesday_to_friday = in_china(tue_fri="09:00-17:00")
    open_at_night = in_china(mon="08:00-16:00", sat_sun="20:00-06:00")

    assert shut_on_mondays.status(shanghai(f"{day} 10:00")) == "open"
    assert "(a make-up workday: its own hours and those of Tuesday)" not in shut_on_mondays.explain(
        shanghai(f"{day} 10:00")
    )
    assert short_on_mondays.status(shanghai(f"{day} 10:00")) == "open"
    assert short_on_mondays.status(shanghai(f"{day} 14:59")) == "open"
    assert short_on_mondays.status(shanghai(f"{day} 15:00")) == "closed"
    assert "its own hours and those of Monday" in short_on_mondays.explain(shanghai(f"{day} 10:00"))
    assert from_tuesday_to_friday.status(shanghai(f"{day} 10:00")) == "open"
    assert "the hours of Tuesday" in from_tuesday_to_friday.explain(shanghai(f"{day} 10:00"))
    assert open_at_night.status(shanghai(f"{day} 09:00")) == "open"
    assert open_at_night.status(shanghai(f"{day} 21:00")) == "open"


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-03-02 19:59", "closed"),
        ("2026-03-02 20:00", "open"),
        ("2026-03-03 08:29", "open"),
        ("2026-03-03 08:30", "closed"),
        ("2026-03-07 08:29", "open"),  # Friday's night
        ("2026-03-07 21:00", "closed"),
        ("2026-03-08 03:00", "closed"),
        ("2026-09-30 23:00", "open"),  # the evening before the holiday
        ("2026-10-01 08:00", "open"),
        ("2026-10-01 21:00", "holiday"),
        ("2026-10-02 03:00", "holiday"),
        ("2026-10-08 03:00", "closed"),  # the seventh is still a holiday
        ("2026-10-10 21:00", "open"),  # a make-up Saturday
        ("2026-10-11 08:00", "open"),
    ],
)
def test_a_night_belongs_to_the_day_it_begins_on(at: str, status: str) -> None:
    assert in_china(mon_fri="20:00-08:30").status(shanghai(at)) == status


def test_a_night_is_left_out_with_the_day_closed_and_kept_with_the_day_opened() -> None:
    night = OpeningHours(
        parse_week({"mon-fri": "22:00-02:00"}),
        closed_on=frozenset({date(2026, 3, 3)}),
        open_on=frozenset({date(2026, 3, 7)}),
    )

    assert night.status(shanghai("2026-03-03 01:00")) == "open"
    assert night.status(shanghai("2026-03-03 23:00")) == "holiday"
    assert night.status(shanghai("2026-03-04 01:00")) == "closed"
    assert night.status(shanghai("2026-03-08 01:00")) == "open"
    assert night.opens(shanghai("2026-03-03 02:00")) == shanghai("2026-03-04 22:00")


def test_hours_that_meet_or_overlap_over_midnight_are_counted_once() -> None:
    desk = OpeningHours(parse_week({"mon": "20:00-08:30", "tue": "08:00-12:00,12:00-13:00"}))

    assert desk.add_open_time(shanghai("2026-03-02 20:00"), timedelta(hours=14)) == shanghai("2026-03-03 10:00")
    assert desk.add_open_time(shanghai("2026-03-03 03:00"), timedelta(hours=10)) == shanghai("2026-03-03 13:00")


def test_the_explanation_of_a_night_names_the_day_it_began_on() -> None:
    night = in_china(mon_fri="08:30-12:00,20:00-06:00")

    assert night.explain(shanghai("2026-10-01 05:00")) == (
        "open: Thursday 2026-10-01, in the hours that began on Wednesday, 20:00-06:00."
    )
    assert night.explain(shanghai("2026-03-02 13:00")) == "closed: Monday 2026-03-02, hours 08:30-12:00, 20:00-06:00."


def test_a_day_closed_by_the_author_is_a_holiday_and_a_day_opened_is_none() -> None:
    desk = OpeningHours(
        WEEK,
        Workdays("CN"),
        closed_on=frozenset({date(2026, 3, 2), date(2026, 10, 2)}),
        open_on=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    )

    assert desk.status(shanghai("2026-03-02 10:00")) == "holiday"
    assert desk.status(shanghai("2026-10-01 10:00")) == "open"
    assert desk.status(shanghai("2026-10-02 10:00")) == "open"
    assert desk.status(shanghai("2026-10-05 10:00")) == "holiday"


def test_a_day_opened_by_the_author_that_has_no_hours_of_its_own_keeps_mondays() -> None:
    office = OpeningHours(parse_week({"mon-fri": "09:00-17:00"}), open_on=frozenset({date(2026, 3, 7)}))

    assert office.status(shanghai("2026-03-07 09:00")) == "open"
    assert office.status(shanghai("2026-03-08 09:00")) == "closed"
    assert office.opens(shanghai("2026-03-06 18:00")) == shanghai("2026-03-07 09:00")


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-02 08:00", "2026-03-02 08:30"),
        ("2026-03-02 08:30", "2026-03-02 08:30"),
        ("2026-03-02 12:34:56", "2026-03-02 12:34:56"),
        ("2026-03-02 20:00", "2026-03-03 08:30"),
        ("2026-03-06 23:00", "2026-03-07 09:00"),
        ("2026-09-30 21:00", "2026-10-08 08:30"),
        ("2026-12-31 21:00", "2027-01-02 09:00"),
    ],
)
def test_a_closed_desk_opens_next_on_the_next_day_it_works(at: str, opens: str) -> None:
    assert DESK.opens(shanghai(at)) == shanghai(opens)


def test_a_desk_that_never_opens_says_so() -> None:
    never = OpeningHours(parse_week({"mon-sun": "closed"}))

    assert never.opens(shanghai("2026-03-02 08:00")) is None
    assert never.add_open_time(shanghai("2026-03-02 08:00"), timedelta(hours=2)) is None
    assert OpeningHours({}).opens(shanghai("2026-03-02 08:00")) is None


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("2026-03-06 21:59", "closed"),
        ("2026-03-06 23:59:59", "open"),
        ("2026-03-07 00:00", "open"),
        ("2026-03-07 05:59", "open"),
        ("2026-03-07 06:00", "closed"),
        ("2026-03-08 00:00", "open"),
        ("2026-03-08 22:00", "closed"),
    ],
)
def test_hours_over_midnight_are_two_spans_without_a_gap(at: str, status: str) -> None:
    assert NIGHT.status(shanghai(at)) == status


@pytest.mark.parametrize(
    ("at", "hours", "until"),
    [
        ("2026-03-06 23:00", 2, "2026-03-07 01:00"),
        ("2026-03-06 12:00", 2, "2026-03-07 00:00"),
        ("2026-03-06 12:00", 9, "2026-03-07 23:00"),
        ("2026-03-07 05:00", 2, "2026-03-07 23:00"),
        ("2026-03-08 05:00", 2, "2026-03-13 23:00"),
    ],
)
def test_open_time_runs_on_over_midnight_and_stands_while_closed(at: str, hours: int, until: str) -> None:
    assert NIGHT.add_open_time(shanghai(at), timedelta(hours=hours)) == shanghai(until)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-03-02 09:00", "2026-03-02 11:00"),
        ("2026-03-02 18:00", "2026-03-02 20:00"),
        ("2026-03-02 19:00", "2026-03-03 09:30"),
        ("2026-03-02 23:30", "2026-03-03 10:30"),
        ("2026-03-06 19:00", "2026-03-07 10:00"),
        ("2026-09-30 19:30", "2026-10-08 10:00"),
        ("2026-02-13 19:00", "2026-02-14 09:30"),
    ],
)
def test_two_hours_of_open_time_skip_nights_and_holidays_but_no_make_up_workday(at: str, until: str) -> None:
    assert DESK.add_open_time(shanghai(at), timedelta(hours=2)) == shanghai(until)


def test_two_hours_are_two_hours_on_the_night_the_clocks_go_forward() -> None:
    until = ALWAYS.add_open_time(berlin("2026-03-29 01:00"), timedelta(hours=2))

    assert until is not None
    assert until.isoformat() == "2026-03-29T04:00:00+02:00"


def test_two_hours_are_two_hours_on_the_night_the_clocks_go_back() -> None:
    first = ALWAYS.add_open_time(berlin("2026-10-25 01:00"), timedelta(hours=2))
    second = ALWAYS.add_open_time(berlin("2026-10-25 02:30", fold=1), timedelta(hours=2))

    assert first is not None
    assert first.isoformat() == "2026-10-25T02:00:00+01:00"
    assert second is not None
    assert second.isoformat() == "2026-10-25T04:30:00+01:00"


def test_a_desk_that_would_open_in_the_hour_the_clocks_skip_opens_when_they_have_skipped_it() -> None:
    early = OpeningHours(parse_week({"sun": "02:30-05:00"}))

    opens = early.opens(berlin("2026-03-29 00:00"))

    assert opens is not None
    assert opens.isoformat() == "2026-03-29T03:00:00+02:00"


ZONES = [
    (BERLIN, datetime(2026, 3, 28, 18, tzinfo=UTC)),
    (BERLIN, datetime(2026, 10, 24, 18, tzinfo=UTC)),
    (BEIRUT, datetime(2026, 3, 28, 18, tzinfo=UTC)),
    (BEIRUT, datetime(2026, 10, 24, 18, tzinfo=UTC)),
]
EDGES = st.lists(st.integers(0, 25) | st.sampled_from([60, 90, 120, 135, 150, 180, 200, 1380, 1410, 1440]), unique=True)
SPANS = EDGES.map(sorted).map(lambda edges: tuple(zip(edges[::2], edges[1::2], strict=False)))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(where=st.sampled_from(ZONES), sat=SPANS, sun=SPANS, late=st.integers(0, 720), span=st.integers(1, 300))
def test_on_days_the_clocks_change_opening_times_agree_with_the_status_minute_by_minute(
    where: tuple[ZoneInfo, datetime],
    sat: tuple[tuple[int, int], ...],
    sun: tuple[tuple[int, int], ...],
    late: int,
    span: int,
) -> None:
    zone, begin = where
    night = {day: (*spans, (1410, DAY + late)) for day, spans in ((5, sat), (6, sun)) if late and spans}
    desk = OpeningHours({5: sat, 6: sun, 0: ((0, 1440),), **night})
    at = begin + timedelta(minutes=late)

    minutes = (at + timedelta(minutes=n) for n in range(60 * 72))
    opened = [minute for minute in minutes if desk.status(minute.astimezone(zone)) == "open"]
    opens = desk.opens(at.astimezone(zone))
    until = desk.add_open_time(at.astimezone(zone), timedelta(minutes=span))

    assert opens is not None
    assert until is not None
    assert opens.astimezone(UTC) == opened[0]
    assert until.astimezone(UTC) == opened[span - 1] + timedelta(minutes=1)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    at=st.integers(0, 525_600).map(lambda n: datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(minutes=n)),
    hours=st.integers(1, 40),
)
def test_what_opens_is_open_and_open_time_adds_up(at: datetime, hours: int) -> None:
    opens = DESK.opens(at)
    assert opens is not None
    assert opens >= at
    assert DESK.status(opens) == "open"
    assert (opens == at) == (DESK.status(at) == "open")

    half = DESK.add_open_time(at, timedelta(minutes=30 * hours))
    assert half is not None
    assert DESK.add_open_time(half, timedelta(minutes=30 * hours)) == DESK.add_open_time(at, timedelta(hours=hours))


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-03-02 10:00", "open: Monday 2026-03-02, hours 08:30-20:00."),
        ("2026-03-02 21:00", "closed: Monday 2026-03-02, hours 08:30-20:00."),
        ("2026-03-07 10:00", "open: Saturday 2026-03-07 (a weekend), hours 09:00-17:30."),
        ("2026-10-01 10:00", "holiday: Thursday 2026-10-01 is National Day."),
        ("2026-10-10 19:00", "open: Saturday 2026-10-10 (a make-up workday: the hours of Monday), hours 08:30-20:00."),
    ],
)
def test_the_explanation_is_one_sentence_with_the_reason(at: str, sentence: str) -> None:
    assert DESK.explain(shanghai(at)) == sentence


def test_the_explanation_of_a_day_without_a_name_or_without_hours_says_so() -> None:
    office = OpeningHours(
        parse_week({"mon": "08:00-12:00,13:00-17:00", "tue-sun": "closed"}), closed_on=frozenset({date(2026, 3, 3)})
    )

    assert office.explain(shanghai("2026-03-02 12:30")) == "closed: Monday 2026-03-02, hours 08:00-12:00, 13:00-17:00."
    assert office.explain(shanghai("2026-03-03 12:30")) == "holiday: Tuesday 2026-03-03 is a day it is closed on."
    assert office.explain(shanghai("2026-03-04 12:30")) == "closed: Wednesday 2026-03-04, no hours."


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2026-03-02 10:00", "营业中：2026-03-02 星期一，营业时段 08:30-20:00。"),
        ("2026-10-01 10:00", "节假日休息：2026-10-01 星期四，国庆节。"),
        ("2026-10-10 19:00", "营业中：2026-10-10 星期六（调休上班，按星期一的时段），营业时段 08:30-20:00。"),
    ],
)
def test_the_explanation_has_days_and_holidays_in_the_readers_language(at: str, sentence: str) -> None:
    assert DESK.explain(shanghai(at)).in_language("zh-CN") == sentence


def test_a_holiday_the_calendar_has_in_no_other_language_keeps_its_english_name() -> None:
    new_york = OpeningHours(WEEK, Workdays("US"))

    told = new_york.explain(datetime(2026, 7, 3, 12, 0, tzinfo=ZoneInfo("America/New_York")))

    assert told.in_language("zh-CN") == "节假日休息：2026-07-03 星期五，Independence Day (observed)。"
