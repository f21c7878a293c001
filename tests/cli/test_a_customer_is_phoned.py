"""From the complaint to the customer's no, over real processes: four commands and a telephone that rings."""

from __future__ import annotations

import json
import shutil
import socket
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from command_here import Run, command_here
from served_hotline import serving

from ivr.calendar.workdays import Workdays

ROOT = Path(__file__).parents[2]
CUSTOMER = "+862155500123"
COMPLAINT = "2\n/silence\n3\n1\n/record I was charged twice\n1\n/hang-up\n"
IS_ME, NO, WHY, FIVE = "1", "2", "/record it was charged again", "5"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def ivr(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command beside the shipped flows, in English, at the exchange of this test."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    here = command_here(tmp_path, monkeypatch, capsys)
    return lambda *words, **more: here(*words, IVR_EXCHANGE_PORT=str(port), **more)


def next_workday() -> str:
    """Half past ten in Shanghai on the workday after the next one, when a customer told today may be phoned."""
    zone = ZoneInfo("Asia/Shanghai")
    days, at = Workdays("CN"), datetime.now(zone).replace(hour=10, minute=30, second=0, microsecond=0)
    left = 2
    while left:
        at += timedelta(days=1)
        left -= days.is_workday(at.date())
    return at.isoformat(timespec="minutes")


def case_left(ivr: Run, given: str) -> str:
    """The number of the case that a caller leaves, decided and told by a lead."""
    called = ivr("call", "--lang", "en-US", "--from", CUSTOMER, given=given)
    number = called.stdout.splitlines()[-1].removeprefix("case ")
    ivr("people", "add", "li", "--role", "lead")
    for words in (
        ("take",),
        ("decide", "upheld", "--reasons", "charged twice", "--answer", "We pay it back."),
        ("tell", "--by", "phone"),
    ):
        done = ivr("cases", words[0], number, *words[1:], "--as", "li")
        assert done.returncode == 0, done.stderr
    return number


def test_a_no_by_phone_opens_the_case_again(ivr: Run, tmp_path: Path, port: int) -> None:
    with serving(tmp_path, "--sandbox", "--workers", "1", "--no-worker", IVR_EXCHANGE_PORT=str(port)):
        number = case_left(ivr, COMPLAINT)
        worked = ivr("worker", "--once", "--at", next_workday())
        assert worked.returncode == 0, worked.stderr
        done = ivr("call", "--answer", given="\n".join(["", IS_ME, NO, WHY, FIVE, ""]))
        assert done.returncode == 0, done.stderr
        said = done.stdout
        again = ivr("worker", "--once", "--at", next_workday())
        assert again.returncode == 0
    assert "ringing … +86 21 5550 0123" in said
    assert said.index("This is Illustrative Bank.") < said.index(f"> {IS_ME}") < said.index("Do you accept")
    assert said.index(f"> {NO}") < said.index("We will look into it again. You will have our new answer by ")
    last = said.splitlines()[-1]
    assert last.startswith(number)
    assert "in progress by li, due " in last
    case = json.loads(ivr("cases", "show", number, "--json").stdout)
    assert (case["status"], case["reopened"], case["attempts"]) == ("in_progress", 1, 1)
    assert case["story"]["text"] == "I was charged twice"  # what they say now does not take its place
    assert case["story"]["recording_url"]
    (later,) = case["said_later"]
    assert later["text"] == "it was charged again"
    assert later["call"] == case["follow_ups"][0]["attempts"][0]["call"] and later["recording_url"]
    page = ivr("cases", "show", number).stdout
    assert page.index("I was charged twice") < page.index("What the customer said in later calls")
    assert "it was charged again" in page


def test_at_an_invented_time_nobody_is_phoned_without_a_sandbox(ivr: Run, tmp_path: Path) -> None:
    with serving(tmp_path, "--sandbox", "--workers", "1", "--no-worker"):
        number = case_left(ivr, COMPLAINT)
    done = ivr("worker", "--once", "--at", next_workday())
    assert done.returncode == 2
    assert "no sandbox runs on this machine" in done.stderr
    case = json.loads(ivr("cases", "show", number, "--json").stdout)
    assert case["attempts"] == 0
