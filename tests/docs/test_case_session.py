"""What docs/cases.md shows of a complaint, from the call to the customer told, happens so."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from session import Session, commands_of, fits
from small_flows import DOCS, ROOT, blocks

sys.path.append(str(ROOT / "tests" / "cli"))
from command_here import command_here  # noqa: E402

from ivr.app.wiring import wire  # noqa: E402

TYPED_AT = re.compile(r"# (\d{4}-\d\d-\d\d \d\d:\d\d)$")
"""When a command was typed stands behind it, by the hotline's clock."""


class Clock:
    """The clock of everything but the call, which has its own `--at`."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))

    def __call__(self) -> datetime:
        return self.now

    def turn_to(self, command: str) -> None:
        """The moment a command was typed at, where the page says it."""
        if said := TYPED_AT.search(command):
            self.now = datetime.fromisoformat(said.group(1)).replace(tzinfo=self.now.tzinfo)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    made = Clock()
    monkeypatch.setattr("ivr.app.database.wire", partial(wire, clock=made))
    yield made


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    made = Session(tmp_path, command_here(tmp_path, monkeypatch, capsys))
    made.environ = {"IVR_FLOWS": str(ROOT / "flows"), "IVR_DATABASE_URL": "sqlite:///cases.db"}
    return made


@pytest.mark.parametrize(("page", "language"), [("cases.md", "en"), ("zh-CN/cases.md", "zh-CN")])
def test_the_cases_page_shows_what_is_printed(clock: Clock, reader: Session, page: str, language: str) -> None:
    reader.environ |= {"IVR_LANG": language}
    shown = [block for block in blocks(DOCS / page) if block.info == "console clock"]

    assert shown
    for block in shown:
        for command, lines in commands_of(block.text):
            clock.turn_to(command)
            printed = reader.type(command, [line[2:] for line in lines if line.startswith("> ")])
            assert fits(lines, printed), f"{block}: $ {command}\n{printed}"
