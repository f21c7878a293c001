"""The log of what was live as people and programs read it: one flat object a publication, newest first."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from ivr.errors import FlowInvalid
from ivr.flow.release import from_body
from ivr.service.releases.release_ports import ReleaseStore


def publications_report(store: ReleaseStore) -> list[dict[str, Any]]:
    """Every publication, its time in the hotline's zone.

    The newest of the live release is marked `live`. Of each release only its newest counts the calls in progress on it.
    `stored` is no where the content is gone, so that nobody can go back to it.
    """
    live, calls, zone = store.live(), dict(store.in_progress()), zone_of(store)
    stored = {release.name for release in store.stored()}
    found, seen = [], set[str]()
    for entry in store.publications():
        newest = entry.release not in seen
        seen.add(entry.release)
        found.append(
            {
                "release": entry.release,
                "live": newest and entry.release == live,
                "kind": entry.kind,
                "at": entry.at.astimezone(zone).isoformat(timespec="seconds"),
                "author": entry.author or None,
                "note": entry.note or None,
                "forced": entry.forced or None,
                "checks": [
                    {"name": check.name, "passed": check.passed, "skipped": check.skipped, "summary": check.summary}
                    for check in entry.checks
                ],
                "calls_in_progress": calls.get(entry.release, 0) if newest else 0,
                "stored": entry.release in stored,
            }
        )
    return found


def zone_of(store: ReleaseStore) -> ZoneInfo:
    """The hotline's time zone, by the live release; UTC where it cannot be read."""
    live = store.live()
    body = store.body(live) if live else None
    try:
        return ZoneInfo(from_body(body).time_zone if body else "UTC")
    except FlowInvalid:
        return ZoneInfo("UTC")
