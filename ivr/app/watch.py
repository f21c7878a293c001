"""Drafts served as they are saved, to the new calls of a sandbox; what is live is never touched."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from ivr.app.database import opened
from ivr.app.preparing import prepare_database_for_flows, store_draft
from ivr.config import Settings
from ivr.errors import FlowInvalid, IvrError, StoreUnavailable
from ivr.flow.release import read_files
from ivr.messages.message import Message
from ivr.service.releases.release_ports import short
from ivr.source.folder import Stamp, stamp_of

log = logging.getLogger("ivr.watch")
LOOK_SECONDS = 0.5
"""A change is taken at the second look that finds it alike, so about a second after the last file was saved."""


class Watch:
    """Looks at the folder with flows. `say` is told of a new draft, `complain` of what is wrong with one."""

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime], say: Callable[[str], None],
        complain: Callable[[str], None],
    ) -> None:  # fmt: skip
        self._settings, self._clock, self._say, self._complain = settings, clock, say, complain
        self._taken: Stamp | None = None
        self._noticed: Stamp | None = None
        self._serving, self._trouble = "", ""

    def start(self) -> None:
        """Serve the files on disk; where they have errors, the last draft, or else what is live.

        `FlowInvalid` or `SettingInvalid` where there is none of these.
        """
        prepare_database_for_flows(self._settings)
        with opened(self._settings) as database:
            last = database.releases.served_draft() or database.releases.live()
            body = database.releases.body(last) if last else None
        self._taken = stamp_of(self._settings.flows)
        try:
            self._serving = self._store()
        except IvrError as failed:
            if last is None or body is None:
                raise
            with opened(self._settings) as database:
                database.releases.put_draft(last, body, self._clock(), serve=True)
            self._serving = last
            self._report(failed)
        else:
            self._say(Message("app.watch.started", release=short(self._serving), flows=self._settings.flows))

    def for_ever(self) -> None:
        """Look until the process ends, whatever comes: a watch that died would look like one that sees no change."""
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                self.look()
            except Exception:
                log.exception("a save could not be taken; the next one is looked at all the same")

    def look(self) -> None:
        """Take what has changed since the last time, once it has stood still for one look: editors save in steps."""
        seen = stamp_of(self._settings.flows)
        if seen == self._taken:
            self._noticed = None
        elif seen != self._noticed:
            self._noticed = seen
        else:
            self._taken, self._noticed = seen, None
            self._take()

    def _take(self) -> None:
        try:
            name = self._store()
        except IvrError as failed:
            self._report(failed)
            if isinstance(failed, StoreUnavailable):
                self._taken = None  # nothing is wrong with the files: try again
            return
        if name != self._serving or self._trouble:
            self._say(Message("app.watch.serves", release=short(name)))
        self._serving, self._trouble = name, ""

    def _store(self) -> str:
        return store_draft(self._settings, read_files(self._settings.flows), self._clock(), serve=True)

    def _report(self, failed: IvrError) -> None:
        """What is wrong, once: a file saved again with the same mistake says nothing new."""
        if str(failed) == self._trouble:
            return
        self._trouble = str(failed)
        serving = short(self._serving)
        if isinstance(failed, FlowInvalid):
            for finding in failed.findings:
                self._complain(finding.sentence())
            self._complain(Message("app.watch.errors", release=serving))
        else:
            self._complain(failed.message)
            self._complain(Message("app.watch.not-taken", release=serving))
