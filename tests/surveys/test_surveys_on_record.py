"""Surveys are kept on both databases: all of a list or none, under a name of their own, and nobody twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from ivr.service.outgoing.outgoing_rows import FollowUpRow
from ivr.service.rows import stamp
from ivr.service.surveys.survey import SurveyRow
from ivr.storage import survey_rows
from ivr.storage.bulk import engine
from ivr.storage.outgoing_tables import attempts, do_not_call, follow_ups
from ivr.storage.survey_rows import SurveyRows

NOW = stamp(datetime(2026, 3, 2, 2, 0, tzinfo=UTC))


@pytest.fixture
def surveys(database_url: str) -> SurveyRows:
    return SurveyRows(engine(database_url))


def person(n: int) -> FollowUpRow:
    return FollowUpRow(f"{n:06d}", None, None, "survey", f"+86215550{n:04d}", f"key{n}", "zh-CN", "stopped", None, NOW,
                       NOW, 0, False)  # fmt: skip


def begin(surveys: SurveyRows, people: int, first: int = 1) -> SurveyRow:
    row = SurveyRow("", "survey", NOW, "li", "list.csv", people)
    return surveys.begin(row, [person(n) for n in range(first, first + people)])


def test_all_people_of_a_list_wait_under_the_survey_s_name(surveys: SurveyRows) -> None:
    row = begin(surveys, survey_rows.AT_ONCE * 2 + 1)

    assert (row.survey, surveys.find("s1")) == ("s1", row)
    assert [(each.row, each.listed, each.waiting, each.whole) for each in surveys.everything()] == [
        (row, 501, 501, True)
    ]
    assert surveys.waiting("survey", {"key1", "key501", "key502"}) == {"key1", "key501"}
    assert surveys.waiting("other", {"key1"}) == set()
    assert surveys.stop("s1") == 501
    assert (surveys.stop("s1"), surveys.waiting("survey", {"key1"})) == (0, set())


@pytest.mark.parametrize(("after", "listed", "held"), [(1, 1, 1), (3, 3, 3), (4, 3, 3), (5, 3, 2)])
def test_a_start_that_was_cut_off_says_so_and_goes_on_only_where_all_are_on_record(
    surveys: SurveyRows, monkeypatch: pytest.MonkeyPatch, after: int, listed: int, held: int
) -> None:
    monkeypatch.setattr(survey_rows, "AT_ONCE", 1)
    writes = iter(range(after))
    whole = SurveyRows._connected

    def connected(self):
        if "begun" in state and next(writes, None) is None:
            raise KeyboardInterrupt
        return whole(self)

    state: set[str] = set()
    named = SurveyRows._named

    def name(self, row):
        made = named(self, row)
        state.add("begun")
        return made

    monkeypatch.setattr(SurveyRows, "_named", name)
    monkeypatch.setattr(SurveyRows, "_connected", connected)
    with pytest.raises(KeyboardInterrupt):
        begin(surveys, 3)
    state.clear()

    (found,) = surveys.everything()
    assert (found.listed, found.held, found.whole) == (listed, held, False)
    assert surveys.resume(found.row) == (held if listed == 3 else None)
    assert surveys.everything()[0].whole == (listed == 3)


def test_surveys_that_begin_at_once_get_names_of_their_own(surveys: SurveyRows) -> None:
    with ThreadPoolExecutor(4) as threads:
        named = list(threads.map(lambda n: begin(surveys, 3, 10 * n).survey, range(1, 9)))

    assert sorted(named) == [f"s{n}" for n in range(1, 9)]
    assert {each.listed for each in surveys.everything()} == {3}


def test_the_answers_are_those_of_the_calls_made(surveys: SurveyRows, database_url: str) -> None:
    begin(surveys, 2)
    tried = {"from_number": "+862155500000", "intended_at": NOW, "status_seq": 0}
    with (connections := engine(database_url)).begin() as connection:
        key = connection.execute(select(follow_ups.c.to_key).where(follow_ups.c.follow_up == "s1-000001")).scalar_one()
        rows = [("a", 1, "refused", None), ("b", 2, "ended", "busy"), ("c", 3, "ended", "accepted")]
        for attempt, n, state, result in rows:
            given = {"attempt": attempt, "n": n, "state": state, "result": result, "ended_at": NOW}
            connection.execute(insert(attempts).values(follow_up="s1-000001", to_key=key, **given, **tried))
        connection.execute(insert(do_not_call).values(to_key=key, since=NOW, why="opted_out", by="caller", hint="x"))
    connections.dispose()

    first, second = surveys.answers("s1")
    assert (first.tries, first.result, first.hint, first.at) == (2, "accepted", "••••0001", NOW)
    assert (second.tries, second.result, second.answers) == (0, "", {})
    assert surveys.blocked({key, "other"}) == {key}
