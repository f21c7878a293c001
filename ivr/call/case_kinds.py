"""The kinds of case: one row each, in the order that is part of every case number.

A new kind is a name in `CaseKind` and a row, both at the end: a row is never moved or removed, for the numbers that
callers were given depend on its place.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

CaseKind = Literal["inquiry", "complaint", "feedback", "callback"]


class CaseKindRow(NamedTuple):
    """What differs between kinds. `counted` is the code of "3 inquiries" in the catalogue. A kind that is not `owed` an
    answer needs no work and is closed from the start; one that is a `promised_call` promises that a person phones the
    caller."""

    kind: CaseKind
    counted: str
    owed: bool = True
    promised_call: bool = False


ROWS = (
    CaseKindRow("inquiry", "impact.counted.inquiry"),
    CaseKindRow("complaint", "impact.counted.complaint"),
    CaseKindRow("feedback", "impact.counted.feedback", owed=False),
    CaseKindRow("callback", "impact.counted.callback", promised_call=True),
)
CASE_KINDS: tuple[CaseKind, ...] = tuple(row.kind for row in ROWS)
COUNTED = {str(row.kind): row.counted for row in ROWS}
NOT_OWED = frozenset(row.kind for row in ROWS if not row.owed)
PROMISED_CALLS = frozenset(row.kind for row in ROWS if row.promised_call)
