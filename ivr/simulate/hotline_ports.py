"""What the simulator needs of a hotline and of its database, as it sees them; the commands compose both."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, Protocol

from ivr.carrier.phone_call import PhoneCall
from ivr.flow.model import Release
from ivr.service.ports import Ports
from ivr.simulate.audit.audited_call import AuditRecords


class SimulatedHotline(Protocol):
    """A hotline that takes one call after another. `now` is its clock, which whoever leads the calls may set."""

    now: Callable[[], datetime]

    @property
    def ports(self) -> Ports: ...

    def phone(
        self, *, caller: str, called: str, call: str = "", at: Callable[[int], datetime] | None = None,
    ) -> PhoneCall:  # fmt: skip
        """A telephone for the next call. `at` is the time when so many turns have been begun; None: `now` as it is."""


class HotlineOnRecord(NamedTuple):
    """A hotline, and what is stored of the calls made on it."""

    hotline: SimulatedHotline
    records: AuditRecords


class FuzzHotlines(Protocol):
    """Hotlines of one draft, each on a fresh database. It goes to other processes, so it can be pickled."""

    def release(self) -> Release:
        """The draft, compiled."""

    def opened(self, release: Release, name: str) -> AbstractContextManager[HotlineOnRecord]:
        """A hotline on a database of this name, which is removed at the end."""


class SandboxRecords(Protocol):
    """What a running sandbox has stored. It goes to other processes, so it can be pickled."""

    def opened(self) -> AbstractContextManager[tuple[AuditRecords, Ports] | None]:
        """The records and the ports that read them; None where its database is not on this machine."""
