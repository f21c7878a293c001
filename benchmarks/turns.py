"""One turn in process beside the floors: every request a new turn of a live call, all variants interleaved.

    python benchmarks/turns.py [--rounds 15] [--each 100] [--profile] [--quick]

Absolute times move from minute to minute on a shared machine: read the ratios.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import io
import pstats
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import floors
from calls import PUBLIC_URL, TOKEN, Exchange, Held, Kind, stated_versions

from ivr.call.inputs import Digits, Given
from ivr.call.state import decode_state, encode_state
from ivr.engine.turn import take_turn

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Timed = Callable[[], float]
GATHER = b"<Gather "
A, D, D_FULL = "(a) bare Flask", "(d) NORMAL", "(d) FULL"


def environ_of(held: Held) -> dict[str, Any]:
    """What a server hands over; made before the clock runs."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": held.path,
        "QUERY_STRING": "",
        "SERVER_NAME": "ivr.example.com",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "ivr.example.com",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(held.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in held.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value
    return environ


def timed(app: App, requests: list[Held], profile: cProfile.Profile | None = None, *, needs: bytes = GATHER) -> float:
    """Microseconds a request. A reply that is not 200, or an apology that asks nothing more, stops the run."""
    environs = [environ_of(held) for held in requests]
    seen: list[str] = []
    bodies: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        seen.append(status)

    gc.collect()
    if profile:
        profile.enable()
    began = time.perf_counter()
    for environ in environs:
        reply = app(environ, start)
        bodies.append(b"".join(reply))
        close = getattr(reply, "close", None)
        if close:
            close()
    spent = time.perf_counter() - began
    if profile:
        profile.disable()
    assert len(seen) == len(environs) and set(seen) == {"200 OK"}, set(seen)
    assert all(needs in body for body in bodies), bodies[0]
    return spent / len(environs) * 1e6


def engine_alone(exchange: Exchange, held: list[Held]) -> float:
    """Microseconds for a menu turn's state read, turn taken, state written; no database, no HTTP."""
    release = exchange.hotline.ports.release(str(exchange.hotline.ports.store.current_release()))
    with exchange.hotline.ports.store.transaction() as tx:
        states = [bytes(row.state or b"") for one in held if (row := tx.call(one.call))]
    given, now = Given(input=Digits("8"), turn=3, handling_seconds=9), datetime.now(UTC)
    gc.collect()
    began = time.perf_counter()
    for state in states:
        encode_state(take_turn(release, decode_state(state), given, now).state)
    return (time.perf_counter() - began) / len(states) * 1e6


class Bench:
    """All variants, each a function that takes one round."""

    def __init__(self, folder: Path, each: int) -> None:
        self.folder, self.each = folder, each
        self.exchanges = {sync: Exchange(str(folder / f"{sync}.db"), sync) for sync in ("NORMAL", "FULL")}
        self.bare = floors.bare()
        self.full = {s: floors.full(self._floor_path(s), s, TOKEN, PUBLIC_URL) for s in ("NORMAL", "FULL")}
        self.variants: dict[str, Timed] = {
            A: self._bare,
            D: lambda: self._full("NORMAL"),
            D_FULL: lambda: self._full("FULL"),
            "engine and codec alone": lambda: engine_alone(self.exchanges["NORMAL"], self._held("NORMAL", "menu")),
            "menu turn, NORMAL": lambda: self._turn("NORMAL", "menu"),
            "menu turn, FULL": lambda: self._turn("FULL", "menu"),
            "case turn, NORMAL": lambda: self._turn("NORMAL", "case"),
            "case turn, FULL": lambda: self._turn("FULL", "case"),
        }

    def _floor_path(self, sync: str) -> str:
        return str(self.folder / f"floor-{sync}.db")

    def _held(self, sync: str, kind: Kind) -> list[Held]:
        """Calls led to the turn, in no order, as callers come."""
        held = self.exchanges[sync].hold(kind, self.each)
        random.shuffle(held)
        return held

    def _bare(self) -> float:
        return timed(self.bare, self._held("NORMAL", "menu"), needs=b"<Say>")

    def _full(self, sync: str) -> float:
        held = self._held("NORMAL", "menu")
        floors.make_calls(self._floor_path(sync), (one.call for one in held))
        return timed(self.full[sync], held)

    def _turn(self, sync: str, kind: Kind) -> float:
        return timed(self.exchanges[sync].app, self._held(sync, kind))

    def run(self, rounds: int) -> dict[str, list[float]]:
        """Every variant once a round, in a new order each round; a first round warms up and is not counted."""
        found: dict[str, list[float]] = {name: [] for name in self.variants}
        for turn in range(rounds + 1):
            order = list(self.variants.items())
            random.shuffle(order)
            for name, take in order:
                spent = take()
                if turn:
                    found[name].append(spent)
        return found


def table(found: dict[str, list[float]]) -> str:
    """Best and median, and both as ratios of the floors' best and median."""
    best = {name: min(times) for name, times in found.items()}
    middle = {name: statistics.median(times) for name, times in found.items()}
    lines = ["| | best / median us | x (a) | x (d) | x (d FULL) |", "|---|---|---|---|---|"]
    for name in found:
        ratios = [f"{best[name] / best[f]:.2f} / {middle[name] / middle[f]:.2f}" for f in (A, D, D_FULL)]
        lines.append(f"| {name} | {best[name]:.0f} / {middle[name]:.0f} | " + " | ".join(ratios) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--each", type=int, default=100, help="requests a variant and round")
    parser.add_argument("--profile", action="store_true", help="where a menu turn's time goes, by function")
    parser.add_argument("--quick", action="store_true", help="one round of two requests: only whether it works")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.each = 1, 2
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.each)
        if options.profile:
            profile = cProfile.Profile()
            for _ in range(options.rounds):
                timed(bench.exchanges["NORMAL"].app, bench._held("NORMAL", "menu"), profile)
            pstats.Stats(profile).sort_stats("tottime").print_stats(45)
            return
        print(stated_versions())
        print(f"{options.rounds} rounds of {options.each} requests, interleaved; ratios of best / of medians\n")
        print(table(bench.run(options.rounds)))


if __name__ == "__main__":
    main()
