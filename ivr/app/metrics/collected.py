"""What one scrape tells: what the processes have counted, and the database as it is now. It fails at nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from ivr.app.metrics.places import Places, can_be_read
from ivr.app.readiness import Readiness
from ivr.errors import IvrError
from ivr.service.outgoing.outgoing_rows import LIVE
from ivr.storage.figures import FigureRows, Figures

log = logging.getLogger("ivr.metrics")
PATIENCE = 3.0
"""A scrape waits so long for readiness, and as long for the figures; Prometheus itself gives up after ten seconds."""
STATES = ("alive", "due", "overdue", "claimed")


class Counted:
    """What all processes of this machine have counted, those that are gone too."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._places = folder, Places(folder)

    def collect(self) -> Iterator[Any]:
        """The library's figures, and how many processes count."""
        files = sorted(map(str, self._folder.glob("*.db")))
        try:
            found: Iterable[Any] = MultiProcessCollector.merge(files)  # type: ignore[no-untyped-call]
        except Exception:
            readable = [file for file in files if can_be_read(Path(file))]
            found = MultiProcessCollector.merge(readable)  # type: ignore[no-untyped-call]
        yield from found
        yield GaugeMetricFamily("ivr_workers", "Processes that answer calls on this machine.", self._places.taken())


class OfDatabase:
    """The database, read by a thread that may be left behind: a scrape does not wait for one that does not answer."""

    def __init__(self, rows: FigureRows) -> None:
        self._rows = rows
        self._reading: threading.Thread | None = None
        self._found: Figures | None = None

    def collect(self) -> Iterator[Any]:
        """Figures of the database; where it is away, only that it is."""
        found = self._read()
        yield GaugeMetricFamily(
            "ivr_database_up", "Whether the database could be read for this scrape.", int(found is not None)
        )
        if found is not None:
            yield from _calls(found)
            yield from _work(found)
            yield from _outgoing(found)
            yield _releases(found)

    def _read(self) -> Figures | None:
        if self._reading is None or not self._reading.is_alive():
            self._found = None
            self._reading = threading.Thread(target=self._take, daemon=True, name="figures")
            self._reading.start()
            self._reading.join(PATIENCE)
            return None if self._reading.is_alive() else self._found
        return None

    def _take(self) -> None:
        try:
            self._found = self._rows.read()
        except IvrError as failed:
            log.warning("the database could not be read for metrics: %s", failed)
        except Exception:
            log.exception("the database could not be read for metrics")


class OfReadiness:
    """Whether calls can be taken."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def collect(self) -> Iterator[Any]:
        """1 or 0."""
        ready = not self._readiness.verdict(PATIENCE).code
        yield GaugeMetricFamily("ivr_ready", "Whether calls can be taken: what /readyz says.", int(ready))


def _calls(found: Figures) -> Iterator[Any]:
    yield GaugeMetricFamily("ivr_calls_open", "Real calls that go on.", found.calls_open)
    overdue = "Real calls whose next webhook is overdue, and that no sweep has ended yet."
    yield GaugeMetricFamily("ivr_calls_overdue", overdue, found.calls_overdue)


def _work(found: Figures) -> Iterator[Any]:
    pieces = GaugeMetricFamily(
        "ivr_work_pieces", "Work that waits or goes on, by kind and state.", labels=("kind", "state")
    )
    for kind in found.work:
        for state in STATES:
            pieces.add_metric((kind.kind, state), getattr(kind, state))
    yield pieces
    yield GaugeMetricFamily("ivr_work_dead", "Pieces of work that were given up.", found.dead)


def _outgoing(found: Figures) -> Iterator[Any]:
    yield GaugeMetricFamily("ivr_follow_ups_due", "Customers to be phoned by now.", found.follow_ups_due)
    said = "Attempts to phone customers that are under way; one is `intended` until it is known that it was placed."
    live = GaugeMetricFamily("ivr_attempts", said, labels=("state",))
    for state in LIVE:
        live.add_metric((state,), dict(found.attempts).get(state, 0))
    yield live


def _releases(found: Figures) -> Any:
    served = GaugeMetricFamily(
        "ivr_release_info", "The releases that are served, by what as.", labels=("name", "release")
    )
    for name, release in found.releases:
        served.add_metric((name, release[:12]), 1)
    return served
