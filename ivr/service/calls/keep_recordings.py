"""What the provider reports of a recording, before or after the turn that made it: each field keeps what is known."""

from __future__ import annotations

from dataclasses import dataclass

from ivr.service.ports import Ports, Transaction
from ivr.service.retried import retried
from ivr.service.rows import RecordingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingNews:
    """A recording's row in parts; None for what this webhook does not report. `turn` is the one its URL names."""

    recording: str
    call: str
    turn: int
    url: str | None = None
    seconds: int | None = None
    status: str | None = None
    transcript: str | None = None


def keep_recording(ports: Ports, news: RecordingNews) -> None:
    """Keep it. `completed` and `absent` stay, whatever comes later; the call's state is never touched.

    Of a call that was erased nothing is kept any more, and of one that is not on record nothing at all.
    """
    status = news.status if news.status in ("completed", "absent") else None
    row = RecordingRow(news.recording, news.call, news.turn, news.url, news.seconds, status, news.transcript)

    def keep(tx: Transaction) -> None:
        call = tx.call(news.call)
        if call is not None and not call.erased_at:
            tx.put_recording(row)

    retried(ports.store, keep)
