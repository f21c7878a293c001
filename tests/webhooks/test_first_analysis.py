"""The first analysis through real webhooks: at intake by what was keyed, and again when a recording is transcribed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_hotline
from small_hotline import CALL, CALLER, House

TRIAGE = """\
triage:
  court: {says: [court], urgency: high, risk: 40, next_step: a lead reads it}
  cards: {when: {product: card}, category: cards}
  repeat: {when: {caller.open_cases: {at_least: 1}}, risk: 15}
"""
SAID = (("RecordingSid", "RE" + "7" * 32), ("RecordingDuration", "9"), ("RecordingUrl", "https://x.example/RE7"))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(small_hotline, "HOTLINE", small_hotline.HOTLINE + TRIAGE)
    monkeypatch.setattr(House, "made", b"")
    made = House(tmp_path)
    yield made
    made.store.close()


def proposals(house: House) -> list[dict[str, str]]:
    """What each `triaged` event of the only case proposes, in order."""
    found = house.rows("SELECT facts FROM case_events WHERE kind = 'triaged' ORDER BY seq")
    return [json.loads(row[0]) for row in found]


def complaint(house: House, call: str = CALL) -> None:
    house.voice("/voice", call=call)
    house.press(2, "1", call=call)
    house.press(3, "1", call=call)
    house.voice("/voice/t/4", *SAID, ("Digits", "#"), call=call)


def test_what_was_keyed_is_analysed_at_once_and_what_was_said_when_it_is_known(house: House) -> None:
    complaint(house)
    assert proposals(house) == [{"category": "cards", "marks": "cards: product=card"}]
    heard = [("CallSid", CALL), ("RecordingSid", "RE" + "7" * 32), ("TranscriptionText", "I will see you in court")]
    for _ in range(2):
        assert house.send("/voice/transcript/4", heard).status == 204
    assert proposals(house)[1:] == [
        {
            "category": "cards", "risk": "40", "urgency": "high", "next_step": "a lead reads it",
            "marks": "court: court; cards: product=card",
        }
    ], "and once, however often the provider says it"  # fmt: skip


def test_the_second_case_of_a_caller_is_marked_by_the_first_and_the_first_by_none(house: House) -> None:
    complaint(house)
    complaint(house, "CA" + "6" * 32)
    last = "SELECT facts FROM case_events WHERE kind = 'triaged'"
    marks = [json.loads(row[0])["marks"] for row in house.rows(last)]
    repeat = "repeat: caller.open_cases=1"
    assert sorted(marks) == ["cards: product=card", f"cards: product=card; {repeat}", repeat]
    assert house.rows("SELECT DISTINCT customer FROM cases") == [(CALLER,)]


def test_a_mark_never_holds_the_caller_s_number(house: House) -> None:
    complaint(house)
    assert CALLER[1:] not in json.dumps(proposals(house))
