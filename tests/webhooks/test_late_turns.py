"""A late turn of a case's own call adds what was said, and never undoes what somebody else did to the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import small_hotline
from small_hotline import NOW, House

from ivr.call.case_kinds import CaseKind
from ivr.call.case_number import case_number
from ivr.case.case_fold import By, folded
from ivr.case.moves import Move
from ivr.case.refused import Refused
from ivr.service.cases.case_rows import case_row, event_of
from ivr.service.cases.keep_move import keep_move
from ivr.service.rows import CaseRow

LI, LEAD = By("li", "agent"), By("wang", "lead")
LATER = {"due": "2026-04-01", "due_at": "2026-04-01T23:59:59+08:00", "approver": "chen", "reason": "a second bank"}
QUESTION = """\
flow: complaint
title: {en-US: Questions}
intake: inquiry
steps:
  told:
    menu: {en-US: Which one?}
    save: product
    choices:
      1: {is: card, label: {en-US: cards}, words: {en-US: [card]}, next: answered}
      2: {is: loan, label: {en-US: loans}, words: {en-US: [loan]}, next: unanswered}
  answered: {case: inquiry, with: {product: {product}, outcome: answered}, next: told}
  unanswered: {case: inquiry, with: {product: {product}, outcome: unanswered}, next: told}
"""


def begun(house: House) -> None:
    """A caller in the intake, who has said nothing for the case yet."""
    house.voice("/voice")
    house.press(2, "1")


def stored(house: House, kind: CaseKind = "complaint") -> CaseRow:
    """The row of the call's case, which its log folds to."""
    number = case_number(1, kind)
    with house.store.transaction() as tx:
        row, log = tx.case(number), tx.case_events(number)
    assert row is not None
    row = row._replace(partial=bool(row.partial), simulated=bool(row.simulated))
    assert case_row(number, folded([event_of(event) for event in log])) == row
    return row


def does(house: House, wanted: Move, by: By = LI, kind: CaseKind = "complaint") -> CaseRow:
    done = keep_move(house.hotline.ports, case_number(1, kind), wanted, by)
    assert not isinstance(done, Refused), str(done)
    return done


def record(house: House, turn: int) -> None:
    message = (("RecordingSid", "RE" + "7" * 32), ("RecordingDuration", "9"), ("RecordingUrl", "https://x.example/RE7"))
    house.voice(f"/voice/t/{turn}", *message, ("Digits", "#"))


def test_a_case_that_was_taken_stays_with_who_took_it(house: House) -> None:
    begun(house)
    does(house, Move("taken"))

    house.press(3, "1")

    row = stored(house)
    assert (row.status, row.owner, row.ended_at, row.facts) == ("in_progress", "li", None, '{"product":"card"}')


def test_a_deadline_that_was_extended_stays_extended(house: House) -> None:
    begun(house)
    before = stored(house)
    does(house, Move("extended", LATER), LEAD)

    house.now = NOW + timedelta(minutes=1)
    house.press(3, "2")
    record(house, 4)

    row = stored(house)
    assert (row.due, row.due_at) == ("2026-04-01", "2026-04-01T15:59:59.000000+00:00")
    assert (before.due, before.promised, row.promised) == ("2026-03-17", "2026-03-17", "2026-03-17")
    assert (row.status, row.partial) == ("open", False)


def test_a_case_completed_after_it_was_taken_is_whole_and_still_in_progress(house: House) -> None:
    begun(house)
    house.press(3, "1")
    does(house, Move("taken"))

    record(house, 4)

    row = stored(house)
    assert (row.status, row.owner, row.partial, row.turn) == ("in_progress", "li", False, 4)
    assert row.personal == '{"story":"RE' + "7" * 32 + '"}'


def test_a_case_that_somebody_has_ended_stays_ended(house: House) -> None:
    begun(house)
    house.now = NOW + timedelta(minutes=1)
    ended = does(house, Move("withdrawn", {"reason": "they came to the branch"}))

    house.now = NOW + timedelta(minutes=2)
    house.press(3, "1")
    record(house, 4)

    row = stored(house)
    assert (row.status, row.ended_at) == ("withdrawn", ended.ended_at)
    assert (row.partial, row.facts) == (False, '{"product":"card"}')


@pytest.fixture
def questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A hotline whose intake is told again and again whether the answer was enough: 1 yes, 2 no."""
    monkeypatch.setattr(House, "made", b"")
    monkeypatch.setattr(small_hotline, "COMPLAINT", QUESTION)
    for name, before, after in (
        ("HOTLINE", "{complaint: {clock: cn-2020}}", "{inquiry: {clock: three-workdays}}"),
        ("MAIN", "label: {en-US: a complaint}, words: {en-US: [complaint]}", "label: {en-US: questions}"),
    ):
        monkeypatch.setattr(small_hotline, name, getattr(small_hotline, name).replace(before, after))
    made = House(tmp_path)
    yield made
    made.close()


def test_an_answer_after_the_case_was_taken_leaves_it_in_progress(questions: House) -> None:
    begun(questions)
    does(questions, Move("taken"), kind="inquiry")

    questions.press(3, "1")
    answered = stored(questions, "inquiry")
    questions.press(4, "2")

    assert (answered.status, answered.owner, answered.partial, answered.ended_at) == ("in_progress", "li", False, None)
    assert stored(questions, "inquiry").status == "in_progress"


@pytest.mark.parametrize(("keys", "status"), [("1", "closed"), ("2", "open"), ("12", "open"), ("21", "open")])
def test_a_call_alone_closes_its_question_and_opens_it_again(questions: House, keys: str, status: str) -> None:
    begun(questions)

    for turn, key in enumerate(keys, 3):
        questions.press(turn, key)

    row = stored(questions, "inquiry")
    assert row.status == status
    assert (row.ended_at is None) == (status == "open")


def test_a_question_answered_on_the_phone_cannot_be_taken(questions: House) -> None:
    begun(questions)
    questions.press(3, "1")

    done = keep_move(questions.hotline.ports, case_number(1, "inquiry"), Move("taken"), LI)

    assert isinstance(done, Refused) and str(done) == "taken is not possible while the case is closed."


def test_who_is_faster_than_a_turn_is_not_overtaken_by_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(house)
    between(house, monkeypatch, lambda: does(house, Move("taken")))

    house.press(3, "1")

    row = stored(house)
    assert (row.status, row.owner, row.facts, row.version) == ("in_progress", "li", '{"product":"card"}', 3)


def test_a_turn_that_is_faster_than_staff_is_not_overtaken_by_them(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(house)
    between(house, monkeypatch, lambda: house.press(3, "1"))

    does(house, Move("taken"))

    row = stored(house)
    assert (row.status, row.owner, row.facts, row.version) == ("in_progress", "li", '{"product":"card"}', 3)


def between(house: House, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something after the next transaction has read a case and before it writes."""
    kind = type(house.store)
    begin = kind.transaction

    def once(self):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(kind, "transaction", begin)
        made = begin(self)
        return _Interrupted(made, act)

    monkeypatch.setattr(kind, "transaction", once)


class _Interrupted:
    """A transaction during whose last moment before writing somebody else commits."""

    def __init__(self, inner, act) -> None:  # type: ignore[no-untyped-def]
        self._inner, self._act = inner, act

    def __enter__(self):  # type: ignore[no-untyped-def]
        return self._inner.__enter__()

    def __exit__(self, *failed):  # type: ignore[no-untyped-def]
        self._act()
        return self._inner.__exit__(*failed)
