"""The log of a process that runs by itself: one handler for everything that anybody logs in it."""

from __future__ import annotations

import atexit
import logging
import sys
import threading
from types import TracebackType
from typing import Literal

from ivr.app.logs.line import Form
from ivr.app.logs.writer import Lines

log = logging.getLogger("ivr.process")


def log_to_stderr(wanted: Literal["json", "text", ""]) -> None:
    """From now on every event is one line on stderr, an error that nobody catches too. Nothing wanted: text where a
    person looks at it, else JSON. JSON holds a line for each answered request; text only what needs somebody.
    """
    form: Form = wanted or ("text" if sys.stderr.isatty() else "json")
    root = logging.getLogger()
    if any(isinstance(handler, Lines) for handler in root.handlers):
        return
    keep_records_small()
    lines = Lines(form)
    root.addHandler(lines)
    root.setLevel(logging.WARNING)
    logging.getLogger("ivr").setLevel(logging.INFO if form == "json" else logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    sys.unraisablehook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    atexit.register(lines.flush)


def keep_records_small() -> None:
    """Leave out of each record what no line of ours tells: finding it out is half of a record's price."""
    for what in ("logThreads", "logMultiprocessing", "logAsyncioTasks"):
        setattr(logging, what, False)


def log_complaint(sentence: str) -> None:
    """Log a sentence that was made for a person."""
    logging.getLogger("ivr.work").warning("%s", sentence)


def log_of_processes(sentence: str) -> None:
    """Log a sentence of the parent about its processes. It knows nothing of callers, and their ids stay."""
    logging.getLogger("ivr.processes").warning("%s", sentence, extra={"safe": True})


def _uncaught(kind: type[BaseException], failed: BaseException | None, places: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    log.critical("an error that nobody caught", exc_info=(kind, failed or kind(), places))
