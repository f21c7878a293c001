"""A hotline in this process with a telephone on its webhooks: for the terminal phone, fixtures and replays."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ivr.app import prepare_database, store_draft, wire
from ivr.carrier.delivery import Delivery
from ivr.carrier.line import WsgiLine
from ivr.carrier.phone_call import Number, PhoneCall
from ivr.case.record import CaseRecord
from ivr.config import Settings
from ivr.flow.release import Files
from ivr.replay.both_ways import CALL, Left, flat
from ivr.replay.fixture import Fixture
from ivr.storage.case_rows import CaseRows
from ivr.storage.schema import engine, sqlite_path

_decode = msgspec.json.Decoder(CaseRecord).decode
LOOPBACK = "http://127.0.0.1"


def connect(
    settings: Settings, release: str, *, at: datetime | None, caller: str, called: str, call: str = "",
    entry: str = "", language: str = "", facts: Mapping[str, str] | None = None,
    pause: Callable[[int], None] = lambda seconds: None,
) -> PhoneCall:  # fmt: skip
    """A telephone on a hotline of this release. With `at` the clock starts there and moves one second a turn."""
    import webhooks

    token = secrets.token_hex(16)
    settings = replace(settings, tokens=(token,), public_url=LOOPBACK)
    phone: PhoneCall

    def clock() -> datetime:
        if at is None:
            return datetime.now(UTC)
        return at.astimezone(UTC) + timedelta(seconds=max(0, phone.turns - 1))

    hotline = wire(
        settings, clock=clock, entry=entry, language=language, facts=facts, simulated=True, release=release
    )
    number = Number(
        voice=f"{LOOPBACK}/voice", status=f"{LOOPBACK}/voice/status", fallback=f"{LOOPBACK}/voice/fallback"
    )
    phone = PhoneCall(
        delivery=Delivery(WsgiLine(webhooks.create_app(hotline=hotline)), token),
        number=number,
        caller=caller,
        called=called,
        call=call or "CA" + secrets.token_hex(16),
        pause=pause,
    )
    return phone


class Rehearsals:
    """Fresh hotlines for fixtures: one database is made, and copied for each fixture."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, tuple[Files, Path, str]] = {}
        self._count = 0

    def webhooks(self, files: Files, fixture: Fixture) -> tuple[PhoneCall, Callable[[], Left]]:
        """A telephone on a fresh hotline of these files, and what its call left."""
        template, release = self._template(files)
        self._count += 1
        path = self._folder / f"{self._count}.db"
        shutil.copy(template, path)
        settings = Settings(database_url=f"sqlite:///{path}", sqlite_sync="OFF")
        fields = fixture.fields
        phone = connect(
            settings, release, at=fields.at, caller=fields.from_, called=fields.to, call=CALL,
            entry=fields.flow, language=fields.language, facts=fields.pinned(),
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
