"""Whether calls can be taken: it does what a turn does, at most once a second, and never holds up who asks for long."""

from __future__ import annotations

import logging
import threading
import time
from typing import NamedTuple

from ivr.app.wiring import Hotline
from ivr.errors import NoSuch, StoreUnavailable

log = logging.getLogger("ivr.readiness")
FRESH_SECONDS = 1.0
"""Once calls could be taken, nothing is looked at again for so long."""
PATIENCE = 0.05
"""How long somebody who asks waits for a check that goes on; then the last one counts."""
FIRST_PATIENCE = 5.0
TOO_LONG = 2.0
"""A check that takes longer is a database that does not answer."""
REPEAT_SECONDS = 60.0
"""How often a reason of the same code is logged again while it lasts."""


class Verdict(NamedTuple):
    """`code` is for everybody and empty where calls can be taken; `reason` is for those who run the hotline."""

    code: str
    reason: str

    @property
    def line(self) -> str:
        """What everybody may know."""
        return f"not ready: {self.code}" if self.code else "ready"


READY = Verdict("", "")
NOT_CHECKED = Verdict("starting", "nothing is known yet")


class Readiness:
    """The readiness of one process."""

    def __init__(self, hotline: Hotline) -> None:
        self._ports = hotline.ports
        self._lock = threading.Lock()
        self._check: threading.Thread | None = None
        self._began = self._ready_at = self._logged = float("-inf")
        self._last, self._said = NOT_CHECKED, READY

    def verdict(self, patience: float | None = None) -> Verdict:
        """What the last check found, after a new one where that is not fresh: waited for as long as the patience."""
        with self._lock:
            if time.monotonic() - self._ready_at < FRESH_SECONDS:
                return READY
            check = self._check
            if check is None or not check.is_alive():
                check = self._check = threading.Thread(target=self._run, daemon=True, name="readiness")
                self._began = time.monotonic()
                check.start()
            began = self._began
        usual = FIRST_PATIENCE if self._last is NOT_CHECKED else PATIENCE
        check.join(usual if patience is None else patience)
        waited = time.monotonic() - began
        if check.is_alive() and waited > TOO_LONG:
            return self._told(Verdict("database", f"the database has not answered for {waited:.0f} s"))
        return self._last

    def _run(self) -> None:
        try:
            found = self._found()
        finally:
            self._ports.store.close()  # this thread ends, and its connection would stay
        self._last = self._told(found)

    def _found(self) -> Verdict:
        store = self._ports.store
        try:
            name = store.current_release()
            if name is None:
                return Verdict("no_release", "no release is live")
            if (unusable := self._unusable(name)) is not None:
                return Verdict("release", unusable)
            store.check_writable()
        except StoreUnavailable as failed:
            return Verdict("database", str(failed))
        except Exception as failed:
            log.exception("readiness could not be checked")
            return Verdict("internal", type(failed).__name__)
        self._ready_at = time.monotonic()
        return READY

    def _unusable(self, name: str) -> str | None:
        try:
            self._ports.release(name)
        except (NoSuch, StoreUnavailable) as failed:
            return str(failed)
        return None

    def _told(self, found: Verdict) -> Verdict:
        """Log a reason when its code is new, and now and then while that lasts: its words may count seconds."""
        again = time.monotonic() - self._logged >= REPEAT_SECONDS
        if found.code and (found.code != self._said.code or again):
            log.error("not ready (%s): %s", found.code, found.reason)
            self._logged = time.monotonic()
        elif not found.code and self._said.code:
            log.warning("ready again")
        self._said = found
        return found
