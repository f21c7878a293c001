"""What goes wrong in a chaos run, and how often: the modes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from random import Random

from chaos_postgres import ScratchPostgres
from chaos_servers import Servers


class Faults:
    """Makes one kind of thing go wrong every `every` seconds for so many `seconds`, unless the context ends before."""

    def __init__(
        self, fail: Fault, every: float, seconds: float, servers: Servers, postgres: ScratchPostgres | None
    ) -> None:
        self._fail, self._every, self._seconds = fail, every, seconds
        self._servers, self._postgres = servers, postgres
        self._chance = Random(f"{every} {seconds}")
        self._over = threading.Event()
        self._trouble: list[BaseException] = []
        self._thread = threading.Thread(target=self._go_wrong, daemon=True)

    def __enter__(self) -> Faults:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        if self._trouble:
            raise self._trouble[0]

    def _go_wrong(self) -> None:
        until = time.monotonic() + self._seconds
        try:
            while not self._over.wait(self._every) and time.monotonic() < until:
                self._fail(self)
        except BaseException as trouble:
            self._trouble.append(trouble)

    def kill_one(self) -> None:
        """Kill a server that listens, if any does: one that only starts has nothing to lose."""
        listening = [server for server in self._servers.all if server.listens()]
        if listening:
            self._servers.kill([self._chance.choice(listening)])

    def kill_all(self) -> None:
        """A total outage; the next one not before a server listens again."""
        self._servers.kill(self._servers.all)
        while not any(server.listens() for server in self._servers.all) and not self._over.is_set():
            time.sleep(0.05)

    def crash_database(self) -> None:
        """The database is away for up to three seconds, and recovers."""
        if self._postgres is not None:
            self._postgres.crash()
            time.sleep(self._chance.choice((0.0, 0.5, 3.0)))
            self._postgres.start()

    def anything(self) -> None:
        """One of all these."""
        self._chance.choice((Faults.kill_one, Faults.kill_all, Faults.crash_database))(self)


Fault = Callable[[Faults], None]
MODES: Mapping[str, Fault] = {
    "one": Faults.kill_one,
    "all": Faults.kill_all,
    "database": Faults.crash_database,
    "mixed": Faults.anything,
}
"""By name: one server at a time, all servers at once, PostgreSQL itself, or each by chance."""
