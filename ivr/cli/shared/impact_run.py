"""Calls on record against a draft, a range of them in each process."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache, partial

from ivr.app.database import opened
from ivr.change.diff.change import Change
from ivr.change.impact.compare_calls import BatchComparison
from ivr.change.impact.effects import ImpactTotals
from ivr.change.impact.report import Report, summary
from ivr.cli.shared.call_parts import parts_of
from ivr.cli.shared.spread import spread, with_bar
from ivr.config import Settings
from ivr.errors import NoDatabase
from ivr.flow.release import Files
from ivr.messages.message import Message
from ivr.service.ports import CallFilter
from ivr.storage.bulk import engine
from ivr.storage.release_bodies import ReleaseBodies

A_PART = 1000
"""Calls in a part, which one process takes at a time."""
WORTH_SEVERAL = 20
"""Parts from which on several processes are faster: each has to fill its own memory of turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactRequest:
    """The calls of a database to replay against a draft's files; `release` is the only one whose calls count (empty:
    any)."""

    settings: Settings
    wanted: CallFilter
    draft: tuple[tuple[str, bytes], ...]
    release: str = ""

    @classmethod
    def of(cls, settings: Settings, files: Files, wanted: CallFilter, release: str = "") -> ImpactRequest:
        """The request about these files."""
        return cls(settings=settings, wanted=wanted, draft=tuple(sorted(files.items())), release=release)


def impact(request: ImpactRequest, jobs: int = 0) -> Report:
    """What the draft does to the calls on record; `jobs` 0 chooses by their number. `NoDatabase` where there is
    none."""
    with opened(request.settings) as database:
        names = database.calls.names(request.wanted)
    parts = parts_of(request.wanted, names, A_PART)
    totals = ImpactTotals()
    several = os.cpu_count() or 1 if len(parts) > WORTH_SEVERAL else 1
    for part in with_bar(spread(partial(_part, request), parts, jobs or several), len(parts), "replaying"):
        totals.add(part)
    changes = _changes(request, totals)
    return Report(totals=totals, changes=changes, kinds=comparison(request).kinds(), since=request.wanted.since)


def _part(request: ImpactRequest, part: CallFilter) -> ImpactTotals:
    with opened(request.settings) as database:
        return comparison(request).totals(database.calls.calls(part), request.release)


@lru_cache(maxsize=1)
def comparison(request: ImpactRequest) -> BatchComparison:
    """The comparison of this process; what it remembers makes the next part faster."""
    return BatchComparison(ReleaseBodies(engine(request.settings.database_url)).body, dict(request.draft))


def _changes(request: ImpactRequest, totals: ImpactTotals) -> list[Change]:
    """The changes from each release of the calls to the draft."""
    known = comparison(request)
    return [change for release in sorted(totals.releases) for change in known.difference(release).changes]


def impact_summary(settings: Settings, files: Files, since: str) -> list[Message]:
    """What these files do to the calls since then (RFC 3339, UTC), in three lines at most; none where
    there are no calls."""
    try:
        report = impact(ImpactRequest.of(settings, files, CallFilter(since=since)))
    except NoDatabase:
        return []
    return summary(report) if report.totals.calls else []
