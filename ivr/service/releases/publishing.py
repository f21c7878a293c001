"""Make the files on disk the release new calls get: checked first, then all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ivr.errors import Finding, FlowInvalid
from ivr.flow.model import Release
from ivr.flow.release import Files, body_of, from_body, hash_of
from ivr.lint.findings import findings_of
from ivr.messages.message import Message
from ivr.service.releases.release_ports import (
    Check,
    Publication,
    PublishConflict,
    PublishPorts,
    PublishRequest,
    ReleaseStore,
    short,
)

STAGED_SECONDS = 3.0
"""A release is staged so long before it goes live. Processes look for one each second and compile it in less than that.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Files without errors, read once: what is checked is what goes live. `release` is compiled from the body, as
    every worker will compile it."""

    files: Files
    body: str
    name: str
    release: Release


DraftCheck = Callable[[Draft], Check]
"""A check that may be forced: it looks at a draft that compiles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of it. `release` is the draft's name, empty where it has errors; `replaced` what was live before.

    `done`: new calls get it, and `in_progress` calls finish on what was live before. `unchanged`: it was live already.
    """

    release: str
    replaced: str | None
    done: bool = False
    unchanged: bool = False
    in_progress: int = 0
    failed: Sequence[Check] = ()


def live_findings(files: Files, today: date) -> list[Finding]:
    """What is wrong with files that are to go live."""
    return findings_of(files, "live", today)


def lint(files: Files, today: date) -> tuple[Check, Draft | None]:
    """The check that nothing overrides, and the draft where there are no errors."""
    findings = live_findings(files, today)
    errors = sum(finding.severity == "error" for finding in findings)
    summary = Message("service.releases.lint", files=len(files), errors=errors, warnings=len(findings) - errors)
    check = Check("lint", not errors, summary, [finding.sentence() for finding in findings])
    if errors:
        return check, None
    body = body_of(files)
    return check, Draft(files=files, body=body, name=hash_of(body), release=from_body(body))


def publish(
    ports: PublishPorts, files: Files, draft_checks: Sequence[DraftCheck], request: PublishRequest
) -> Published:
    """Check the files and make them live.

    Errors of lint stop it, forced or not: a broken draft never replaces a good release. Other checks that fail stop it
    unless it is forced, which is written down. `PublishConflict` where somebody else published in the meantime.
    """
    store = ports.store
    live = store.live()
    check, draft = lint(files, ports.clock().date())
    ports.report(check)
    if draft is None:
        return Published(release="", replaced=live, failed=[check])
    if draft.name == live and store.body(live) is not None:
        return Published(release=draft.name, replaced=live, unchanged=True)
    checks = [check]
    for draft_check in draft_checks:
        checks.append(draft_check(draft))
        ports.report(checks[-1])
    failed = [check for check in checks if not check.passed]
    if failed and not request.force:
        return Published(release=draft.name, replaced=live, failed=failed)
    publication = Publication(
        release=draft.name,
        kind="publish",
        at=ports.clock(),
        author=request.author,
        note=request.note,
        forced="; ".join(f"{check.name}: {check.summary}" for check in failed),
        checks=checks,
    )
    finishing = go_live(ports, publication, draft.body, instead_of=live)
    return Published(release=draft.name, replaced=live, done=True, in_progress=finishing, failed=failed)


def first_release(store: ReleaseStore, files: Files, now: datetime) -> str:
    """Make the working flows live where nothing is yet; the live release's name. `FlowInvalid` with the errors."""
    check, draft = lint(files, now.date())
    if draft is None:
        raise FlowInvalid([finding for finding in live_findings(files, now.date()) if finding.severity == "error"])
    publication = Publication(
        release=draft.name,
        kind="first",
        at=now,
        author="",
        note="the first start published the files on disk",
        checks=[check],
    )
    try:
        store.put_live(publication, draft.body, instead_of=None)
    except PublishConflict:
        live = store.live()  # another process started at the same time
        return live or draft.name
    return draft.name


def go_live(ports: PublishPorts, publication: Publication, body: str | None, *, instead_of: str | None) -> int:
    """Make a release live in two steps: stage it, so that no caller waits while it is compiled, then move new calls to
    it. How many calls in progress finish on the release before. `body` None: the release is stored already.

    Before the first release of all there is nobody who could answer a call, or wait. `PublishConflict` with the name
    and note of the one that went live first.
    """
    store, finishing = ports.store, 0
    try:
        if instead_of is not None:
            store.stage(publication.release, body, publication.at, instead_of=instead_of)
            ports.pause(STAGED_SECONDS)
            finishing = store.in_progress().get(instead_of, 0)  # before: nothing may fail once it is live
        store.put_live(publication, body, instead_of=instead_of)
    except PublishConflict as overtaken:
        log = store.publications()
        raise PublishConflict(_overtaken_by(log[0] if log else None)) from overtaken
    return finishing


def _overtaken_by(winner: Publication | None) -> Message:
    if winner is None:
        return Message("service.releases.overtaken")
    author = winner.author or Message("service.releases.somebody")
    return Message(
        "service.releases.overtaken-by", release=short(winner.release), author=author, note=winner.note
    )  # fmt: skip
