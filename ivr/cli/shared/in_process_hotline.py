"""A hotline in this process with a telephone on its webhooks: for the terminal phone, fixtures and random callers."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import webhooks
from ivr.app.database import opened, prepare_database
from ivr.app.preparing import put_draft
from ivr.app.wiring import wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import WsgiLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.cli.shared.placed_before import noted_by, placed_before, result_of
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.flow.release import Files
from ivr.replay.both_ways import Left, flat, told
from ivr.replay.engine_phone import CALL
from ivr.replay.fixture import Fixture
from ivr.replay.scene import Scene
from ivr.service.calls.opening import CallDetails, Opening
from ivr.service.cases.case_rows import case_of
from ivr.service.ports import Ports

LOOPBACK_URL = "http://127.0.0.1"
LAST_RESORT = "+862155500999"
"""Fixtures have one: with it a person's phone rings where the provider refuses our words."""


class InProcessHotline:
    """A hotline in this process, on which calls are made. `now` is its clock; `opening` is what a call begins from
    unless its telephone says otherwise.

    `compiled` spares compiling a release that is at hand.
    """

    def __init__(self, settings: Settings, opening: Opening, compiled: Release | None = None) -> None:
        self._token = secrets.token_hex(16)
        self._usual, self._openings = opening, dict[str, Opening]()
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        settings = replace(settings, tokens=(self._token,), public_url=LOOPBACK_URL)
        hotline = wire(settings, clock=lambda: self.now(), opening=lambda details: self._openings.get(details.call))
        hotline = replace(hotline, ports=replace(hotline.ports, opening=self._explained(hotline.ports.opening)))
        if compiled is not None:
            hotline = replace(hotline, ports=replace(hotline.ports, release=lambda name: compiled))
        self._hotline = hotline
        self._line = WsgiLine(webhooks.create_app(hotline=hotline))

    @property
    def ports(self) -> Ports:
        """The ports the webhooks work with."""
        return self._hotline.ports

    def _explained(self, usual: Callable[[CallDetails], Opening | None]) -> Callable[[CallDetails], Opening | None]:
        """What a call begins from; one whose URL names an attempt gets from its telephone the release and the facts."""

        def opening(details: CallDetails) -> Opening | None:
            found, mine = usual(details), self._openings.get(details.call)
            if found is not None and mine is not None and details.attempt:
                return replace(found, release=mine.release, facts=mine.facts, simulated=mine.simulated)
            return found

        return opening

    def placed_phone(self, *, customer: str, ours: str, call: str, attempt: str, opening: Opening) -> PhoneCall:
        """A telephone for a call that the hotline has placed."""
        self._openings[call] = opening
        url = f"{LOOPBACK_URL}/voice/out/{attempt}"
        number = PhoneNumberSetup(
            voice=url, status=f"{url}/status", fallback=f"{url}/fallback", detection=f"{url}/detection"
        )
        return PhoneCall(
            delivery=Delivery(self._line, self._token), number=number, caller=ours, called=customer, call=call,
            direction="outbound-api",
        )  # fmt: skip

    def phone(
        self, *, caller: str, called: str, call: str = "", at: Callable[[int], datetime] | None = None,
        opening: Opening | None = None,
    ) -> PhoneCall:  # fmt: skip
        """A telephone for the next call. `at` is the time when so many turns have been begun; None: `now` as it is."""
        call = call or "CA" + secrets.token_hex(16)
        self._openings[call] = opening or self._usual
        phone = PhoneCall(
            delivery=Delivery(self._line, self._token),
            number=PhoneNumberSetup.of(LOOPBACK_URL),
            caller=caller,
            called=called,
            call=call,
        )
        if at is not None:
            self.now = lambda: at(phone.turns).astimezone(UTC)
        return phone

    def close(self) -> None:
        """Close its connections to the database."""
        self.ports.store.close()


class HotlinePool:
    """Fresh hotlines for fixtures: one database is made for each draft, and copied for each fixture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, tuple[Files, Path, str]] = {}
        self._count = 0

    def connect(self, files: Files, fixture: Fixture, scene: Scene) -> tuple[PhoneCall, Callable[[], Left]]:
        """A telephone on a fresh hotline of these files, and what its call left."""
        template, release = self._template(files)
        self._count += 1
        path = self._folder / f"{self._count}.db"
        shutil.copy(template, path)
        settings = Settings(database_url=f"sqlite:///{path}", sqlite_sync="OFF", last_resort=LAST_RESORT)
        if fixture.fields.outgoing:
            return _placed(replace(settings, serves_draft=True), fixture, scene, release)
        hotline = InProcessHotline(settings, opening_of(fixture, scene, release))
        phone = hotline.phone(caller=fixture.fields.from_, called=fixture.fields.to, call=CALL, at=scene.at)
        return phone, lambda: left_by(settings, CALL)

    def _template(self, files: Files) -> tuple[Path, str]:
        known = self._made.get(id(files))
        if known is None:
            path = self._folder / f"template-{len(self._made)}.db"
            known = self._made[id(files)] = (files, path, draft_database(path, files))
        return known[1], known[2]


def draft_database(path: Path, files: Files) -> str:
    """Make a database that holds these files, which have been compiled, as a draft; the draft's name."""
    settings = Settings(database_url=f"sqlite:///{path}")
    prepare_database(settings)
    return put_draft(settings, files, datetime.now(UTC), serve=True)


def opening_of(fixture: Fixture, scene: Scene, release: str) -> Opening:
    """What a fixture's call begins from; its facts change as the scene does."""
    fields = fixture.fields
    return Opening(release=release, entry=fields.flow, language=fields.language, facts=scene.facts, simulated=True)


def _placed(settings: Settings, fixture: Fixture, scene: Scene, name: str) -> tuple[PhoneCall, Callable[[], Left]]:
    """A telephone that the hotline rings: what there is before the call is on record, and so is what its call left."""
    opening = opening_of(fixture, scene, name)
    hotline = InProcessHotline(settings, opening)
    release, fields = hotline.ports.release(name), fixture.fields

    def set_clock(at: datetime) -> None:
        hotline.now = lambda: at.astimezone(UTC)

    attempt = placed_before(hotline.ports, set_clock, fields, release)
    phone = hotline.placed_phone(
        customer=fields.customer, ours=release.outgoing[fields.outgoing].from_number, call=CALL, attempt=attempt,
        opening=opening,
    )  # fmt: skip
    hotline.now = lambda: scene.at(phone.turns).astimezone(UTC)

    def left() -> Left:
        found = left_by(settings, CALL)
        with opened(settings) as database:
            noted = told(noted_by(hotline.ports, attempt, CALL), database.calls.transcripts(CALL))
        return replace(found, result=result_of(hotline.ports, attempt), noted=noted)

    return phone, left


def left_by(settings: Settings, call: str) -> Left:
    """What a call left in the database."""
    with opened(settings) as database:
        rows = database.cases
        texts = database.calls.transcripts(call)
        cases = [flat(case_of(case.row), texts) for case in rows.of_call(call)]
        with database.ports.store.transaction() as tx:
            row = tx.call(call)
        return Left(row.disposition, row.ending, cases) if row else Left(None, None, cases)
