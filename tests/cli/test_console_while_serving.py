"""The API beside a served hotline: with its own port and process, and never in the way of a call."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from served_hotline import IVR, Served, serving


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, token: str = "", body: bytes | None = None, **headers: str) -> tuple[int, Any]:
    """Status and JSON of an answer; waits until somebody answers there."""
    until = time.monotonic() + 30
    sent = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}
    while True:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, sent)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < until, "nobody answers"
            time.sleep(0.05)


def answered(port: int, request: bytes) -> tuple[int, str]:
    """Status and code of what the server itself says of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        head, _, body = b"".join(iter(lambda: connection.recv(4096), b"")).partition(b"\r\n\r\n")
    assert b"Cache-Control: no-store" in head and b"application/json" in head
    return int(head.split()[1]), json.loads(body)["error"]


def console_of(served: Served) -> int:
    """The process that answers the API."""
    pid = served.process.pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if "console_process" in Path(f"/proc/{child}/cmdline").read_text():
            return int(child)
    raise AssertionError("there is none")


def gone(pid: int) -> None:
    """Wait until this process has ended."""
    until = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < until
        time.sleep(0.05)


def token_of(folder: Path) -> str:
    """Somebody's token, made beside the running hotline."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    said = ""
    for words in (("add", "li", "--role", "agent"), ("token", "li")):
        said = subprocess.run(
            [str(IVR), "people", *words], cwd=folder, env=environ, check=True, capture_output=True, text=True
        ).stdout
    return said.split()[-1]


def test_a_case_of_a_call_is_read_and_moved_while_calls_go_on(small_folder: Path, port: int) -> None:
    with serving(small_folder, "--workers", "1", console=True, IVR_CONSOLE_PORT=str(port), IVR_LOG="json") as served:
        phone = served.phone()
        phone.dial()
        assert ask(port, "/healthz") == (200, {"status": "ok"})
        token = token_of(small_folder)
        assert ask(port, "/api/cases", token) == (200, {"cases": [], "next": None})
        status, said = ask(port, "/api/cases/648808661/moves", token, b"x" * 70_000)
        assert (status, said["error"]) == (413, "too_large")
        assert answered(port, b"GET /api/me HTTP/1.1\r\nContent-Length: 300000\r\n\r\n") == (413, "too_large")
        assert answered(port, b"GET /api/me HTTP/1.1\r\nContent-Length: x\r\n\r\n") == (400, "bad_request")
        with pytest.raises(urllib.error.HTTPError) as unknown:
            urllib.request.urlopen(f"{served.url}/api/me", timeout=20)
        unknown.value.close()
        assert unknown.value.code == 404, "the port of calls knows nothing of the API"
        before = console_of(served)
        served.process.send_signal(signal.SIGHUP)
        served.wait_for("restarted")
        gone(before)
        assert ask(port, "/api/me", token)[0] == 200
        console = console_of(served)
    assert not Path(f"/proc/{console}").exists() and served.process.returncode == 0
    routes = [json.loads(line).get("route") for line in served.said if line.startswith("{")]
    assert "GET /api/me" in routes and not [line for line in served.said if token in line or "Traceback" in line]


def test_a_killed_console_is_started_again_later_and_later_and_calls_go_on(small_folder: Path, port: int) -> None:
    with serving(small_folder, "--workers", "1", console=True, IVR_CONSOLE_PORT=str(port)) as served:
        for pause in ("0.25 s", "0.5 s"):
            ask(port, "/healthz")
            killed = console_of(served)
            os.kill(killed, signal.SIGKILL)
            served.wait_for(f"console process {killed} ended by signal 9; another starts in {pause}")
            phone = served.phone()
            phone.dial()
            assert phone.heard
        assert ask(port, "/healthz")[0] == 200
        assert not [line for line in served.said if "voice process" in line]


def test_a_taken_port_is_one_line_and_calls_are_answered(small_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(small_folder, "--workers", "1", console=True, IVR_CONSOLE_PORT=str(port)) as served:
            served.wait_for("no API yet, calls are answered all the same")
            phone = served.phone()
            phone.dial()
            assert phone.heard
            time.sleep(2.5)
            assert len([line for line in served.said if "no API yet" in line]) == 1
            taken.close()
            assert ask(port, "/healthz")[0] == 200, "once the port is free it is used"


def test_without_a_console_there_is_no_process_for_it(small_folder: Path) -> None:
    with serving(small_folder, "--workers", "1") as served, pytest.raises(AssertionError, match="there is none"):
        console_of(served)
