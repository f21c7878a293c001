"""Releases compiled before a caller needs them: compiling takes longer than a caller should wait."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterable

from ivr.app.wiring import Hotline
from ivr.errors import IvrError
from ivr.flow.model import Release
from ivr.storage.bulk import engine
from ivr.storage.release_rows import ReleaseRows

log = logging.getLogger("ivr.warming")
LOOK_SECONDS = 1.0
"""How often a process looks for releases. One is staged three times as long before it goes live."""
SWITCH_SECONDS = 0.0005
"""How long Python lets a compilation go on when a turn wants to: a turn asks several times, and waits each time."""


class Warming:
    """Compiles the releases of a hotline in one process, each once."""

    def __init__(self, hotline: Hotline) -> None:
        self._rows = ReleaseRows(engine(hotline.settings.database_url, keep=True))
        self._compiled: Callable[[str], Release] = hotline.ports.release
        self._close = hotline.ports.store.close
        self._done: set[str] = set()
        self._trouble = ""
        self.stop = threading.Event()

    def begin(self) -> None:
        """Compile what calls can need at once: what new ones get, and what those in progress began with."""
        self._take(lambda: [*self._rows.served().values(), *self._rows.in_progress()])

    def look(self) -> None:
        """Compile what new calls get, or will get in a moment, unless it was compiled before."""
        self._take(lambda: self._rows.served().values())

    def for_ever(self) -> None:
        """Look until told to stop, whatever comes."""
        while not self.stop.wait(LOOK_SECONDS):
            try:
                self.look()
            except Exception:
                log.exception("no release could be compiled in advance; it is compiled in the first call that needs it")

    def _take(self, names: Callable[[], Iterable[str]]) -> None:
        try:
            wanted = set(names()) - self._done
        except IvrError as failed:
            self._report(str(failed))
            return
        self._trouble = ""
        for name in wanted:
            self._done.add(name)
            try:
                self._compiled(name)
            except IvrError as failed:
                self._report(str(failed))
        if wanted:
            self._close()  # this thread answers no calls: it needs its connection for each release once

    def _report(self, trouble: str) -> None:
        """Say it once: a database that is away is away each second."""
        if trouble != self._trouble:
            log.warning("releases cannot be compiled in advance: %s", trouble)
        self._trouble = trouble


def keep_warm(hotline: Hotline) -> Warming:
    """Compile what calls can need, then go on looking in the background. For a process that is about to answer calls;
    it fails at nothing, since a release that was not compiled here is compiled in the call."""
    warming = Warming(hotline)
    warming.begin()
    sys.setswitchinterval(SWITCH_SECONDS)
    threading.Thread(target=warming.for_ever, daemon=True, name="warming").start()
    return warming
