"""The worker's loop goes on whatever comes: one that died would look like one with nothing to do."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from ivr.app import working
from ivr.app.working import work_for_ever
from ivr.errors import StoreUnavailable


class Stumbling:
    """A worker that meets an error of each sort, then ends the loop."""

    def __init__(self, stop: threading.Event) -> None:
        self.left: list[Exception] = [StoreUnavailable("the database is away"), ZeroDivisionError(), UnicodeError()]
        self._stop, self.looks = stop, 0

    def keep_repeated(self) -> None:
        """Nothing is repeated."""

    def all_due(self, go_on: Callable[[], bool]) -> int:
        assert go_on()
        self.looks += 1
        if self.left:
            raise self.left.pop(0)
        self._stop.set()
        return 1


def test_no_error_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "IDLE_SECONDS", 0.001)
    stop, told = threading.Event(), list[str]()
    worker = Stumbling(stop)
    work_for_ever(worker, told.append, stop)  # type: ignore[arg-type]
    assert worker.looks == 4 and told == ["ivr: the database is away"]


def test_a_worker_that_is_told_to_end_says_so_between_two_pieces_and_is_well_until_then() -> None:
    stop, said = threading.Event(), list[str]()

    class Busy(Stumbling):
        def all_due(self, go_on: Callable[[], bool]) -> int:
            assert go_on()
            stop.set()
            assert not go_on()
            return 1

    work_for_ever(Busy(stop), said.append, stop, lambda: said.append("well"))  # type: ignore[arg-type]

    assert said == ["well", "well"]
