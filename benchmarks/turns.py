"""One turn in process beside the floors: every request a new turn of a live call, all variants interleaved.

    python benchmarks/turns.py [--rounds 15] [--each 100] [--profile NORMAL|FULL|PostgreSQL] [--quick]

Absolute times move from minute to minute on a shared machine: read the ratios.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import io
import logging
import os
import pstats
import random
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import floors
from calls import PUBLIC_URL, TOKEN, Exchange, Held, Kind, stated_versions
from postgres_database import postgres_databases, stated_server

from ivr.app.logs.setup import keep_records_small
from ivr.app.logs.writer import Lines
from ivr.app.metrics.counting import Counting
from ivr.app.metrics.places import VARIABLE
from ivr.app.metrics.start import counting_of
from ivr.app.observed.middleware import Observed
from ivr.call.inputs import Digits, Given
from ivr.call.state import decode_state, encode_state
from ivr.config import Settings
from ivr.engine.turn import take_turn
from webhooks import create_app

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
GATHER = b"<Gather "
KINDS: tuple[Kind, ...] = ("menu", "case")
A, D, D_FULL, E = "(a) bare Flask", "(d) NORMAL", "(d) FULL", "(e) PostgreSQL"
FLOORS = {"(a)": A, "(d)": D, "(d FULL)": D_FULL, "(e)": E}


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


class Spent(NamedTuple):
    """Microseconds a request: of this process's processor time, which is the cost whoever else is at work here, and by
    the clock, in which the waiting for a database's server and for the disk is too."""

    processor: float
    clock: float


Timed = Callable[[], Spent]


class Stopwatch:
    """Both times, from now on."""

    def __init__(self) -> None:
        gc.collect()
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def spent(self, requests: int) -> Spent:
        processor, clock = time.process_time() - self._processor, time.perf_counter() - self._clock
        return Spent(processor / requests * 1e6, clock / requests * 1e6)


def timed(app: App, requests: list[Held], profile: cProfile.Profile | None = None, *, needs: bytes = GATHER) -> Spent:
    """What a request takes. A reply that is not 200, or an apology that asks nothing more, stops the run."""
    environs = [environ_of(held) for held in requests]
    seen: list[str] = []
    bodies: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        seen.append(status)

    watch = Stopwatch()
    if profile:
        profile.enable()
    for environ in environs:
        reply = app(environ, start)
        bodies.append(b"".join(reply))
        close = getattr(reply, "close", None)
        if close:
            close()
    if profile:
        profile.disable()
    spent = watch.spent(len(environs))
    assert len(seen) == len(environs) and set(seen) == {"200 OK"}, set(seen)
    assert all(needs in body for body in bodies), bodies[0]
    return spent


def engine_alone(exchange: Exchange, held: list[Held]) -> Spent:
    """A menu turn's state read, turn taken, state written; no database, no HTTP."""
    release = exchange.hotline.ports.release(str(exchange.hotline.ports.store.current_release()))
    with exchange.hotline.ports.store.transaction() as tx:
        states = [bytes(row.state or b"") for one in held if (row := tx.call(one.call))]
    given, now = Given(input=Digits("8"), turn=3, handling_seconds=9), datetime.now(UTC)
    watch = Stopwatch()
    for state in states:
        encode_state(take_turn(release, decode_state(state), given, now).state)
    return watch.spent(len(states))


def counted(folder: Path) -> Counting:
    """What counts in this process; its files lie in the folder."""
    os.environ[VARIABLE] = str(folder / "metrics")
    return counting_of(Settings(metrics_port=9464))


class Bench:
    """All variants, each a function that takes one round."""

    def __init__(self, folder: Path, postgres: str, each: int) -> None:
        self.folder, self.postgres, self.each = folder, postgres, each
        self.exchanges = {sync: Exchange(f"sqlite:///{folder / f'{sync}.db'}", sync) for sync in ("NORMAL", "FULL")}
        self.exchanges["PostgreSQL"] = Exchange(postgres)
        self.by_flask = create_app(hotline=self.exchanges["NORMAL"].hotline)
        self.by_flask.before_request(lambda: None)  # where there is a hook, Flask dispatches every request
        self.unobserved = self.exchanges["NORMAL"].app.wsgi_app._app  # without the request's id, counts and log
        self.told = Observed(self.unobserved, counted(folder))
        keep_records_small()
        self.log = Lines("json", os.open(os.devnull, os.O_WRONLY))
        self.bare = floors.bare()
        self.full = {s: floors.full(self._floor_path(s), s, TOKEN, PUBLIC_URL) for s in ("NORMAL", "FULL")}
        self.full_on_postgres = floors.full_on_postgres(postgres, TOKEN, PUBLIC_URL)
        self.variants: dict[str, Timed] = {
            A: lambda: timed(self.bare, self.held("NORMAL", "menu"), needs=b"<Say>"),
            D: lambda: self._full("NORMAL"),
            D_FULL: lambda: self._full("FULL"),
            E: self._full_on_postgres,
            "engine and codec alone": lambda: engine_alone(self.exchanges["NORMAL"], self.held("NORMAL", "menu")),
            "menu turn, NORMAL, unobserved": lambda: timed(self.unobserved, self.held("NORMAL", "menu")),
            "menu turn, NORMAL, with metrics and log": self._told,
            "menu turn, NORMAL, by Flask": lambda: timed(self.by_flask, self.held("NORMAL", "menu")),
        }
        for database in self.exchanges:
            for kind in KINDS:
                self.variants[f"{kind} turn, {database}"] = partial(self._turn, database, kind)

    def _floor_path(self, sync: str) -> str:
        return str(self.folder / f"floor-{sync}.db")

    def held(self, database: str, kind: Kind) -> list[Held]:
        """Calls led to the turn, in no order, as callers come."""
        held = self.exchanges[database].hold(kind, self.each)
        random.shuffle(held)
        return held

    def _full(self, sync: str) -> Spent:
        held = self.held("NORMAL", "menu")
        floors.make_calls(self._floor_path(sync), (one.call for one in held))
        return timed(self.full[sync], held)

    def _full_on_postgres(self) -> Spent:
        held = self.held("NORMAL", "menu")
        floors.make_calls_on_postgres(self.postgres, (one.call for one in held))
        return timed(self.full_on_postgres, held)

    def _turn(self, database: str, kind: Kind) -> Spent:
        return timed(self.exchanges[database].app, self.held(database, kind))

    def _told(self) -> Spent:
        """Counted for metrics, and a line in the log for each request."""
        logger, held = logging.getLogger("ivr"), self.held("NORMAL", "menu")
        logger.addHandler(self.log)
        logger.setLevel(logging.INFO)
        try:
            return timed(self.told, held)
        finally:
            logger.setLevel(logging.WARNING)
            logger.removeHandler(self.log)

    def run(self, rounds: int) -> dict[str, list[Spent]]:
        """Every variant once a round, in a new order each round; a first round warms up and is not counted."""
        found: dict[str, list[Spent]] = {name: [] for name in self.variants}
        gc.collect()
        gc.freeze()  # else each stopwatch begins with a look at all that was loaded
        for turn in range(rounds + 1):
            order = list(self.variants.items())
            random.shuffle(order)
            for name, take in order:
                spent = take()
                if turn:
                    found[name].append(spent)
        return found


def table(found: dict[str, list[Spent]]) -> str:
    """The best round of each, of the processor's time and by the clock, and both as ratios of the floors' best."""
    best = {name: Spent(*map(min, zip(*rounds, strict=True))) for name, rounds in found.items()}
    heads = ["", "us, processor / clock", *(f"x {name}" for name in FLOORS)]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, own in best.items():
        cells = [name, f"{own.processor:.0f} / {own.clock:.0f}"]
        under = [best[floor] for floor in FLOORS.values()]
        cells += [f"{own.processor / floor.processor:.2f} / {own.clock / floor.clock:.2f}" for floor in under]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--each", type=int, default=100, help="requests a variant and round")
    parser.add_argument("--profile", choices=("NORMAL", "FULL", "PostgreSQL"), help="where a turn's time goes there")
    parser.add_argument("--kind", choices=KINDS, default="menu", help="the turn that --profile looks at")
    parser.add_argument("--quick", action="store_true", help="one round of two requests: only whether it works")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.each = 1, 2
    with tempfile.TemporaryDirectory() as folder, postgres_databases(Path(folder), 1) as (postgres,):
        bench = Bench(Path(folder), postgres, options.each)
        if options.profile:
            profile = cProfile.Profile(time.process_time)
            for _ in range(options.rounds):
                timed(bench.exchanges[options.profile].app, bench.held(options.profile, options.kind), profile)
            pstats.Stats(profile).sort_stats("tottime").print_stats(45)
            return
        found = bench.run(options.rounds)
        print(f"{stated_versions()}; {stated_server(postgres)}")
    print(
        f"{options.rounds} rounds of {options.each} requests, interleaved; best rounds; load {os.getloadavg()[0]:.0f}\n"
    )
    print(table(found))


if __name__ == "__main__":
    main()
