"""How many stored turns a core takes again in a second, beside the floor it stands on, and where the time goes.

    python benchmarks/replay.py [--turns 100000] [--rounds 7] [--profile] [--quick]

The calls are the fixtures, phoned through the webhooks into one database and copied under other ids. The floor is
reading every turn and decoding its input; the whole is what `ivr replay` does with a database: read, decode, the state
through the codec both ways, the turn, its events' digest compared. Times are this process's own on the processor, so
that whatever else runs takes no part.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from calls import stated_versions

sys.path.append(str(Path(__file__).parents[1] / "tests" / "histories"))
from record import CALLS, FixtureCalls

from ivr.app.wiring import wire
from ivr.call.inputs import Given
from ivr.call.state import State, decode_state, encode_state
from ivr.config import Settings
from ivr.engine.turn import begin, take_turn
from ivr.flow.model import Release
from ivr.replay.fixture import read_fixture
from ivr.replay.stored import replay_stored
from ivr.service.calls.answer import digest
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import CallFilter, RecordedCall
from ivr.storage.call_rows import CallRows
from ivr.storage.schema import engine


def make(path: Path, turns: int, fixtures: int | None = None) -> Settings:
    """A database of at least so many turns: the calls of the fixtures (of the first so many), again and again."""
    phoned = FixtureCalls(path.parent)
    for number, file in enumerate(files()[:fixtures], 1):
        found = phoned.phone(file)
        if number == 1:
            shutil.copy(found, path)
        else:
            take_over(path, found, number)
    copy(path, turns)
    return Settings(database_url=f"sqlite:///{path}")


def files() -> list[Path]:
    """The fixtures of the shipped flows."""
    found = ((file, read_fixture(file.name, file.read_bytes())[0]) for file in sorted(CALLS.glob("*.call.yaml")))
    return [file for file, fixture in found if fixture is not None and not fixture.fields.flows]


def take_over(path: Path, other: Path, number: int) -> None:
    """Add the call of another database under an id and a number of its own."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("ATTACH ? AS other", (str(other),))
        database.execute("UPDATE other.calls SET number = ?, call = ?", (number, f"CA{number:032}"))
        database.execute("UPDATE other.turns SET call = ?", (f"CA{number:032}",))
        for table in ("calls", "turns"):
            database.execute(f"INSERT INTO main.{table} SELECT * FROM other.{table}")
        database.commit()


def copy(path: Path, turns: int) -> None:
    """The same calls again under other ids, until there are enough turns."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE calls SET simulated = 0")
        found = database.execute("SELECT count(*) FROM turns").fetchone()[0]
        columns = {
            table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in ("calls", "turns")
        }
        for n in range(1, -(-turns // found)):
            for table, names in columns.items():
                copied = {"call": f"'{n}-' || call", "number": f"{n} * 1000 + number"}
                values = ", ".join(copied.get(name, f'"{name}"') for name in names)
                where = "instr(call, '-') = 0"
                database.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {where}")


def parts(calls: list[RecordedCall], release: Release) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each part of a turn alone, on the turns of a sample."""
    stored = [decode_stored(turn.input) for call in calls for turn in call.turns]
    steps: list[tuple[State, Given, datetime]] = []
    taken = []
    raw = []
    for call in calls:
        state = begin(release, call.entry)
        for number, turn in enumerate(call.turns, 1):
            came = stored[len(steps)]
            steps.append((state, Given(came.input, number, came.handling_seconds, came.facts), came.at))
            taken.append(take_turn(release, *steps[-1]))
            state = taken[-1].state
            raw.append((turn.input, encode_state(state)))
    yield "an input decoded", lambda: drain(decode_stored(each) for each, _ in raw)
    yield "a state decoded", lambda: drain(decode_state(state) for _, state in raw)
    yield "the turn taken", lambda: drain(take_turn(release, *each) for each in steps)
    yield "a state encoded", lambda: drain(encode_state(turn.state) for turn in taken)
    yield "events digested", lambda: drain(digest(turn.events) for turn in taken)


def drain(results: Iterable[object]) -> None:
    """Let each go at once, as a replay does."""
    for _ in results:
        pass


def best(rounds: int, work: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """The best time of each in microseconds of the processor a turn, the rounds interleaved."""
    found = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for name, (run, turns) in work.items():
            gc.collect()
            begun = time.process_time()
            run()
            found[name] = min(found[name], 1e6 * (time.process_time() - begun) / turns)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--quick", action="store_true", help="three calls, once: only whether it works")
    given = parser.parse_args()
    if given.quick:
        given.turns = given.rounds = 1
    with tempfile.TemporaryDirectory() as folder:
        settings = make(Path(folder) / "replay.db", given.turns, 3 if given.quick else None)
        rows, ports = CallRows(engine(settings.database_url)), wire(settings).ports
        everything = CallFilter()
        turns = sum(len(call.turns) for call in rows.calls(everything))
        sample = [call for _, call in zip(range(1500), rows.calls(everything), strict=False)]
        release = ports.release(sample[0].release)

        def whole() -> None:
            for tally in replay_stored(rows, everything, ports.release, ports.render):
                assert not tally.differ and not tally.unread, tally

        def floor() -> None:
            for call in rows.calls(everything):
                drain(decode_stored(turn.input) for turn in call.turns)

        if given.profile:
            cProfile.runctx("whole()", {"whole": whole}, {}, sort="tottime")
            return
        few = sum(len(call.turns) for call in sample)
        reading = {"rows read": (lambda: drain(rows.calls(everything)), turns)}
        work = {**reading, **{name: (run, few) for name, run in parts(sample, release)}}
        show(best(given.rounds, {**work, "floor: read and decode": (floor, turns), "whole": (whole, turns)}), turns)


def show(found: dict[str, float], turns: int) -> None:
    """The table of the README."""
    print(f"{stated_versions()}\n{turns} turns; best of the rounds, interleaved\n")
    print("| | us a turn | turns/s | x floor |")
    print("|---|---|---|---|")
    floor = found["floor: read and decode"]
    for name, us in found.items():
        print(f"| {name} | {us:.2f} | {1e6 / us:,.0f} | {us / floor:.2f} |")


if __name__ == "__main__":
    main()
