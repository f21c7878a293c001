"""What is live: which release, since when and by whom, and whether the files on disk are another one."""

from __future__ import annotations

from pathlib import Path

from ivr.app.doctor.line import Line, ok
from ivr.errors import FlowInvalid, IvrError
from ivr.flow.release import files_of, read_files
from ivr.messages.message import Message
from ivr.service.releases.release_ports import Publication, PublicationKind, ReleaseStore, short
from ivr.service.releases.release_report import zone_of

MOST_NAMES = 5
BOM = b"\xef\xbb\xbf"
BY: dict[PublicationKind, str] = {"publish": "doctor.flows.published", "rollback": "doctor.flows.rolled-back"}


def live_line(releases: ReleaseStore, live: str) -> Line:
    """The live release, since when, and by whom. Its time is told in the hotline's zone, as by `ivr releases`."""
    newest = next((each for each in releases.publications() if each.release == live), None)
    if newest is None:
        return ok("flows", Message("doctor.flows.live", release=short(live)))
    at = newest.at.astimezone(zone_of(releases)).isoformat(sep=" ", timespec="minutes")
    if newest.kind == "first":
        return ok("flows", Message("doctor.flows.first", release=short(live), at=at))
    return ok("flows", _by_somebody(newest, at))


def _by_somebody(newest: Publication, at: str) -> Message:
    who = newest.author or Message("doctor.flows.nobody")
    note = newest.note or Message("doctor.flows.no-note")
    return Message(BY[newest.kind], release=short(newest.release), at=at, who=who, note=note)


def on_disk(folder: str, body: str) -> Line:
    """Whether the files on disk are the live release. If they differ it is an edit at work, or there are none on this
    machine: nothing that anybody must do."""
    try:
        found = {Path(name).name: raw.removeprefix(BOM) for name, raw in read_files(folder).items()}
    except FlowInvalid as invalid:
        return ok("flows", Message("doctor.flows.not-compared", why=invalid.findings[0].sentence()))
    except IvrError as failed:
        return ok("flows", Message("doctor.flows.not-compared", why=failed.message))
    live = files_of(body)
    differ = sorted(name for name in {*found, *live} if found.get(name) != live.get(name))
    if not differ:
        return ok("flows", Message("doctor.flows.same", folder=folder))
    names = (*differ[:MOST_NAMES], *(["..."] if len(differ) > MOST_NAMES else []))
    return ok("flows", Message("doctor.flows.differ", count=len(differ), folder=folder, names=names))
