"""The same turns over HTTP: `ivr serve` beside the floors under its own server.

    python benchmarks/over_http.py [--rounds 5] [--each 800] [--connections 8] [--quick]

Each connection is a process that sends its next request when it has the reply; client and server share the machine,
so only the ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import floors
from calls import FLOWS, PUBLIC_URL, TOKEN, Exchange, Held, Kind, stated_versions

HERE = Path(__file__).parent
FORK = multiprocessing.get_context("fork")
A, D, D_FULL = "(a) bare Flask", "(d) NORMAL", "(d) FULL"
FLOORS = {"(a)": A, "(d)": D, "(d FULL)": D_FULL}


class Variant(NamedTuple):
    """A server to be measured: a floor's factory (empty: `ivr serve`), how it commits, which turn is asked of it."""

    floor: str
    sync: str
    kind: Kind


VARIANTS = {
    A: Variant("bare", "NORMAL", "menu"),
    D: Variant("full_from_environment", "NORMAL", "menu"),
    D_FULL: Variant("full_from_environment", "FULL", "menu"),
    "menu turn, NORMAL": Variant("", "NORMAL", "menu"),
    "menu turn, FULL": Variant("", "FULL", "menu"),
    "case turn, NORMAL": Variant("", "NORMAL", "case"),
    "case turn, FULL": Variant("", "FULL", "case"),
}


class Round(NamedTuple):
    """Requests a second, and the latencies at which half and 99 of 100 were answered, in milliseconds."""

    rate: float
    p50: float
    p99: float


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(floor: str, sync: str, database: Path, flows: str = FLOWS) -> Iterator[int]:
    """A server on loopback while the context lasts; its port."""
    port = free_port()
    environ = {
        **os.environ,
        "FLOOR": floor,
        "FLOOR_DB": str(database),
        "IVR_DATABASE_URL": f"sqlite:///{database}",
        "IVR_FLOWS": flows,
        "IVR_HOST": "127.0.0.1",
        "IVR_PORT": str(port),
        "IVR_PUBLIC_URL": PUBLIC_URL,
        "IVR_SQLITE_SYNC": sync,
        "TWILIO_AUTH_TOKEN": TOKEN,
    }
    ivr = str(Path(sys.executable).parent / "ivr")
    command = [sys.executable, str(HERE / "floors.py")] if floor else [ivr, "serve", "--no-console"]
    server = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise SystemExit(f"{' '.join(command)} does not answer")
        yield port
    finally:
        server.terminate()
        server.wait(20)


def request_of(held: Held) -> bytes:
    lines = [f"POST {held.path} HTTP/1.1", "Host: ivr.example.com"]
    lines += [f"{name}: {value}" for name, value in held.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + held.body


def converse(port: int, requests: list[bytes], needs: bytes, start: Any, latencies: Any) -> None:
    """One connection's life, in a process of its own."""
    found: list[float] = []
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start.wait()
        for request in requests:
            began = time.perf_counter()
            line.sendall(request)
            reply = read_reply(line)
            found.append(time.perf_counter() - began)
            assert needs in reply, reply
    latencies.put(found)


def read_reply(line: socket.socket) -> bytes:
    """One reply, read to its end; anything but 200 stops the connection."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += more(line)
    head = got[:end].lower()
    assert head.startswith(b"http/1.1 200"), head
    length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    while len(got) < end + 4 + length:
        got += more(line)
    return got


def more(line: socket.socket) -> bytes:
    part = line.recv(65536)
    assert part, "the server closed the connection"
    return part


def measured(port: int, held: list[Held], connections: int, needs: bytes) -> Round:
    start, latencies = FORK.Barrier(connections + 1), FORK.Queue()
    requests = [request_of(one) for one in held]
    clients = [
        FORK.Process(target=converse, args=(port, requests[at::connections], needs, start, latencies), daemon=True)
        for at in range(connections)
    ]
    for client in clients:
        client.start()
    start.wait(30)
    began = time.perf_counter()
    found = sorted(spent for _ in clients for spent in latencies.get(timeout=120))
    whole = time.perf_counter() - began
    for client in clients:
        client.join()
    assert len(found) == len(held)
    return Round(len(found) / whole, statistics.median(found) * 1e3, found[int(len(found) * 0.99)] * 1e3)


def run(
    folder: Path, rounds: int, each: int, connections: int, variants: Mapping[str, Variant] = VARIANTS
) -> dict[str, list[Round]]:
    """Every variant once a round, in a new order each round; a first round warms up and is not counted."""
    found: dict[str, list[Round]] = {name: [] for name in variants}
    exchanges = {sync: Exchange(f"sqlite:///{folder / f'{sync}.db'}", sync) for sync in ("NORMAL", "FULL")}
    with ExitStack() as stack:
        ports: dict[tuple[str, str], int] = {}
        for floor, sync, _ in variants.values():
            if (floor, sync) not in ports:
                database = folder / (f"floor-{sync}.db" if floor else f"{sync}.db")
                ports[floor, sync] = stack.enter_context(served(floor, sync, database))
        for turn in range(rounds + 1):
            order = list(variants.items())
            random.shuffle(order)
            for name, (floor, sync, kind) in order:
                held = exchanges["NORMAL" if floor else sync].hold(kind, each)
                random.shuffle(held)
                if floor.startswith("full"):
                    floors.make_calls(str(folder / f"floor-{sync}.db"), (one.call for one in held))
                round = measured(ports[floor, sync], held, connections, b"<Say>" if floor == "bare" else b"<Gather ")
                if turn:
                    found[name].append(round)
    return found


def table(found: dict[str, list[Round]]) -> str:
    """Medians over the rounds, and the rate as a ratio of the rate of each floor that was measured."""
    middle = {name: Round(*map(statistics.median, zip(*rounds, strict=True))) for name, rounds in found.items()}
    floor = {short: middle[name] for short, name in FLOORS.items() if name in middle}
    heads = ["", "req/s", "p50 / p99 ms", *(f"req/s x {name}" for name in floor)]
    heads += [f"p50 / p99 x {name}" for name in floor if name != "(a)"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, own in middle.items():
        cells = [name, f"{own.rate:.0f}", f"{own.p50:.1f} / {own.p99:.1f}"]
        cells += [f"{own.rate / under.rate:.2f}" for under in floor.values()]
        cells += [f"{own.p50 / f.p50:.2f} / {own.p99 / f.p99:.2f}" for name, f in floor.items() if name != "(a)"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


QUICK = {name: VARIANTS[name] for name in (D, "menu turn, NORMAL")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--each", type=int, default=800, help="requests a variant and round")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--quick", action="store_true", help="one floor and one turn, once: only whether it works")
    options = parser.parse_args()
    variants = VARIANTS
    if options.quick:
        options.rounds, options.each, options.connections, variants = 1, 4, 2, QUICK
    print(stated_versions())
    print(f"{options.rounds} rounds of {options.each} requests over {options.connections} connections; medians\n")
    with tempfile.TemporaryDirectory() as folder:
        print(table(run(Path(folder), options.rounds, options.each, options.connections, variants)))


if __name__ == "__main__":
    main()
