"""What the audit is shown of the database, and one call as both sides tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ivr.call.inputs import Start
from ivr.call.state import State
from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.ledger import acknowledged
from ivr.carrier.phone_call import PhoneCall
from ivr.engine.turn import Turn, begin
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.service.calls.replay_call import decode_stored, replay_call
from ivr.service.ports import Ports
from ivr.service.rows import CaseEventRow, CaseRow
from ivr.service.stored_rows import CallOnRecord, CaseOnRecord, TurnOnRecord
from ivr.simulate.audit.sensitive import at_sensitive

_HOLD = re.compile(rb"<Redirect>[^<]*/voice/t/\d+/again\?held=")


class AuditRecords(Protocol):
    """Rows as they lie in the database."""

    def call(self, call: str) -> CallOnRecord | None: ...

    def turns(self, call: str) -> Sequence[TurnOnRecord]: ...

    def of_call(self, call: str) -> Sequence[CaseOnRecord]: ...

    def events(self, number: int) -> Sequence[CaseEventRow]: ...

    def texts(self) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class AuditedCall:
    """One call: the requests acknowledged to the caller, the rows, and the turns replayed from the rows' inputs.

    `before` holds the state before each of these turns; `release` is None where nothing could be replayed.
    """

    sent: Sequence[DeliveredRequest]
    row: CallOnRecord | None
    rows: Sequence[TurnOnRecord]
    cases: Sequence[CaseRow]
    release: Release | None
    taken: Sequence[Turn]
    before: Sequence[State]

    def sensitive(self, turn: int) -> bool:
        """Whether what was entered at this turn (from 0) answered a sensitive question."""
        return self.release is not None and turn < len(self.before) and at_sensitive(self.release, self.before[turn])


def audited(phone: PhoneCall, records: AuditRecords, ports: Ports) -> AuditedCall:
    """A call that is over, from the ledger and from the database."""
    row, rows = records.call(phone.call), records.turns(phone.call)
    cases = [found.row for found in records.of_call(phone.call)]
    release: Release | None = None
    taken: list[Turn] = []
    before: list[State] = []
    try:
        release, turns = replay_call(ports, phone.call)
        taken = list(turns)
    except NoSuch:
        pass
    if release is not None and row is not None and taken:
        first = decode_stored(rows[0].input).input if rows else None
        language = first.language if isinstance(first, Start) else ""
        before = [begin(release, row.entry or "", language), *(turn.state for turn in taken[:-1])]
    idle = ports.apology(phone.called).encode()
    sent = [e for e in acknowledged(phone.delivery.exchanges) if e.reply and not _keeps_waiting(e.reply.body, idle)]
    return AuditedCall(sent, row, rows, cases, release, taken, before)


def _keeps_waiting(document: bytes, apology: bytes) -> bool:
    """A hold document or the apology: neither acknowledges what the caller did."""
    return document == apology or _HOLD.search(document) is not None
