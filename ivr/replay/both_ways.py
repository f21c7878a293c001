"""A fixture through the bare engine and through the webhooks: each must do what the file says, and both the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ivr.carrier.phone_call import PhoneCall
from ivr.case.case import Case, due_of, given
from ivr.flow.model import Release
from ivr.flow.release import Files
from ivr.messages.message import Message
from ivr.replay.carrier_words import said_by_carrier
from ivr.replay.engine_phone import EnginePhone
from ivr.replay.fixture import Fixture, FixtureFields
from ivr.replay.placed_scene import fits, number_of_call, placed_facts
from ivr.replay.play import Mismatch, Played, bare, check_cases, check_end, check_follow_up, play
from ivr.replay.scene import Scene
from ivr.replay.sentences import at


@dataclass(frozen=True, slots=True)
class Left:
    """What a call left in the database: its disposition, its ending, and its cases, flat, as text. Of a call that the
    hotline placed also its result, and what it put on the case it is about."""

    disposition: str | None
    ending: str | None
    cases: Sequence[Mapping[str, str]]
    result: str | None = None
    noted: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class FixtureResult:
    """A fixture's result: the failure's line (empty when it passed), the dialogue up to there, what was heard before
    each act, and what in the file was not met, if it is the file that failed."""

    failure: str = ""
    dialogue: list[str] = field(default_factory=list)
    heard: list[Sequence[str]] = field(default_factory=list)
    mismatch: Mismatch | None = None


class FixtureHotlines(Protocol):
    """Fresh hotlines with webhooks and a database, one for each fixture; whoever may start webhooks gives them."""

    def connect(self, files: Files, fixture: Fixture, scene: Scene) -> tuple[PhoneCall, Callable[[], Left]]:
        """A telephone on a hotline of these files, in the fixture's scene; and what its call left there."""


def run_engine(fixture: Fixture, release: Release) -> tuple[FixtureResult, Played, Left]:
    """Through the engine alone."""
    result, played, left, _ = run_on_phone(fixture, release)
    return result, played, left


def run_on_phone(
    fixture: Fixture, release: Release, *, deaf: bool = False
) -> tuple[FixtureResult, Played, Left, EnginePhone | None]:
    """Through the engine alone, with the phone it was played on; None where the fixture's flow is not there.

    `deaf`: other words than those expected are no failure.
    """
    fixture = fixture.in_zone(release.time_zone)
    fields = fixture.fields
    if mismatch := no_beginning(fields, release):
        return FixtureResult(_at(fixture, mismatch), mismatch=mismatch), Played(), Left(None, None, []), None
    phone, scene = engine_phone(fields, release)
    played = play(fixture, phone, scene, deaf=deaf)
    left = left_by_engine(phone)
    return _judge(fixture, played, left), played, left, phone


def entry_of(fields: FixtureFields, release: Release) -> str:
    """The flow a fixture's call begins in."""
    return fields.outgoing or fields.flow or release.numbers.get(fields.to, release.default)


def engine_phone(fields: FixtureFields, release: Release) -> tuple[EnginePhone, Scene]:
    """A telephone on the engine alone for a fixture's call, and its scene. KeyError where its flow is not there."""
    scene = Scene(fields)
    scene.facts.update(placed_facts(fields, release))
    if fields.outgoing:
        scene.line = release.outgoing[fields.outgoing].from_number
    entry = entry_of(fields, release)
    phone = EnginePhone(release, entry, scene, caller=fields.customer, language=fields.language)
    phone.number = number_of_call(fields)
    return phone, scene


def no_beginning(fields: FixtureFields, release: Release) -> Mismatch | None:
    """Why the call cannot begin in this hotline."""
    if fields.outgoing:
        return fits(fields, release)
    entry = entry_of(fields, release)
    return None if entry in release.flows else Mismatch(Message("replay.both.no-flow", flow=entry), ("flow",))


def left_by_engine(phone: EnginePhone) -> Left:
    """What a call to the engine alone leaves."""
    cases = [flat(case, phone.transcripts) for case in phone.cases.values()]
    noted = told(phone.noted, phone.transcripts)
    if not phone.taken:
        return Left(None, None, cases, phone.result or None, noted)
    return Left(phone.disposition(), phone.ending(), cases, phone.result or None, noted)


def run_both(fixture: Fixture, files: Files, release: Release, hotlines: FixtureHotlines) -> FixtureResult:
    """Both ways; the first failure of either, or the first place where they differ. `release` is `files` compiled."""
    fixture = fixture.in_zone(release.time_zone)
    verdict, played, left = run_engine(fixture, release)
    if verdict.failure:
        return verdict
    scene = Scene(fixture.fields)
    phone, what_is_left = hotlines.connect(files, fixture, scene)
    again = play(fixture, phone, scene)
    found = what_is_left()
    verdict = _judge(fixture, again, found)
    if verdict.failure:
        verdict.failure = Message("replay.both.webhooks-only", failure=verdict.failure)
    elif phone.refused:
        refused = Message("replay.both.refused", line=said_by_carrier(phone.refused[0]))
        verdict.failure = at(f"{fixture.file}:1", refused)
    elif n := _differ(played.heard, again.heard):
        one, other = "".join(played.heard[n - 1]), "".join(again.heard[n - 1])
        said = Message("replay.both.words", engine=one, webhooks=other)
        verdict.failure = at(f"{fixture.file}:{fixture.line('turns', n - 1)}", said)
    elif sorted(map(_sorted, found.cases)) != sorted(map(_sorted, left.cases)):
        cases = Message("replay.both.cases", engine=str(left.cases), webhooks=str(found.cases))
        verdict.failure = at(f"{fixture.file}:1", cases)
    elif (found.result, found.noted) != (left.result, left.noted):
        results = Message("replay.both.results", engine=f"{left.result} {left.noted}",
                          webhooks=f"{found.result} {found.noted}")  # fmt: skip
        verdict.failure = at(f"{fixture.file}:1", results)
    return verdict


def flat(case: Case, transcripts: Mapping[str, str]) -> dict[str, str]:
    """A case as a fixture compares it; its story is the transcript, where there is one."""
    fields = told(given(case), transcripts)
    return {
        **fields,
        "kind": case.kind,
        "status": case.status,
        "partial": "yes" if case.partial else "no",
        "due": due_of(case) or "none",
        "outcome": case.facts.get("outcome", "none"),
    }


def told(fields: Mapping[str, str], transcripts: Mapping[str, str]) -> dict[str, str]:
    """What is on a case, its story as a transcript, or `recorded`."""
    found = dict(fields)
    if "story" in found:
        found["story"] = transcripts.get(found["story"]) or ("recorded" if _recorded(found) else found["story"])
    return found


def _recorded(fields: Mapping[str, str]) -> bool:
    return fields["story"].startswith("RE") and fields["story"][2:].isalnum()


def _judge(fixture: Fixture, played: Played, left: Left) -> FixtureResult:
    mismatch = (
        played.mismatch
        or check_end(fixture, left.disposition, left.ending)
        or check_cases(fixture, left.cases)
        or check_follow_up(fixture, left.result, left.noted)
    )
    failure = _at(fixture, mismatch) if mismatch else ""
    return FixtureResult(failure, played.dialogue, played.heard, mismatch)


def _at(fixture: Fixture, mismatch: Mismatch) -> Message:
    return at(f"{fixture.file}:{fixture.line(*mismatch.path)}", mismatch.said)


def _differ(one: Sequence[Sequence[str]], other: Sequence[Sequence[str]]) -> int:
    """The number of the first act before which another thing was heard, 0 if there is none."""
    for n, (a, b) in enumerate(zip(one, other, strict=False), 1):
        if bare("".join(a)) != bare("".join(b)):
            return n
    return 0


def _sorted(case: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(case.items())
