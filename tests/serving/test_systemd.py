"""What a service manager hands over and is told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from ivr.app.serving.systemd import inherited_socket, notify

SHOW = """
from ivr.app.serving.systemd import inherited_socket
from ivr.errors import InvalidArgument
import os
try:
    found = inherited_socket()
    print(found and found.getsockname()[1], os.environ.get("LISTEN_FDS"))
except InvalidArgument as wrong:
    print(wrong)
"""


HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ["LISTEN_PID"] = os.environ.get("ANOTHER") or str(os.getpid())
os.execv(sys.executable, [sys.executable, "-c", sys.argv[2]])
"""


def shown(fd: int, **environ: str) -> str:
    """What a process says that is started with a file as its third."""
    command = [sys.executable, "-c", HAND_OVER, str(fd), SHOW]
    environ = {**os.environ, **environ}
    return subprocess.run(command, pass_fds=[fd], capture_output=True, text=True, env=environ).stdout.strip()


def test_a_listening_socket_is_taken_over_once() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()

        assert shown(held.fileno(), LISTEN_FDS="1") == f"{held.getsockname()[1]} None"


def test_a_socket_for_another_process_is_left_alone() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()

        assert shown(held.fileno(), LISTEN_FDS="1", ANOTHER="1") == "None None"
        assert shown(held.fileno()) == "None None"


def test_two_sockets_are_one_sentence() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()

        assert "Leave one ListenStream" in shown(held.fileno(), LISTEN_FDS="2")


def test_a_file_that_does_not_listen_is_one_sentence(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file, socket.socket() as silent:
        for fd in (file.fileno(), silent.fileno()):
            assert "is a listening socket, but it" in shown(fd, LISTEN_FDS="1")


@pytest.mark.parametrize("hidden", [False, True], ids=["a file", "a name without a file"])
def test_the_service_manager_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hidden: bool) -> None:
    name = f"ivr-test-{os.getpid()}" if hidden else str(tmp_path / "told")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(f"\0{name}" if hidden else name)
        told.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}" if hidden else name)

        notify("READY=1")

        assert told.recv(100) == b"READY=1"


def test_nobody_is_told_where_there_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", "/nowhere/told")
    notify("READY=1")
    assert inherited_socket() is None
