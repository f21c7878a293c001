"""The worker's loop goes on whatever comes: one that died would look like one with nothing to do."""

from __future__ import annotations

import threading

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

    def all_due(self) -> int:
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
