"""What callers hear: the live release, or the files that become it at the first start; its voices and numbers."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ivr.app.database import opened
from ivr.app.doctor.line import Line, ok, problem, warning
from ivr.app.doctor.live import live_line, on_disk
from ivr.app.serving.last_resort import FIXES
from ivr.call.phone import Phoned, country_of
from ivr.config import Settings
from ivr.errors import Finding, FlowInvalid, IvrError, NoDatabase
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import Files, files_of, read_files, why_unusable
from ivr.lint.findings import findings_of
from ivr.lint.prompts import unknown_tag, unknown_voice, voice_language
from ivr.messages.message import Message
from ivr.service.releases.release_ports import short

OF_VOICES = {code for rule in (unknown_voice, unknown_tag, voice_language) for code in rule.RULE.codes}


def examine_flows(settings: Settings) -> Iterator[Line]:
    """The lines about what callers hear, whatever of it can be read."""
    release = yield from _examined(settings)
    yield from _numbers(release, settings.last_resort)


def _examined(settings: Settings) -> Generator[Line, None, Release | None]:
    if not _has_zones():
        yield problem("time-zone", Message("doctor.time-zone.no-data"), Message("doctor.time-zone.install"))
        return None
    found, files = _heard(settings)
    yield from found
    if files is None:
        return None
    findings = findings_of(files, "live", datetime.now(UTC).date())
    voices = [finding for finding in findings if finding.code in OF_VOICES]
    yield from _judged([finding for finding in findings if finding.code not in OF_VOICES])
    if any(finding.severity == "error" for finding in findings_of(files)):
        return None
    release = compile_release(parse(files))
    now = f"{datetime.now(ZoneInfo(release.time_zone)):%Y-%m-%d %H:%M}"
    yield ok("time-zone", Message("doctor.time-zone.now", zone=release.time_zone, now=now))
    yield from _voices(release, voices)
    return release


def _heard(settings: Settings) -> tuple[list[Line], Files | None]:
    """The files callers hear: of the live release, or those on disk that become it. None where there are none."""
    try:
        with opened(settings) as database:
            live = database.releases.live()
            body = database.releases.body(live) if live else None
            if live and body and not (why := why_unusable(body)):
                return [live_line(database.releases, live), on_disk(settings.flows, body)], files_of(body)
    except NoDatabase:
        live = body = None
    except IvrError:  # the lines about the database say why
        return _on_record_nowhere(settings, Message("doctor.flows.without-database", folder=settings.flows))
    if live is None:
        return _on_record_nowhere(settings, Message("doctor.flows.becomes-live", folder=settings.flows))
    says = Message("doctor.flows.gone", release=short(live))
    if body is not None:
        says = Message("doctor.flows.unusable", release=short(live), why=why)
    return [problem("flows", says, Message("doctor.flows.publish"))], None


def _on_record_nowhere(settings: Settings, says: Message) -> tuple[list[Line], Files | None]:
    try:
        files = read_files(settings.flows)
    except FlowInvalid as invalid:
        return [problem("flows", invalid.findings[0].sentence(), Message("doctor.flows.lint"))], None
    except IvrError as failed:
        unreadable = Message("doctor.flows.unreadable", why=failed.message)
        return [problem("flows", unreadable, Message("doctor.flows.put-there"))], None
    return [ok("flows", says)], files


def _judged(findings: Sequence[Finding]) -> Iterator[Line]:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        says = Message("doctor.flows.errors", count=len(errors), first=errors[0].sentence())
        yield problem("flows", says, Message("doctor.flows.correct"))
    elif findings:
        says = Message("doctor.flows.warnings", count=len(findings), first=findings[0].sentence())
        yield warning("flows", says, Message("doctor.flows.lint-live"))


def _voices(release: Release, findings: Sequence[Finding]) -> Iterator[Line]:
    """A line for each language, and one for each voice or tag that is not known."""
    for finding in findings:
        line = problem if finding.severity == "error" else warning
        yield line("voices", finding.sentence(), Message("doctor.flows.correct-hotline"))
    for tag, language in release.languages.items() if not findings else ():
        spoken = {"tag": tag, "voice": language.voice, "speak": language.speak, "listen": language.listen}
        yield ok("voices", Message("doctor.voices.speaks", **spoken))


def _numbers(release: Release | None, last_resort: str) -> Iterator[Line]:
    """Whether every number that is dialled may be phoned, and none is the hotline's own."""
    phoned = release.phoned if release else Phoned(frozenset({country_of(last_resort)}))
    for name, place in release.destinations.items() if release else ():
        if place.number.startswith("+") and (why := phoned.why_not(place.number)):
            says = Message("doctor.numbers.refused", name=name, number=place.number, why=why)
            yield problem("numbers", says, Message("doctor.flows.correct-hotline"))
    if not last_resort:
        yield warning("last-resort", Message("doctor.last-resort.unset"), Message("doctor.last-resort.set"))
    elif why := phoned.why_not(last_resort):
        says = Message("doctor.last-resort.refused", number=last_resort, why=why)
        yield problem("last-resort", says, Message(FIXES[phoned.refusal(last_resort)]))
    else:
        yield ok("last-resort", last_resort)


def _has_zones() -> bool:
    try:
        ZoneInfo("Asia/Shanghai")
    except (ZoneInfoNotFoundError, OSError):
        return False
    return True
