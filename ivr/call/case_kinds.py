"""The kinds of case: one row each, in the order that is part of every case number.

A new kind is a name in `CaseKind` and a row, both at the end: a row is never moved or removed, for the numbers that
callers were given depend on its place.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

CaseKind = Literal["inquiry", "complaint", "feedback", "callback"]


class CaseKindRow(NamedTuple):
    """What differs between kinds. `singular` and `plural` are for sentences. A kind that is not `owed` an answer needs
    no work and is closed from the start; one that is a `promised_call` promises that a person phones the caller."""

    kind: CaseKind
    singular: str
    plural: str
    owed: bool = True
    promised_call: bool = False


ROWS = (
    CaseKindRow("inquiry", "inquiry", "inquiries"),
    CaseKindRow("complaint", "complaint", "complaints"),
    CaseKindRow("feedback", "feedback case", "feedback cases", owed=False),
    CaseKindRow("callback", "callback", "callbacks", promised_call=True),
)
CASE_KINDS: tuple[CaseKind, ...] = tuple(row.kind for row in ROWS)
SINGULARS = {str(row.kind): row.singular for row in ROWS}
PLURALS = {str(row.kind): row.plural for row in ROWS}
NOT_OWED = frozenset(row.kind for row in ROWS if not row.owed)
PROMISED_CALLS = frozenset(row.kind for row in ROWS if row.promised_call)
