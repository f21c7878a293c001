"""Databases for random calls: fresh ones for hotlines in this process, and a running sandbox's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ivr.app.database import opened
from ivr.cli.shared.in_process_hotline import InProcessHotline, draft_database
from ivr.config import Settings
from ivr.errors import NoDatabase
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import Files
from ivr.service.calls.opening import Opening
from ivr.service.ports import Ports
from ivr.simulate.audit.audited_call import AuditRecords
from ivr.simulate.hotline_ports import HotlineOnRecord


@dataclass(frozen=True, slots=True)
class FreshDatabases:
    """Hotlines of one draft, entered at `flow` (empty: by the number dialled), each on a copy of one database."""

    files: Files
    name: str
    flow: str
    folder: Path

    @classmethod
    def made(cls, files: Files, flow: str, folder: Path) -> FreshDatabases:
        """With the database to copy in a folder."""
        return cls(files, draft_database(folder / "template.db", files), flow, folder)

    def release(self) -> Release:
        """The draft, compiled, which has been found to be right."""
        return compile_release(parse(self.files))

    @contextmanager
    def opened(self, release: Release, name: str) -> Iterator[HotlineOnRecord]:
        """A hotline on a copy, which is removed at the end."""
        path = self.folder / f"{name}.db"
        shutil.copy(self.folder / "template.db", path)
        settings = Settings(database_url=f"sqlite:///{path}", sqlite_sync="OFF")
        opening = Opening(release=self.name, entry=self.flow, simulated=True)
        hotline = InProcessHotline(settings, opening, release)
        try:
            with opened(settings) as database:
                yield HotlineOnRecord(hotline, database.audited)
        finally:
            hotline.close()
            for ending in ("", "-wal", "-shm"):
                Path(f"{path}{ending}").unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class SandboxDatabase:
    """The database of a running sandbox, by its settings."""

    settings: Settings

    @contextmanager
    def opened(self) -> Iterator[tuple[AuditRecords, Ports] | None]:
        """Its records and the ports that read them; None where it is not on this machine."""
        with ExitStack() as stack:
            try:
                database = stack.enter_context(opened(self.settings))
            except NoDatabase:
                yield None
            else:
                yield database.audited, database.ports
