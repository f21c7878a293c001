"""The log of the webhooks as a process of its own writes it, read back."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ivr.app.logs.writer import Lines

Event = dict[str, Any]


class Log:
    """What was logged so far."""

    def __init__(self, path: Path, handler: Lines) -> None:
        self._path, self._handler = path, handler

    def text(self) -> str:
        self._handler.flush()
        return self._path.read_text(encoding="utf-8")

    def events(self, source: str = "ivr") -> list[Event]:
        """The events of this logger and of those below it."""
        events: list[Event] = [json.loads(line) for line in self.text().splitlines()]
        return [event for event in events if event["from"].startswith(source)]


@contextmanager
def logged(folder: Path, most: int = 1_000_000) -> Iterator[Log]:
    """All that is logged meanwhile, as JSON."""
    path, logger = folder / "log", logging.getLogger("ivr")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    handler, level = Lines("json", descriptor, most), logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield Log(path, handler)
        handler.flush()
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
