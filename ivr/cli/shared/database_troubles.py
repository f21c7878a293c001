"""What `ivr db check` says beside the schema: whether a turn can be written, and of the work that needs no call."""

from __future__ import annotations

from contextlib import closing

from ivr.app.wiring import system_clock
from ivr.config import Settings
from ivr.errors import StoreUnavailable
from ivr.service.rows import DeadPiece
from ivr.storage.opening import open_store


def why_unwritable(settings: Settings) -> str:
    """Why what a turn writes cannot be written; empty where it can."""
    with closing(open_store(settings, system_clock)) as store:
        try:
            store.check_writable()
        except StoreUnavailable as failed:
            return str(failed)
    return ""


def work_troubles(settings: Settings) -> list[str]:
    """What is wrong with the work that needs no call, a line each."""
    with closing(open_store(settings, system_clock)) as store:
        late = "has been due for a quarter of an hour and nobody does it: is there a worker that knows it?"
        return [_told(piece) for piece in store.dead_work()] + [f"work {kind} {late}" for kind in store.overdue_work()]


def _told(piece: DeadPiece) -> str:
    about = f"{piece.kind} {piece.ref}".strip()
    tries = f"{piece.tries} {'try' if piece.tries == 1 else 'tries'}"
    if piece.given_up:
        return (
            f"work {piece.id} ({about}) was given up after {tries}: {piece.trouble}; `ivr worker --retry {piece.id}`."
        )
    return f"work {piece.id} ({about}) was begun and never ended; find out what became of it."
