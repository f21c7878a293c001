"""What a survey found: how many were reached and answered, and how content they are, with how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

CONTENT = ("4", "5")
"""The two best marks of five: their share is the CSAT (ISO 10004 names the measure, the share is the trade's own)."""
CERTAINTY = 0.95
_DEAF = frozenset({"machine", "busy", "no_answer", "failed"})


class Answered(NamedTuple):
    """What came of one person of a survey. `tries` are the calls placed to them, `result` the last one's, empty while
    there is none; `answers` what they told, by the name of the field."""

    follow_up: str
    hint: str
    language: str
    state: str
    reason: str
    tries: int
    result: str
    at: str
    answers: Mapping[str, str]

    @property
    def reached(self) -> bool:
        """Whether a person took the call, whatever they wanted."""
        return bool(self.result) and self.result not in _DEAF


class Spread(NamedTuple):
    """A share of `n` answers, and the bounds between which the share of everybody lies with a certainty of 95%."""

    n: int
    share: float
    low: float
    high: float


def spread(hits: int, n: int) -> Spread | None:
    """The share of hits with Wilson's bounds, which stay within 0 and 1 for few answers too (E. B. Wilson, JASA 22,
    1927); None of no answers."""
    if not n:
        return None
    z = NormalDist().inv_cdf((1 + CERTAINTY) / 2)
    share = hits / n
    middle, width = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return Spread(
        n, share, max(0.0, min(share, (middle - width) / whole)), min(1.0, max(share, (middle + width) / whole))
    )


def figures(rows: Sequence[Answered]) -> Mapping[str, Any]:
    """The counts of a survey, as `ivr survey results --json` gives them. Shares are numbers from 0 to 1."""
    ratings = Counter(row.answers["rating"] for row in rows if row.answers.get("rating"))
    solved = Counter(row.answers["resolved"] for row in rows if row.answers.get("resolved"))
    rated = sum(ratings.values())
    return {
        "n": len(rows),
        "phoned": sum(row.tries > 0 for row in rows),
        "reached": sum(row.reached for row in rows),
        "answered": sum(bool(row.answers) for row in rows),
        "waiting": sum(row.state in ("waiting", "dialling") for row in rows),
        "results": dict(sorted(Counter(row.result for row in rows if row.result).items())),
        "ratings": dict(sorted(ratings.items())),
        "csat": _shares(spread(sum(ratings[mark] for mark in CONTENT), rated)),
        "resolved": _shares(spread(solved["yes"], sum(solved.values()))),
    }


def _shares(found: Spread | None) -> Mapping[str, Any] | None:
    if found is None:
        return None
    return {"n": found.n, "share": round(found.share, 4), "low": round(found.low, 4), "high": round(found.high, 4)}
