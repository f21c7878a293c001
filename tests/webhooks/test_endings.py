"""What the customer got of a call: the same whichever report of its end comes first, and none while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import combinations

import pytest
from small_hotline import CALL, NOW, House

from ivr.service.calls.close import StatusChange, note_status, swept
from ivr.service.rows import stamp

ANSWERED = ("DialCallStatus", "completed"), ("DialBridged", "true")
STORY = ("RecordingSid", "RE11111111111111111111111111111111"), ("RecordingDuration", "9")
Turn = tuple[str, tuple[tuple[str, str], ...], str]
"""The route of a turn, its parameters, and the status of the call with it."""


def on(turn: int, *pairs: tuple[str, str], gone: bool = False) -> Turn:
    return f"/voice/t/{turn}", pairs, "completed" if gone else "in-progress"


BEGIN: Turn = ("/voice", (), "ringing")
REFUSED = ("ErrorCode", "12100"), ("ErrorUrl", "http://127.0.0.1:8000/voice/t/2")
CALLS: dict[str, tuple[Sequence[Turn], str]] = {
    "hung up at the first menu": ([BEGIN], "lost"),
    "silent until goodbye": ([BEGIN, on(2), on(3), on(4)], "lost"),
    "hung up in the intake": ([BEGIN, on(2, ("Digits", "1")), on(3, ("Digits", "2"))], "message"),
    "a complaint to its end": (
        [BEGIN, on(2, ("Digits", "1")), on(3, ("Digits", "2")), on(4, *STORY, ("Digits", "#"))],
        "served",
    ),
    "hung up in the story": (
        [BEGIN, on(2, ("Digits", "1")), on(3, ("Digits", "2")), on(4, *STORY, ("Digits", "hangup"), gone=True)],
        "served",
    ),
    "talked to a person": ([BEGIN, on(2, ("Digits", "2")), on(3, *ANSWERED)], "person"),
    "hung up while talking": ([BEGIN, on(2, ("Digits", "2")), on(3, *ANSWERED, gone=True)], "person"),
    "nobody there, then silent": ([BEGIN, on(2, ("Digits", "2")), on(3, ("DialCallStatus", "busy"))], "closed"),
    "the document refused": ([BEGIN, on(2, ("Digits", "3")), ("/voice/fallback", REFUSED, "in-progress")], "failed"),
    "talked to a person, then refused": (
        [BEGIN, on(2, ("Digits", "2")), on(3, *ANSWERED),
         ("/voice/fallback", (REFUSED[0], ("ErrorUrl", "http://127.0.0.1:8000/voice/t/3")), "in-progress")],
        "person",
    ),
    "a turn after the end": (
        [BEGIN, on(2, ("Digits", "3")), ("/voice/fallback", REFUSED, "in-progress"), on(4), on(5, gone=True)],
        "failed",
    ),
}  # fmt: skip


def take(house: House, turn: Turn) -> None:
    route, pairs, status = turn
    house.voice(route, *pairs, status=status)


def ended(house: House) -> None:
    house.send("/voice/status", house.form(("SequenceNumber", "4"), status="completed"))


def swept_now(house: House) -> None:
    """What the sweep does to a call whose next webhook is overdue."""
    with house.store.transaction() as tx:
        row = tx.call(CALL)
        if row is not None and not row.ended_at:
            tx.put_call(swept(tx, row, house.now))


def orders(turns: Sequence[Turn]) -> Iterator[list[Callable[[House], None]]]:
    """The turns in their order, with the end told and two sweeps anywhere between, before or after them."""
    places = range(len(turns) + 3)
    for end, *sweeps in ((e, *s) for e in places for s in combinations([p for p in places if p != e], 2)):
        left = iter(turns)
        yield [ended if at == end else swept_now if at in sweeps else partial(take, turn=next(left)) for at in places]


@pytest.mark.parametrize(("turns", "ending"), CALLS.values(), ids=CALLS)
def test_a_call_has_the_same_ending_whichever_report_comes_first(
    house: House, turns: Sequence[Turn], ending: str
) -> None:
    house.close()
    before, found = house.path.read_bytes(), set()
    for order in orders(turns):
        house.path.write_bytes(before)
        for webhook in order:
            webhook(house)
        found |= {*house.rows("SELECT ending, disposition, ended_by, network_end FROM calls")}
        house.close()
    assert {(row[0], row[2], row[3]) for row in found} == {(ending, "provider", "completed")}
    assert len(found) == 1, found


@pytest.mark.parametrize(("turns", "ending"), CALLS.values(), ids=CALLS)
def test_a_call_has_no_ending_while_it_goes_on(house: House, turns: Sequence[Turn], ending: str) -> None:
    for turn in turns:
        take(house, turn)
        over, known = house.rows("SELECT ended_at IS NOT NULL, ending IS NOT NULL FROM calls")[0]
        assert over == known
    swept_now(house)
    assert house.rows("SELECT ending FROM calls") == [(ending,)]


def test_a_swept_call_that_goes_on_has_no_ending_any_more(house: House) -> None:
    house.voice("/voice")
    swept_now(house)
    assert house.rows("SELECT ending, disposition FROM calls") == [("lost", "abandoned")]
    house.press(2, "1")
    assert house.rows("SELECT ending, disposition FROM calls") == [(None, None)]


def test_a_call_that_never_began_has_failed_until_it_begins_after_all(house: House) -> None:
    ended(house)
    assert house.rows("SELECT ending, network_end FROM calls") == [("failed", "completed")]
    house.voice("/voice")
    assert house.rows("SELECT ending FROM calls") == [("lost",)]


def test_a_call_whose_release_is_gone_has_failed(house: House) -> None:
    house.voice("/voice")
    house.write("UPDATE calls SET release = ?", "0" * 64)
    house.press(2, "1")
    assert house.rows("SELECT ending, disposition FROM calls") == [("failed", "failed")]
    ended(house)
    assert house.rows("SELECT ending, disposition, ended_by FROM calls") == [("failed", "failed", "provider")]


def test_a_second_report_of_the_end_changes_no_ending(house: House) -> None:
    house.voice("/voice")
    ended(house)
    before = house.rows("SELECT ending, disposition, ended_at FROM calls")
    house.now = NOW + timedelta(hours=1)
    later = StatusChange(call=CALL, customer="", line="", ended="failed", sequence=9)
    note_status(house.hotline.ports, later)
    assert house.rows("SELECT ending, disposition, ended_at FROM calls") == before
    assert stamp(NOW) == before[0][2]


def test_endings_add_up_to_all_calls_that_have_ended(house: House) -> None:
    for n, (turns, _) in enumerate(CALLS.values()):
        call = f"CA{n:032x}"
        for route, pairs, status in turns:
            house.voice(route, *pairs, call=call, status=status)
        if n % 2:
            house.send("/voice/status", house.form(call=call, status="completed"))
    over = house.rows("SELECT count(*) FROM calls WHERE ended_at IS NOT NULL")[0][0]
    kinds = house.rows("SELECT ending, count(*) FROM calls WHERE ending IS NOT NULL GROUP BY ending")
    assert sum(count for _, count in kinds) == over > 5
