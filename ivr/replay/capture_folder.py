"""Many stored calls captured as fixtures into a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ivr.errors import InvalidArgument, IvrError
from ivr.messages.message import Message
from ivr.replay.anonymize import NotCaptured
from ivr.replay.capture import capture, path_of
from ivr.replay.fixture_files import write_fixture
from ivr.replay.sentences import first_said
from ivr.service.ports import CallFilter, CallRecords, Ports, RecordedCall


@dataclass(slots=True)
class CaptureFolder:
    """Captures calls into a folder; with `distinct` one of each path, that is of the same exits in the same order."""

    ports: Ports
    calls: CallRecords
    folder: Path
    distinct: bool
    failed: list[str] = field(default_factory=list)
    _seen: Counter[object] = field(default_factory=Counter)
    _names: Counter[str] = field(default_factory=Counter)
    _found: int = 0

    def capture(self, wanted: CallFilter) -> None:
        """Capture these calls; `failed` gets a line for each that could not be. `InvalidArgument` where the folder is
        none."""
        if self.folder.exists() and not self.folder.is_dir():
            raise InvalidArgument(Message("replay.capture.file", path=str(self.folder)))
        for call in self.calls.calls(wanted):
            self._found += 1
            try:
                self._one(call)
            except IvrError as failed:
                self.failed.append(first_said(failed))

    def _one(self, call: RecordedCall) -> None:
        release = self.ports.release(call.release)
        if call.entry not in release.flows:
            raise NotCaptured(Message("replay.capture.no-flow", call=call.call, flow=call.entry))
        path = path_of(release, call)
        if self.distinct and self._seen[path]:
            self._seen[path] += 1
            return
        made = capture(release, call, self.calls.transcripts(call.call))
        self._seen[path] += 1
        self._names[made.name] += 1
        number = self._names[made.name]
        write_fixture(self.folder / f"{made.name}{f'_{number}' if number > 1 else ''}.call.yaml", made.text)

    def lines(self) -> Iterator[str]:
        """How many were found, written and left out."""
        for line in self.failed:
            yield Message("replay.capture.failed", why=line)
        calls, written, folder, failed = self._found, self._names.total(), str(self.folder), len(self.failed)
        if self.distinct:
            counted = {"calls": calls, "written": written, "folder": folder, "failed": failed}
            yield Message("replay.capture.paths", paths=len(self._seen), **counted)
        else:
            yield Message("replay.capture.all", calls=calls, written=written, folder=folder, failed=failed)
