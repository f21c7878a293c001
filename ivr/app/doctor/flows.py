"""What callers hear: the live release, or the files that become it at the first start; its voices and numbers."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ivr.app.database import opened
from ivr.app.doctor.line import Line, ok, problem, warning
from ivr.app.serving.last_resort import FIXES
from ivr.call.phone import Phoned, country_of
from ivr.config import Settings
from ivr.errors import Finding, FlowInvalid, IvrError, NoDatabase
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import Files, body_of, files_of, hash_of, read_files, why_unusable
from ivr.lint.findings import findings_of
from ivr.lint.prompts import unknown_tag, unknown_voice, voice_language
from ivr.service.releases.release_ports import short

OF_VOICES = {code for rule in (unknown_voice, unknown_tag, voice_language) for code in rule.RULE.codes}


def examine_flows(settings: Settings) -> Iterator[Line]:
    """The lines about what callers hear, whatever of it can be read."""
    release = yield from _examined(settings)
    yield from _numbers(release, settings.last_resort)


def _examined(settings: Settings) -> Generator[Line, None, Release | None]:
    if not _has_zones():
        says = "this machine has no time zone data: no hours, no dates, and a time_zone that is right looks wrong."
        yield problem("time-zone", says, "Install it: apt install tzdata, or pip install tzdata.")
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
    yield ok(
        "time-zone", f"{release.time_zone}, where it is {datetime.now(ZoneInfo(release.time_zone)):%Y-%m-%d %H:%M}"
    )
    yield from _voices(release, voices)
    return release


def _heard(settings: Settings) -> tuple[list[Line], Files | None]:
    """The files callers hear: of the live release, or those on disk that become it. None where there are none."""
    try:
        with opened(settings) as database:
            live = database.releases.live()
            body = database.releases.body(live) if live else None
    except NoDatabase:
        live = body = None
    except IvrError:  # the lines about the database say why
        return _on_record_nowhere(settings, "what is live cannot be told without the database; judged is")
    if live is None:
        return _on_record_nowhere(settings, "nothing is live yet; the first `ivr serve` takes")
    publish = "Run `ivr publish`, or `ivr rollback`."
    if body is None:
        return [problem("flows", f"the live release {short(live)} is gone from the database.", publish)], None
    if why := why_unusable(body):
        return [problem("flows", f"the live release {short(live)} cannot be run by this version: {why}", publish)], None
    return [ok("flows", f"release {short(live)} is live{_on_disk(settings, live)}")], files_of(body)


def _on_record_nowhere(settings: Settings, why: str) -> tuple[list[Line], Files | None]:
    try:
        files = read_files(settings.flows)
    except FlowInvalid as invalid:
        return [problem("flows", str(invalid.findings[0]), "`ivr lint` shows all.")], None
    except IvrError as failed:
        return [
            problem("flows", f"{why} {settings.flows}, but {failed}", "Put flows there; then start `ivr serve`.")
        ], None
    return [ok("flows", f"{why} {settings.flows}")], files


def _on_disk(settings: Settings, live: str) -> str:
    """Files that differ are an edit at work, or no files at all: nothing that anybody must do."""
    try:
        same = hash_of(body_of(read_files(settings.flows))) == live
    except (IvrError, UnicodeDecodeError):
        return ""
    return "" if same else f"; the files in {settings.flows} differ from it until `ivr publish`"


def _judged(findings: Sequence[Finding]) -> Iterator[Line]:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        says = f"{len(errors)} finding{'s' if len(errors) > 1 else ''} callers should not hear, first {errors[0]}"
        yield problem("flows", says, "`ivr lint --profile live` shows all of the files on disk; then `ivr publish`.")
    elif findings:
        says = f"{len(findings)} warning{'s' if len(findings) > 1 else ''}, first {findings[0]}"
        yield warning("flows", says, "`ivr lint --profile live` shows all of the files on disk.")


def _voices(release: Release, findings: Sequence[Finding]) -> Iterator[Line]:
    """A line for each language, and one for each voice or tag that is not known."""
    for finding in findings:
        line = problem if finding.severity == "error" else warning
        yield line("voices", str(finding), "Correct it in hotline.yaml, then `ivr publish`.")
    for tag, language in release.languages.items() if not findings else ():
        yield ok(
            "voices", f"{tag}: {language.voice} speaks {language.speak}, callers are understood in {language.listen}"
        )


def _numbers(release: Release | None, last_resort: str) -> Iterator[Line]:
    """Whether every number that is dialled may be phoned, and none is the hotline's own."""
    phoned = release.phoned if release else Phoned(frozenset({country_of(last_resort)}))
    for name, place in release.destinations.items() if release else ():
        if place.number.startswith("+") and (why := phoned.why_not(place.number)):
            yield problem("numbers", f'destination "{name}": {place.number} {why}.', "Correct it in hotline.yaml.")
    if not last_resort:
        says = "IVR_LAST_RESORT is not set: when something fails, callers hear an apology and goodbye."
        yield warning("last-resort", says, "Set it to a number where a person answers.")
    elif why := phoned.why_not(last_resort):
        yield problem("last-resort", f"IVR_LAST_RESORT: {last_resort} {why}.", FIXES[phoned.refusal(last_resort)])
    else:
        yield ok("last-resort", last_resort)


def _has_zones() -> bool:
    try:
        ZoneInfo("Asia/Shanghai")
    except (ZoneInfoNotFoundError, OSError):
        return False
    return True
