"""The judge of lives sees what would be wrong: each rule is broken once, in what the exchange or the log says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from life_house import LifeHouse
from life_judge import judge
from life_stories import stories
from lives import play

from ivr.storage.schema import upgrade

REFUSED = next(story for story in stories() if story.title == "refused and reopened")
Break = Callable[[LifeHouse, dict[str, Any]], object]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LifeHouse]:
    folder = tmp_path_factory.mktemp("life")
    upgrade(url := f"sqlite:///{folder / 'ivr.db'}")
    made = LifeHouse(url, folder, timedelta(hours=3))
    assert play(made, REFUSED, "+862155550001") == []
    yield made
    made.close()


def _result(report: dict[str, Any]) -> dict[str, Any]:
    return next(event["data"] for event in report["events"] if event["kind"] == "attempted")


BREAKS: dict[str, tuple[Break, str]] = {
    "at night": (lambda house, _: _earlier(house, hours=3), "was phoned on"),
    "on a Sunday": (lambda house, _: _earlier(house, days=2), "was phoned on"),
    "a call too many": (lambda house, _: house.dialogues.append(house.dialogues[0]), "attempts, and calls for them"),
    "no result on the log": (lambda _, report: _result(report).update(result="later"), "on the log of the case stands"),
    "the old date": (lambda _, report: _result(report).update(due="2026-03-03"), "after the no it is due"),
    "another date than was spoken": (lambda _, report: _result(report).update(due="2026-03-29"), "was not spoken"),
    "nobody's": (lambda _, report: report.update(owner=None), "nobody's"),
    "closed by nobody's word": (lambda _, report: report.update(status="closed"), "accepted nothing"),
    "a silent end": (lambda house, _: house.dialogues[0].said.append("One moment."), "a call ends with"),
}


def _earlier(house: LifeHouse, **time: float) -> None:
    placed = house.dialogues[0].placed
    assert placed.rang is not None
    placed.rang -= timedelta(**time)


@pytest.mark.parametrize("name", BREAKS)
def test_the_judge_sees(name: str, house: LifeHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    (case,) = _cases(house)
    report = house.report(case)
    kept, rang = list(house.dialogues), house.dialogues[0].placed.rang
    said = list(house.dialogues[0].said)
    monkeypatch.setattr(house, "report", lambda number: report)
    break_it, sentence = BREAKS[name]
    break_it(house, report)
    try:
        found = list(judge(house, REFUSED, [case], house.dialogues))
    finally:
        house.dialogues[:], house.dialogues[0].placed.rang, house.dialogues[0].said[:] = kept, rang, said
    assert any(sentence in each for each in found), found


def _cases(house: LifeHouse) -> list[int]:
    with house.hotline.ports.store.transaction() as tx:
        call = tx.call(house.dialogues[0].placed.sid)
        attempt = tx.attempt(call.attempt) if call and call.attempt else None
    assert attempt is not None
    assert attempt[1].number is not None
    return [attempt[1].number]
