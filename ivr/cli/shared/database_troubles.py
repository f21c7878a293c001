"""What `ivr db check` says beside the schema: whether a turn can be written, and of the work that needs no call."""

from __future__ import annotations

from contextlib import closing

from ivr.app.wiring import system_clock
from ivr.config import Settings
from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.service.rows import DeadPiece
from ivr.storage.opening import open_store


def why_unwritable(settings: Settings) -> str | None:
    """Why what a turn writes cannot be written; None where it can."""
    with closing(open_store(settings, system_clock)) as store:
        try:
            store.check_writable()
        except StoreUnavailable as failed:
            return failed.message
    return None


def work_troubles(settings: Settings) -> list[Message]:
    """What is wrong with the work that needs no call, a line each."""
    with closing(open_store(settings, system_clock)) as store:
        dead = [_told(piece) for piece in store.dead_work()]
        return dead + [Message("db-command.work-late", kind=kind) for kind in store.overdue_work()]


def _told(piece: DeadPiece) -> Message:
    about = f"{piece.kind} {piece.ref}".strip()
    if piece.given_up:
        tried = {"tries": piece.tries, "why": (piece.trouble or "").rstrip(".")}
        return Message("db-command.work-given-up", id=piece.id, about=about, **tried)
    return Message("db-command.work-unsettled", id=piece.id, about=about)
