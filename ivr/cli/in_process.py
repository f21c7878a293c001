"""A hotline in this process with a telephone on its webhooks: for the terminal phone, fixtures and replays."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ivr.app.database import prepare_database
from ivr.app.preparing import store_draft
from ivr.app.wiring import wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import WsgiLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup
from ivr.case.case_record import CaseRecord
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.flow.release import Files
from ivr.replay.both_ways import CALL, Left, flat
from ivr.replay.fixture import Fixture
from ivr.replay.scene import Scene
from ivr.storage.case_rows import CaseRows
from ivr.storage.schema import engine, sqlite_path

_decode = msgspec.json.Decoder(CaseRecord).decode
LOOPBACK = "http://127.0.0.1"
LAST_RESORT = "+862155500999"
"""Fixtures have one: with it the line rings a person where the network refused our words."""


class Switchboard:
    """A hotline of one release in this process, on which one call after another is made.

    `compiled` spares compiling a release that is at hand. Calls are simulated unless `simulated` is no.
    """

    def __init__(
        self, settings: Settings, release: str, *, entry: str = "", language: str = "",
        facts: Mapping[str, str] | None = None, simulated: bool = True, compiled: Release | None = None,
    ) -> None:  # fmt: skip
        import webhooks

        self._token = secrets.token_hex(16)
        self.now: Callable[[], datetime] = lambda: datetime.now(UTC)
        hotline = wire(
            replace(settings, tokens=(self._token,), public_url=LOOPBACK), clock=lambda: self.now(),
            entry=entry, language=language, facts=facts, simulated=simulated, release=release,
        )  # fmt: skip
        if compiled is not None:
            hotline = replace(hotline, ports=replace(hotline.ports, release=lambda name: compiled))
        self.hotline = hotline
        self._line = WsgiLine(webhooks.create_app(hotline=hotline))

    def phone(
        self, *, at: Callable[[int], datetime] | None, caller: str, called: str, call: str = "",
        pause: Callable[[int], None] = lambda seconds: None,
    ) -> PhoneCall:  # fmt: skip
        """A telephone for the next call. `at` is the time when so many turns have been begun; None: real time."""
        phone = PhoneCall(
            delivery=Delivery(self._line, self._token),
            number=PhoneNumberSetup(
                voice=f"{LOOPBACK}/voice", status=f"{LOOPBACK}/voice/status", fallback=f"{LOOPBACK}/voice/fallback"
            ),
            caller=caller,
            called=called,
            call=call or "CA" + secrets.token_hex(16),
            pause=pause,
        )
        if at is not None:
            self.now = lambda: at(phone.turns).astimezone(UTC)
        return phone


def a_second_a_turn(at: datetime) -> Callable[[int], datetime]:
    """A clock that starts there and moves one second a turn."""
    return lambda turns: at + timedelta(seconds=max(0, turns - 1))


def connect(
    settings: Settings, release: str, *, at: Callable[[int], datetime] | None, caller: str, called: str,
    call: str = "", entry: str = "", language: str = "", facts: Mapping[str, str] | None = None,
    pause: Callable[[int], None] = lambda seconds: None,
) -> PhoneCall:  # fmt: skip
    """A telephone on a hotline of its own."""
    board = Switchboard(settings, release, entry=entry, language=language, facts=facts)
    return board.phone(at=at, caller=caller, called=called, call=call, pause=pause)


class Rehearsals:
    """Fresh hotlines for fixtures: one database is made, and copied for each fixture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, tuple[Files, Path, str]] = {}
        self._count = 0

    def webhooks(self, files: Files, fixture: Fixture, scene: Scene) -> tuple[PhoneCall, Callable[[], Left]]:
        """A telephone on a fresh hotline of these files, and what its call left."""
        template, release = self._template(files)
        self._count += 1
        path = self._folder / f"{self._count}.db"
        shutil.copy(template, path)
        settings = Settings(database_url=f"sqlite:///{path}", sqlite_sync="OFF", last_resort=LAST_RESORT)
        fields = fixture.fields
        phone = connect(
            settings, release, at=scene.at, caller=fields.from_, called=fields.to, call=CALL,
            entry=fields.flow, language=fields.language, facts=scene.facts,
        )  # fmt: skip
        return phone, lambda: left_by(settings, CALL)

    def _template(self, files: Files) -> tuple[Path, str]:
        known = self._made.get(id(files))
        if known is None:
            path = self._folder / f"template-{len(self._made)}.db"
            settings = Settings(database_url=f"sqlite:///{path}")
            prepare_database(settings)
            release = store_draft(settings, files, datetime.now(UTC))
            known = self._made[id(files)] = (files, path, release)
        return known[1], known[2]


def left_by(settings: Settings, call: str) -> Left:
    """What a call left in the database."""
    made = engine(f"sqlite:///{sqlite_path(settings.database_url)}")
    try:
        rows = CaseRows(made)
        texts = {row["recording"]: row["text"] for row in rows.recordings(call) if row["text"]}
        cases = [flat(_decode(row["data"]), row["due"], texts) for row in rows.cases(call=call)]
        return Left(rows.disposition(call), cases)
    finally:
        made.dispose()
