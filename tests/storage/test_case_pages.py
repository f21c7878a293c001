"""Pages of cases: what each filter finds, in which order, with one statement that an index answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from any_store import NOW, AnyStore, write
from sqlalchemy import Engine, event, text

from ivr.case.case import By, CaseEvent
from ivr.case.case_fold import fold, folded
from ivr.case.moves import Move, move
from ivr.service.cases.case_rows import case_row, event_of, event_row
from ivr.service.rows import RecordingRow, stamp
from ivr.service.stored_rows import CaseFilter, StoryOnRecord
from ivr.storage.case_rows import CaseRows, page_of
from ivr.storage.schema import engine, upgrade

CALLER, LI = By("caller", "caller"), By("li", "agent")


@pytest.fixture
def reading(database_url: str) -> Iterator[Engine]:
    made = engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def on_record(reading: Engine) -> CaseRows:
    return CaseRows(reading)


def put(store: AnyStore, number: int, *moves: Move, **more: str) -> None:
    """A case of the call CA<number>, opened so many minutes after NOW; `taken` and `withdrawn` are by staff."""
    at = NOW + timedelta(minutes=number)
    due = datetime(2026, 3, 17, 15, 59, 59, tzinfo=UTC) - timedelta(days=number)
    opening = {
        "kind": "complaint", "clock": "cn-2020", "opened_at": stamp(at), "customer": "+862155500123",
        "due_at": stamp(due), "due": due.date().isoformat(), "simulated": "no", **more,
    }  # fmt: skip
    case, log = None, []
    for n, wanted in enumerate((Move("opened", opening), *moves)):
        by = LI if wanted.kind in ("taken", "withdrawn") else CALLER
        logged = move(case, wanted._replace(call=f"CA{number}", turn=n + 2), by, at)
        assert isinstance(logged, CaseEvent), str(logged)
        case, log = fold(case, logged), [*log, logged]
    assert case is not None
    with store.transaction() as tx:
        tx.put_case(case_row(number, case)._replace(version=0), [event_row(number, logged) for logged in log])


def found(on_record: CaseRows, **wanted: Any) -> list[int]:
    return [case.row.number for case in on_record.page(CaseFilter(**wanted))]


def test_the_newest_case_comes_first_and_a_page_begins_behind_any_case(store: AnyStore, on_record: CaseRows) -> None:
    for number in (3, 1, 4, 2):
        put(store, number)

    assert found(on_record) == [4, 3, 2, 1]
    assert found(on_record, most=2) == [4, 3]
    assert found(on_record, most=2, after=3) == [2, 1]
    assert found(on_record, after=1) == found(on_record, after=99) == []


def test_cases_of_one_moment_have_a_place_each(store: AnyStore, on_record: CaseRows) -> None:
    for number in (1, 2, 3):
        put(store, number, opened_at=stamp(NOW))

    whole = found(on_record)

    assert sorted(whole) == [1, 2, 3]
    assert [found(on_record, most=1, after=case) for case in whole] == [[whole[1]], [whole[2]], []]


def test_each_filter_finds_just_its_cases(store: AnyStore, on_record: CaseRows) -> None:
    put(store, 1)
    put(store, 2, Move("taken"))
    put(store, 3, Move("answered"), kind="inquiry")
    put(store, 4, Move("withdrawn", {"reason": "moved"}), customer="+862155500124")
    put(store, 5, simulated="yes", kind="callback", due_at="", due="", clock="none")

    assert found(on_record, kind="inquiry") == found(on_record, statuses=["closed"]) == [3]
    assert found(on_record, statuses=["in_progress"]) == found(on_record, owner="li") == [2]
    assert found(on_record, open_only=True) == [5, 2, 1]
    assert found(on_record, customer="+862155500124") == [4]
    assert found(on_record, simulated=True) == [5] and found(on_record, simulated=False) == [4, 3, 2, 1]
    assert found(on_record, opened_since=stamp(NOW + timedelta(minutes=4))) == [5, 4]
    assert found(on_record, open_only=True, simulated=False, kind="complaint") == [2, 1]


def test_what_is_due_first_comes_first(store: AnyStore, on_record: CaseRows) -> None:
    for number in (1, 2, 3):
        put(store, number)
    put(store, 4, Move("withdrawn", {"reason": "moved"}))

    assert found(on_record, due_before="2026-03-17") == [3, 2, 1]
    assert found(on_record, due_before="2026-03-16") == [3, 2]
    assert found(on_record, due_before="2026-03-17", after=3, most=1) == [2]
    assert found(on_record, overdue_at="2026-03-15T16:00") == [3, 2]


def test_a_story_comes_with_the_recording_the_case_names(store: AnyStore, on_record: CaseRows) -> None:
    put(store, 1, Move("completed", {"story": "RE2"}))
    put(store, 2, Move("completed", {"story": "charged twice"}))
    with store.transaction() as tx:
        tx.put_recording(RecordingRow("RE1", "CA1", 2, "https://x.example/RE1", 3))
        tx.put_recording(RecordingRow("RE2", "CA1", 3, "https://x.example/RE2", 9, transcript="charged twice"))

    words, recorded = on_record.page(CaseFilter())

    assert recorded.story == StoryOnRecord("https://x.example/RE2", 9, "charged twice")
    assert words.story is None and json.loads(words.row.personal or "") == {"story": "charged twice"}


@pytest.mark.parametrize(("turn", "moves", "kept"), [(4, 0, True), (2, 0, False), (None, 0, False), (4, 1, False)])
def test_a_message_cut_off_by_hanging_up_is_the_story_of_a_partial_case(
    store: AnyStore, on_record: CaseRows, turn: int | None, moves: int, kept: bool
) -> None:
    put(store, 1, *[Move("completed")] * moves)
    with store.transaction() as tx:
        tx.put_recording(RecordingRow("RE1", "CA1", turn, None, 3))
        tx.put_recording(RecordingRow("RE9", "CA9", 5, None, 3))

    [case] = on_record.page(CaseFilter())

    assert case.story == (StoryOnRecord(None, 3, None) if kept else None)


def test_an_erased_case_is_listed_without_what_is_personal(store: AnyStore, on_record: CaseRows) -> None:
    put(store, 1, Move("completed", {"story": "RE1", "product": "card"}))
    with store.transaction() as tx:
        tx.put_recording(RecordingRow("RE1", "CA1", 2, None, 3))
    write(store, "UPDATE cases SET personal = NULL, customer = ''")
    write(store, "UPDATE case_events SET personal = NULL")

    [case] = on_record.page(CaseFilter())

    assert (case.story, case.row.facts, case.row.customer) == (None, '{"product":"card"}', "")
    log = on_record.events(1)
    assert [event.personal for event in log] == [None, None]
    assert case_row(1, folded(list(map(event_of, log)))) == case.row


def test_a_page_is_one_statement(store: AnyStore, reading: Engine, on_record: CaseRows) -> None:
    for number in range(1, 30):
        put(store, number, Move("completed", {"story": f"RE{number}"}))
    sent: list[str] = []
    event.listen(reading, "before_cursor_execute", lambda *given: sent.append(given[2]))

    assert len(found(on_record, open_only=True)) == 29

    assert len(sent) == 1


FILTERS: list[tuple[dict[str, Any], str]] = [
    ({}, "SCAN cases USING INDEX cases_opened"),
    ({"simulated": False}, "SCAN cases USING INDEX cases_opened"),
    ({"open_only": True}, "SCAN cases USING INDEX cases_open"),
    ({"simulated": True}, "SCAN cases USING INDEX cases_simulated"),
    ({"after": 7}, "SEARCH cases USING INDEX cases_opened (opened_at<?)"),
    ({"opened_since": "2026-03-02"}, "SEARCH cases USING INDEX cases_opened (opened_at>?)"),
    ({"kind": "complaint"}, "SCAN cases USING INDEX cases_opened"),
    ({"statuses": ["in_progress"]}, "SCAN cases USING INDEX cases_open"),
    ({"statuses": ["closed"]}, "SCAN cases USING INDEX cases_opened"),
    ({"owner": "li", "after": 7}, "SEARCH cases USING INDEX cases_by_owner (owner=? AND opened_at<?)"),
    ({"customer": "+862155500123"}, "SEARCH cases USING INDEX cases_by_customer (customer=?)"),
    ({"due_before": "2026-03-17"}, "SEARCH cases USING INDEX cases_due (due_at<?)"),
    ({"overdue_at": "2026-03-17"}, "SEARCH cases USING INDEX cases_due (due_at<?)"),
    ({"owner": "li", "overdue_at": "2026-03-17"}, "SEARCH cases USING INDEX cases_owner_due (owner=? AND due_at<?)"),
    ({"nobody": True}, "SEARCH cases USING INDEX cases_owner_due (owner=? AND due_at>?)"),
    ({"statuses": ["follow_up_due"]}, "SCAN cases USING INDEX cases_waiting"),
    ({"risk": 40}, "SEARCH cases USING INDEX cases_risk (risk>?)"),
    (
        {"due_since": "2026-03-17", "due_until": "2026-03-18"},
        "SEARCH cases USING INDEX cases_due (due_at>? AND due_at<?)",
    ),
    ({"overdue_at": "2026-03-17", "after": 7}, "SEARCH cases USING INDEX cases_due (due_at>? AND due_at<?)"),
]


@pytest.mark.parametrize(("wanted", "way"), FILTERS, ids=[",".join(wanted) or "all" for wanted, _ in FILTERS])
def test_an_index_leads_to_the_cases_in_their_order(tmp_path: Path, wanted: dict[str, Any], way: str) -> None:
    """A scan of an index ends with the page. Nothing is sorted but the few recordings of a call."""
    upgrade(url := f"sqlite:///{tmp_path / 'ivr.db'}")
    database = engine(url)
    statement = page_of(CaseFilter(**wanted)).compile(database, compile_kwargs={"literal_binds": True})

    with database.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statement}".replace(":", r"\:"))).all()
    database.dispose()

    steps = [(parent, step) for _, parent, _, step in plan]
    assert steps[0] == (0, way)
    assert not [step for parent, step in steps[1:] if "SCAN" in step or (parent == 0 and "TEMP B-TREE" in step)]
