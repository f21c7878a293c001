"""Where a page of cases begins, as a word that only we read."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

import msgspec

from ivr.service.rows import CaseRow, stamp

BY_DUE, BY_RECEIPT = "d", "o"
_LARGEST = 2**63 - 1
_decode = msgspec.json.Decoder(tuple[str, str, int]).decode
Place = tuple[str, int]


def cursor_behind(row: CaseRow, *, by_due: bool) -> str:
    """The cursor of the page that begins behind this case."""
    moment = row.due_at if by_due else row.opened_at
    return _written(BY_DUE if by_due else BY_RECEIPT, moment or "", row.number)


def place_of(cursor: str, *, by_due: bool) -> Place | None:
    """The place a cursor means; None where it is none of ours, or of a list in the other order."""
    try:
        order, moment, number = _decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        whole = stamp(datetime.fromisoformat(moment)) == moment
    except (binascii.Error, msgspec.DecodeError, ValueError, OverflowError):
        return None
    fits = order == (BY_DUE if by_due else BY_RECEIPT) and 0 < number <= _LARGEST
    return (moment, number) if whole and fits and _written(order, moment, number) == cursor else None


def _written(order: str, moment: str, number: int) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode((order, moment, number))).decode().rstrip("=")
