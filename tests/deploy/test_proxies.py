"""The samples for nginx and Caddy, run in front of a sandbox where these programs are installed.

What they must say is held by test_samples.py, on every machine.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
IVR = Path(sys.executable).parent / "ivr"
TOKEN = "an-invented-token"
HALF = 3
"""More senders who never end than the sandbox has threads."""


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def nginx(folder: Path, port: int, upstream: int) -> list[str]:
    """The sample, without TLS and as whoever runs this; `nginx -t` has read it."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace(
        "127.0.0.1:8000", f"127.0.0.1:{upstream}"
    )
    text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.M).replace("/var/log/nginx/ivr.log", str(folder / "access.log"))
    text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, flags=re.S)
    places = "".join(
        f"{kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"daemon off; pid {folder / 'pid'}; error_log stderr; events {{}} http {{ {places}\n{text} }}\n"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    words = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*words, "-t"], check=True, capture_output=True)
    return words


def caddy(folder: Path, port: int, upstream: int) -> list[str]:
    """The sample, without the port that changes it while it runs; `caddy validate` has read it."""
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8").replace("{\n", "{\n\tadmin off\n", 1)
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    os.environ.update(IVR_SITE=f"http://127.0.0.1:{port}", IVR_UPSTREAM=f"127.0.0.1:{upstream}")
    words = ["--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    subprocess.run(["caddy", "validate", *words], check=True, capture_output=True)
    return ["caddy", "run", *words]


def runs(program: str) -> bool:
    """Whether the program is here; of Caddy, one that knows the words of the sample."""
    if shutil.which(program) is None:
        return False
    if program == "nginx":
        return True
    said = subprocess.run(["caddy", "version"], capture_output=True, text=True).stdout.lstrip("v")
    return tuple(map(int, re.findall(r"\d+", said)[:2])) >= (2, 7)


PROXIES = [
    pytest.param(start, marks=pytest.mark.skipif(not runs(start.__name__), reason=f"no {start.__name__} here"))
    for start in (nginx, caddy)
]


def sandbox(folder: Path, port: int, public: int) -> subprocess.Popen[bytes]:
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "TWILIO_AUTH_TOKEN": TOKEN}
    return subprocess.Popen(
        [str(IVR), "serve", "--sandbox", "--workers", "1", "--no-worker", "--no-console", "--port", str(port)],
        cwd=folder, env={**clean, "IVR_PUBLIC_URL": f"http://127.0.0.1:{public}"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=60)


def listening(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


def send(port: int, text: str) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), timeout=30)
    made.sendall(text.encode())
    return made


def status_of(port: int, text: str) -> int:
    with closing(send(port, text)) as sent:
        return int(sent.recv(100).split(b" ", 2)[1])


def request(path: str, body: str = "", *, method: str = "POST", length: int | None = None, more: str = "") -> str:
    form = "Content-Type: application/x-www-form-urlencoded"
    size = f"Content-Length: {len(body) if length is None else length}"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{form}\r\n{size}\r\n{more}\r\n{body}"


def doctor(folder: Path, upstream: int, public: int) -> str:
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "TWILIO_AUTH_TOKEN": TOKEN, "IVR_PORT": str(upstream)}
    environ = {**clean, "IVR_PUBLIC_URL": f"http://127.0.0.1:{public}"}
    return subprocess.run([str(IVR), "doctor"], cwd=folder, env=environ, capture_output=True, text=True).stdout


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_signed_request_passes_while_others_never_end_theirs(
    proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("IVR_SITE", "IVR_UPSTREAM"):
        monkeypatch.setenv(name, "")
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    port, upstream = free_ports(2)
    log = (tmp_path / "proxy.log").open("wb")
    with (
        log,
        ended(sandbox(tmp_path, upstream, port)),
        ended(subprocess.Popen(proxy(tmp_path, port, upstream), stdout=log, stderr=log)),
    ):
        listening(upstream)
        listening(port)
        slow = [send(port, request("/voice", "CallSid=", length=500)) for _ in range(HALF)]

        said = doctor(tmp_path, upstream, port)

        assert f"ok       through-url  a signed request comes through http://127.0.0.1:{port}" in said, said
        forged = "X-Forwarded-Host: ivr.example.com\r\nX-Forwarded-Proto: https\r\n"
        assert status_of(port, request("/voice", "CallSid=CA1", more=forged)) == 403
        assert [status_of(port, request(path, method="GET")) for path in ("/readyz", "/metrics", "/voices", "/")] == [
            404, 404, 404, 404,
        ]  # fmt: skip
        assert status_of(port, request("/voice", "a" * 70_000)) == 413
        assert status_of(port, request("/voice?" + "a" * 40_000)) in (414, 431)
        for connection in slow:
            connection.close()
