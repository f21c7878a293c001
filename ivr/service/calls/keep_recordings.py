"""What the provider reports of a recording, before or after the turn that made it: each field keeps what is known."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from ivr.case.case import given
from ivr.errors import NoSuch
from ivr.service.cases.case_rows import case_of, case_row, event_row
from ivr.service.cases.first_analysis import Beside, analysed
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
        if call is None or call.erased_at:
            return
        tx.put_recording(row)
        if news.transcript and call.release:
            _read_again(ports, tx, call.release, news)

    retried(ports.store, keep)


def _read_again(ports: Ports, tx: Transaction, release: str, news: RecordingNews) -> None:
    """Analyse the cases anew whose story was only heard so far. Without its release a call has no rules any more."""
    with suppress(NoSuch):
        rules = ports.release(release)
        for row in tx.cases(news.call):
            case = case_of(row)
            if given(case).get("story") != news.recording and not case.partial:
                continue
            if found := analysed(tx, rules, case, Beside(ports.clock(), heard=news.transcript or "")):
                after = case_row(row.number, found[0])
                tx.put_case(after._replace(version=row.version), [event_row(row.number, found[1])])
