"""What a log handler of ours writes, read back."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import Any

from ivr.app.logs.line import Form
from ivr.app.logs.writer import Lines


class Written:
    """A logger with our handler, which writes into a file."""

    def __init__(self, path: Any, form: Form = "json", most: int = 1_000_000) -> None:
        self.path = path
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.handler = Lines(form, self.descriptor, most)

    def lines(self) -> list[str]:
        """All lines up to now."""
        self.handler.flush()
        text = self.path.read_bytes().decode()
        assert not text or text.endswith("\n")
        return text.split("\n")[:-1]


def record(message: object, *values: object, failed: BaseException | None = None, **more: Any) -> logging.LogRecord:
    """An event as a library makes it."""
    caught = (type(failed), failed, failed.__traceback__) if failed else None
    made = logging.LogRecord("some.library", logging.ERROR, __file__, 1, message, values, caught)
    made.__dict__.update(more)
    return made


def caught(work: Callable[[], object]) -> BaseException:
    """The error this raises, with its traceback."""
    try:
        work()
    except BaseException:
        failed = sys.exc_info()[1]
        assert failed is not None
        return failed
    raise AssertionError("nothing was raised")
