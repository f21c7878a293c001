"""Calls on record against a draft, a range of them in each process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from ivr.change.diff.change import Change
from ivr.change.impact.judges import Judges
from ivr.change.impact.report import Report, summary
from ivr.change.impact.tally import Tally
from ivr.cli.spread import spread
from ivr.config import Settings
from ivr.errors import NoSuch
from ivr.flow.release import Files
from ivr.service.ports import CallFilter
from ivr.storage.call_rows import CallRows
from ivr.storage.release_bodies import ReleaseBodies
from ivr.storage.schema import engine, sqlite_path

A_PART = 1000
"""Calls a process takes at a time."""
WORTH_SEVERAL = 20
"""With fewer parts one process is as fast: each has to learn the callers' ways anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: the database, the calls, the draft's files, and the one release that shall have led them (empty:
    any)."""

    database_url: str
    wanted: CallFilter
    draft: tuple[tuple[str, bytes], ...]
    release: str = ""


def impact(question: Question, jobs: int = 0) -> Report:
    """What the draft would do to the calls on record. `NoSuch` where there is no database."""
    path = sqlite_path(question.database_url)
    if not Path(path).exists():
        raise NoSuch(f"there is no database {path} yet, so there are no calls to replay.")
    with _rows(question) as rows:
        names = rows.names(question.wanted)
    parts = [(names[at], names[min(at + A_PART, len(names)) - 1]) for at in range(0, len(names), A_PART)]
    whole = Tally()
    several = os.cpu_count() or 1 if len(parts) > WORTH_SEVERAL else 1
    for tally in spread(partial(_part, question), parts, jobs or several):
        whole.add(tally)
    return Report(tally=whole, changes=_changes(question, whole), since=question.wanted.since)


def _part(question: Question, part: tuple[str, str]) -> Tally:
    with _rows(question) as rows:
        calls = rows.calls(replace(question.wanted, first=part[0], last=part[1]))
        return judges(question).tally(calls, question.release)


@lru_cache(maxsize=1)
def judges(question: Question) -> Judges:
    """The judges of this process; what they remember makes the next part faster."""
    made = engine(question.database_url)
    return Judges(ReleaseBodies(made).body, dict(question.draft))


@contextmanager
def _rows(question: Question) -> Iterator[CallRows]:
    made = engine(question.database_url)
    try:
        yield CallRows(made)
    finally:
        made.dispose()


def _changes(question: Question, tally: Tally) -> list[Change]:
    """The edits, seen from each release the calls were led by."""
    known = judges(question)
    return [change for release in sorted(tally.releases) for change in known.difference(release).changes]


def summary_for_publish(settings: Settings, files: Files, since: str) -> list[str]:
    """What publishing these files would do to the calls since then (RFC 3339, UTC), in three lines at most; none where
    there are no calls."""
    if not Path(sqlite_path(settings.database_url)).exists():
        return []
    draft = tuple(sorted(files.items()))
    report = impact(Question(database_url=settings.database_url, wanted=CallFilter(since=since), draft=draft))
    return summary(report) if report.tally.calls else []
