"""Begin to count in this process, where metrics are wanted."""

from __future__ import annotations

import logging
import os
from functools import cache

from ivr.app.metrics.counting import Counting, NoCounting, PrometheusCounting
from ivr.app.metrics.places import VARIABLE, NoPlace, Places, folder_of
from ivr.config import Settings

log = logging.getLogger("ivr.metrics")


def counting_of(settings: Settings) -> Counting:
    """What counts in this process; it takes its place the first time. Where it gets none, calls are answered all the
    same and a line in the log says so."""
    return _counting(settings.metrics_port) if settings.metrics_port else NoCounting()


def counting_here() -> Counting:
    """What counts in this process, if it has begun to."""
    return _here[-1] if _here else NoCounting()


_here: list[Counting] = []


@cache
def _counting(port: int) -> Counting:
    try:
        folder = folder_of(port)
        places = Places(folder)
        places.mine()
        from prometheus_client import values

        os.environ[VARIABLE] = str(folder)  # the library finds its files by it
        values.ValueClass = values.MultiProcessValue(places.mine)  # type: ignore[no-untyped-call]
        _here.append(PrometheusCounting())
        return _here[-1]
    except (NoPlace, OSError) as failed:
        log.warning("this process counts nothing for metrics: %s", failed)
        return NoCounting()
