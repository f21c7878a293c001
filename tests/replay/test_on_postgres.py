"""Calls kept in PostgreSQL: fixtures end as on the bare engine, and what was stored of them replays byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from postgres import TestServer

from ivr.app.database import opened
from ivr.app.preparing import store_draft
from ivr.carrier.callers import RandomCaller
from ivr.carrier.phone_call import PhoneCall
from ivr.cli.shared.in_process_hotline import LAST_RESORT, InProcessHotline, left_by, opening_of
from ivr.config import Settings
from ivr.flow.model import Release
from ivr.flow.release import Files, read_files
from ivr.replay.both_ways import Left, run_both
from ivr.replay.engine_phone import CALL
from ivr.replay.fixture import Fixture
from ivr.replay.fixture_files import fixture_files, fixture_in
from ivr.replay.scene import Scene
from ivr.replay.stored import ReplayTotals, replay_stored
from ivr.service.calls.opening import Opening
from ivr.service.ports import CallFilter

ROOT = Path(__file__).parents[2]
FILES = read_files(str(ROOT / "flows"))
CHOSEN = (
    "complaint_in_english", "complaint_and_feedback", "agent_answers", "back_twice_with_a_withheld_number",
    "half_an_hour_on_the_line", "hung_up_while_recording", "inquiry_reopened", "just_before_midnight",
    "lost_card_desk_busy", "number_spoken", "person_while_recording", "transfer_fails", "working_saturday",
)  # fmt: skip
"""Fixtures that between them make every kind of row: cases, events, recordings, transfers, ends of each sort."""


class PostgresHotlines:
    """Fresh hotlines for fixtures, each on a database of its own: a fixture may say the number of its case, and the
    first call of a database has always the same."""

    def __init__(self, server: TestServer, open_until: ExitStack) -> None:
        self._server, self._open = server, open_until
        self.settings: list[Settings] = []

    def connect(self, files: Files, fixture: Fixture, scene: Scene) -> tuple[PhoneCall, Callable[[], Left]]:
        """As the port says."""
        url = self._open.enter_context(self._server.database())
        settings = Settings(database_url=url, last_resort=LAST_RESORT)
        self.settings.append(settings)
        name = store_draft(settings, files, datetime.now(UTC))
        hotline = InProcessHotline(settings, opening_of(fixture, scene, name))
        self._open.callback(hotline.close)
        fields = fixture.fields
        phone = hotline.phone(caller=fields.from_, called=fields.to, call=CALL, at=scene.at)
        return phone, lambda: left_by(settings, CALL)


def replayed(settings: Settings, *, simulated: bool = True) -> ReplayTotals:
    """What is on record, taken again with its documents."""
    found = ReplayTotals()
    with opened(settings) as database:
        ports = database.ports
        for part in replay_stored(
            database.calls, CallFilter(simulated=simulated), ports.release, ports.render, twiml=True
        ):
            found.add(part)
    return found


def test_fixtures_end_as_on_the_bare_engine_and_replay(postgres: TestServer, hotline: Release) -> None:
    fixtures = [fixture_in(path) for path in fixture_files(ROOT / "tests" / "calls")]
    chosen = [fixture for fixture in fixtures if Path(fixture.file).name.removesuffix(".call.yaml") in CHOSEN]
    assert len(chosen) == len(CHOSEN)

    with ExitStack() as open_until:
        hotlines = PostgresHotlines(postgres, open_until)
        failed = [failure for fixture in chosen if (failure := run_both(fixture, FILES, hotline, hotlines).failure)]
        assert failed == []
        for settings in hotlines.settings:
            totals = replayed(settings)
            assert totals.turns > 0 and totals.differ == totals.unread == [], totals


def test_random_callers_leave_calls_that_replay(postgres_url: str, hotline: Release) -> None:
    settings = Settings(database_url=postgres_url, last_resort=LAST_RESORT)
    name = store_draft(settings, FILES, datetime.now(UTC))
    house = InProcessHotline(settings, Opening(release=name), hotline)
    turns = 0
    for seed in range(25):
        phone = house.phone(caller="+12025550101" if seed % 3 else "", called="+862155500000")
        RandomCaller(f"postgres/{seed}").play(phone)
        assert phone.refused == []
        turns += phone.turns
    house.close()

    totals = replayed(settings, simulated=False)

    assert (totals.calls, totals.turns, totals.differ, totals.unread) == (25, turns, [], [])
    with opened(settings) as database:
        assert database.audited.real_calls() == (25, turns)
