"""A worker that dials until it is killed, on a clock that runs faster than the machine's and alike in all processes."""

from __future__ import annotations

import multiprocessing
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from calls import TOKEN

from ivr.app.dialler import SandboxDialler
from ivr.app.working import worker_of
from ivr.config import Settings

RESTS_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class FastClock:
    """Began at `began` by the clock of the machine that no process changes; `speed` seconds pass in one."""

    began: float
    at: datetime
    speed: float

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=(time.monotonic() - self.began) * self.speed)


@dataclass(frozen=True, slots=True)
class Place:
    """What a process needs to know: the database, its flows, the port of the exchange, the time."""

    url: str
    flows: Path
    port: int
    clock: FastClock

    def settings(self) -> Settings:
        """The settings of a process there."""
        return Settings(
            database_url=self.url, flows=str(self.flows), public_url="http://127.0.0.1:8000", sqlite_sync="NORMAL",
            tokens=(TOKEN,), exchange_port=self.port,
        )  # fmt: skip


def dial_for_ever(place: Place) -> None:
    """Do what a worker does, without its rests of a second."""
    complain: Any = print
    worker = worker_of(place.settings(), complain, place.clock, SandboxDialler(place.port))
    house = multiprocessing.parent_process()
    while house is None or house.is_alive():  # nobody is left behind where the house itself is killed
        if not worker.all_due():
            time.sleep(RESTS_SECONDS)
