"""A server killed between two turns: the call goes on with the next one, and nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from small_hotline import CALL, CALLED, CALLER, TOKEN, House

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(environ: dict[str, str], port: int) -> Iterator[None]:
    """`ivr serve` in a process group of its own, killed at the end without a word."""
    server = subprocess.Popen(
        [sys.executable, "-c", "from ivr.cli import main; main()", "serve", "--port", str(port), "--workers", "1",
         "--no-console"],
        env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        assert server.stdout.readline().startswith("ready http://127.0.0.1:")
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(60)
        server.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="kills a process group")
def test_a_call_outlives_the_server(tmp_path: Path) -> None:
    house = House(tmp_path)
    port = free_port()
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("IVR_", "TWILIO_"))},
        "TWILIO_AUTH_TOKEN": TOKEN,
        "IVR_DATABASE_URL": house.settings.database_url,
        "IVR_FLOWS": house.settings.flows,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    url = f"http://127.0.0.1:{port}"
    phone = PhoneCall(
        delivery=Delivery(HttpLine(), TOKEN),
        number=PhoneNumberSetup(voice=f"{url}/voice", status=f"{url}/voice/status", fallback=f"{url}/voice/fallback"),
        caller=CALLER, called=CALLED, call=CALL,
    )  # fmt: skip
    with serving(environ, port):
        phone.dial()
        phone.press("1")
    with serving(environ, port):
        last = phone.delivery.exchanges[-1]
        assert last.reply is not None
        assert phone.delivery.post(last.url, last.pairs).body == last.reply.body
        phone.press("2")
    with serving(environ, port):
        phone.record(5, text="charged twice")
    assert phone.refused == []
    assert "Your number is" in " ".join(said.text for said in phone.heard)
    with closing(sqlite3.connect(house.path)) as database:
        assert database.execute("SELECT turns_taken, version, disposition FROM calls").fetchall() == [
            (4, 5, "completed")
        ]
        assert database.execute("SELECT turn FROM turns ORDER BY turn").fetchall() == [(1,), (2,), (3,), (4,)]
        assert database.execute("SELECT kind, partial FROM cases").fetchall() == [("complaint", 0)]
        assert database.execute("SELECT transcript FROM recordings").fetchall() == [("charged twice",)]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
