"""`ivr serve` in a process of its own on a free port, and telephones for it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ivr.carrier.delivery import Delivery
from ivr.carrier.line import HttpLine
from ivr.carrier.phone_call import PhoneCall, PhoneNumberSetup

IVR = Path(sys.executable).parent / "ivr"
TOKEN = "an-invented-token"


class Served:
    """A running hotline: its URL, and what it prints."""

    def __init__(self, process: subprocess.Popen[str], said: list[str], port: int) -> None:
        self.process, self.said, self.url = process, said, f"http://127.0.0.1:{port}"

    def phone(self) -> PhoneCall:
        url = self.url
        number = PhoneNumberSetup(voice=f"{url}/voice", status=f"{url}/voice/status", fallback=f"{url}/voice/fallback")
        return PhoneCall(
            delivery=Delivery(HttpLine(), TOKEN), number=number, caller="+12025550123", called="+862155500000"
        )

    def wait_for(self, text: str, seconds: float = 60) -> str:
        """The first line that holds `text`, printed until then."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = [line for line in list(self.said) if text in line]
            if found:
                return found[0]
            time.sleep(0.02)
        raise AssertionError(f"never said: {text!r}, but {self.said}")


@contextmanager
def serving(folder: Path, *words: str, command: Path = IVR, console: bool = False, **environ: str) -> Iterator[Served]:
    """Ready when the body is entered; stopped by SIGTERM when it is left."""
    words = words if console else (*words, "--no-console")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    usual = {"PATH": os.environ["PATH"], "HOME": str(folder), "TWILIO_AUTH_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [str(command), "serve", "--port", str(port), *words],
        cwd=folder, env={**usual, **environ}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(iter(process.stdout.readline, "")))  # type: ignore[union-attr]
    reader.start()
    served = Served(process, said, port)
    try:
        served.wait_for("ready http")
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        reader.join(60)
        process.stdout.close()


def heard(phone: PhoneCall) -> str:
    return " ".join(said.text for said in phone.heard)
