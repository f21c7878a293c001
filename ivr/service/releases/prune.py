"""Retention of releases: those that nobody stands on, and that have been out of use for long enough, go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ivr.service.releases.release_ports import Publication, PublishPorts

BEGINNING = timedelta(minutes=1)
"""A call that has just read which release is live may be on record with it only in a moment."""


class Removed(NamedTuple):
    """A release that went, and since when it was out of use; `draft`: it was never published."""

    name: str
    unused_since: datetime
    draft: bool


def prune(ports: PublishPorts, keep: timedelta) -> list[Removed]:
    """Remove releases out of use for longer than `keep`; which. The log of publications stays.

    Never one that is live, served by a sandbox, or under a call that has not ended.
    """
    now, store = ports.clock(), ports.store
    keep = max(keep, BEGINNING)
    since = _out_of_use(store.publications())
    old = {
        stored.name: Removed(stored.name, since.get(stored.name, stored.stored_at), stored.name not in since)
        for stored in store.stored()
        if since.get(stored.name, stored.stored_at) <= now - keep
    }
    return [old[name] for name in store.remove(list(old))]


def _out_of_use(log: Sequence[Publication]) -> dict[str, datetime]:
    """When each published release was last replaced: a release that served for a year until yesterday is young. The
    newest line's is in use; its own time stands for it, and the store keeps what is live."""
    since: dict[str, datetime] = {}
    replaced_at: datetime | None = None
    for entry in log:
        since.setdefault(entry.release, replaced_at or entry.at)
        replaced_at = entry.at
    return since
