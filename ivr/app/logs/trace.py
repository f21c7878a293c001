"""A traceback in one field: which errors, and where they came from; never what they say."""

from __future__ import annotations

import traceback
from itertools import islice

MOST_FRAMES = 12
MOST_ERRORS = 5


def trace(failed: BaseException) -> str:
    """The error and those it came from, the latest first: kind, then the places, the innermost first."""
    parts: list[str] = []
    error: BaseException | None = failed
    while error is not None and len(parts) < MOST_ERRORS:
        parts.append(" < ".join([type(error).__name__, *_places(error)]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " | from ".join(parts)


def _places(error: BaseException) -> list[str]:
    """The innermost frames. Source is not read: it may be gone, and the line is enough."""
    summary = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)
    innermost = islice(reversed(summary), MOST_FRAMES)
    return [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in innermost]
