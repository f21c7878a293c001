"""A week as an author writes it: days and times, and for what is written otherwise what to write instead."""

from __future__ import annotations

import pytest

from ivr.calendar.week import parse_week, problems_of_week, shown


@pytest.mark.parametrize(
    ("days", "open_on"),
    [
        ("mon", [0]),
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("sat,sun", [5, 6]),
        ("mon - wed", [0, 1, 2]),
        ("sat-mon", [5, 6, 0]),
        ("mon-tue,sun", [0, 1, 6]),
    ],
)
def test_days_are_named_one_by_one_or_from_to_also_over_the_weekend(days: str, open_on: list[int]) -> None:
    assert parse_week({days: "08:00-09:00"}) == {day: ((480, 540),) for day in open_on}


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("08:30-20:00", ((510, 1200),)),
        ("00:00-24:00", ((0, 1440),)),
        ("08:00-12:00,13:00-17:00", ((480, 720), (780, 1020))),
        ("08:00-12:00, 12:00-17:00", ((480, 720), (720, 1020))),
        ("closed", ()),
        (" closed ", ()),
        ("13:00-14:00,08:00-12:00", ((480, 720), (780, 840))),
        ("20:00-08:30", ((1200, 1950),)),
        ("20:00-00:00", ((1200, 1440),)),
        ("00:00-06:00, 22:00-06:00", ((0, 360), (1320, 1800))),
        ("23:59-00:01", ((1439, 1441),)),
    ],
)
def test_hours_of_a_day_are_spans_of_minutes(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert parse_week({"mon": text}) == {0: spans}


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ({"montag": "08:00-09:00"}, '"montag" names no days'),
        ({"": "08:00-09:00"}, '"" names no days'),
        ({"mon-wed-fri": "08:00-09:00"}, '"mon-wed-fri" names no days'),
        ({"mon-fri": "08:00-09:00", "fri": "08:00-09:00"}, "fri is written in two lines"),
        ({"mon,mon": "08:00-09:00"}, "mon is written in two lines"),
        ({"mon": "8:00-9:00"}, '"8:00-9:00" is no time of day'),
        ({"mon": "08:00"}, '"08:00" is no time of day'),
        ({"mon": "08:00-09:00\n"}, None),
        ({"mon": ""}, '"" is no time of day'),
        ({"mon": "08:60-09:00"}, "an hour has the minutes 00 to 59"),
        ({"mon": "09:00-09:00"}, "Write 00:00-24:00 for the whole day"),
        ({"mon": "20:00-24:30"}, "Write 20:00-00:30, which runs over midnight"),
        ({"mon": "20:00-99:30"}, "Write 20:00-08:30, which runs over midnight"),
        ({"mon": "24:00-08:00"}, "Write it as 00:00 under the next day"),
        ({"mon": "08:00-12:00,11:00-13:00"}, "overlaps itself"),
        ({"mon": "20:00-08:30,21:00-22:00"}, "overlaps itself"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_a_sentence(written: dict[str, str], says: str | None) -> None:
    if says is None:
        assert parse_week(written)
        return

    with pytest.raises(ValueError, match="Write|two lines|overlaps") as refused:
        parse_week(written)

    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("written", "write"),
    [
        ("9:00-17:00", "09:00-17:00"),
        ("9-17", "09:00-17:00"),
        ("9am-5pm", "09:00-17:00"),
        ("9:30 am - 5 p.m.", "09:30-17:00"),
        ("08.30-20.00", "08:30-20:00"),
        ("08:30–20:00", "08:30-20:00"),
        ("08：30～20：00", "08:30-20:00"),
        ("8:30 to 20:00", "08:30-20:00"),
        ("8点30分至20点", "08:30-20:00"),
        ("24h", "00:00-24:00 for the whole day"),
        ("全天", "00:00-24:00 for the whole day"),
        ("off", "closed"),
        ("休息", "closed"),
        ("noon", "08:30-20:00"),
        ("9-77", "08:30-20:00"),
    ],
)
def test_times_written_otherwise_are_refused_with_what_was_meant(written: str, write: str) -> None:
    with pytest.raises(ValueError, match="is no time of day") as refused:
        parse_week({"mon": written})

    assert str(refused.value).endswith(f". Write {write}.")


@pytest.mark.parametrize(
    ("written", "write"),
    [
        ("Mon-Fri", "mon-fri"),
        ("monday", "mon"),
        ("Monday to Friday", "mon-fri"),
        ("tues", "tue"),
        ("sat/sun", "sat,sun"),
        ("sat and sun", "sat,sun"),
        ("weekdays", "mon-fri"),
        ("daily", "mon-sun"),
        ("周一至周五", "mon-fri"),
        ("星期六、星期天", "sat,sun"),
        ("周末", "sat-sun"),
        ("workweek", "mon-fri, sat or sat,sun"),
    ],
)
def test_days_written_otherwise_are_refused_with_what_was_meant(written: str, write: str) -> None:
    with pytest.raises(ValueError, match="names no days") as refused:
        parse_week({written: "08:00-09:00"})

    assert str(refused.value).endswith(f". Write {write}.")


def test_every_line_that_cannot_be_read_is_told_at_once() -> None:
    wrong = dict(problems_of_week({"mon": "9-17", "montag": "closed", "tue": "08:00-09:00", "mon-wed": "closed"}))

    assert list(wrong) == ["mon", "montag", "mon-wed"]


@pytest.mark.parametrize("text", ["08:30-20:00", "00:00-24:00", "20:00-08:30", "23:59-00:01"])
def test_a_span_is_shown_as_it_is_written(text: str) -> None:
    assert [shown(span) for span in parse_week({"mon": text})[0]] == [text]
