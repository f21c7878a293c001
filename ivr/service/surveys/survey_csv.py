"""What each person of a survey answered, as a list for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ivr.service.surveys.survey_figures import Answered

OWN = ("follow_up", "number", "language", "state", "reason", "tries", "result", "at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by (OWASP, CSV injection): what callers say must not compute."""


def survey_csv(rows: Sequence[Answered]) -> str:
    """A line of headings and a line each; numbers are masked, and no cell is a formula."""
    asked = sorted({name for row in rows for name in row.answers} - set(OWN))
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    lines.writerow([*OWN, *asked])
    for row in rows:
        own = (row.follow_up, row.hint, row.language, row.state, row.reason, row.tries, row.result, row.at)
        lines.writerow(_safe([*own, *(row.answers.get(name, "") for name in asked)]))
    return out.getvalue()


def _safe(cells: Iterable[object]) -> Iterable[str]:
    return (f"'{cell}" if str(cell).lstrip(" \n").startswith(_FORMULA) else str(cell) for cell in cells)
