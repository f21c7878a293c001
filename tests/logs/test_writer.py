"""The log on its way out: nobody waits for who reads it, and nobody outside can fill the disk with it."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from written import Written, record

from ivr.app.logs import flood
from ivr.app.logs.writer import MOST_WAITING, Lines


def left_out(written: Written) -> list[tuple[str, int]]:
    """What is told of lines that were left out, once anything is: the minute ends after the lines were written."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        told = [json.loads(line) for line in written.lines()]
        if found := [(event["event"], event["left_out"]) for event in told if "left_out" in event]:
            return found
    return []


def test_a_flood_is_bounded_and_what_was_left_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = Written(tmp_path / "log", most=5)
    for number in range(1000):
        written.handler.handle(record("a request was refused: %s", number, kind="signature"))
    written.handler.handle(record("a request was refused: %s", 1, kind="too_large"))
    assert len(written.lines()) == 6
    monkeypatch.setattr(flood, "MINUTE", 0.0)
    written.handler.handle(record("another"))
    assert left_out(written) == [("more of these were left out in the last minute: some.library signature", 995)]
    told = written.lines()
    written.handler.handle(record("a request was refused: %s", 1, kind="signature"))
    assert len(written.lines()) > len(told), "after the minute lines are written again"


@pytest.mark.parametrize(
    ("form", "arguments", "kind"),
    [
        ("turn %d waits: %s", (3, "the database"), ": turn ... waits: ..."),
        ("%s", ("voice process 7 ended.",), ""),
        ("%s; expected %(url)5.2f, came %-20s", ({"url": 1.0},), ": ...; expected ..., came ..."),
        ("50%% of it", (), ": 50% of it"),
        ("%", (), ": %"),
    ],
)
def test_what_was_left_out_is_named_in_words_and_not_by_its_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, arguments: tuple[object, ...], kind: str
) -> None:
    written = Written(tmp_path / "log", most=1)
    for _ in range(3):
        written.handler.handle(record(form, *arguments))
    monkeypatch.setattr(flood, "MINUTE", 0.0)
    written.handler.handle(record("another"))

    assert left_out(written) == [(f"more of these were left out in the last minute: some.library{kind}", 2)]


def test_kinds_are_bounded_too(tmp_path: Path) -> None:
    written = Written(tmp_path / "log", most=2)
    for number in range(5000):
        written.handler.handle(record(f"a kind of its own {number}"))
    assert len(written.lines()) <= flood.MOST_KINDS + 2


def test_lines_of_answered_requests_are_not_limited(tmp_path: Path) -> None:
    written = Written(tmp_path / "log", most=2)
    for _ in range(50):
        event = record("answered")
        event.levelno, event.levelname = logging.INFO, "INFO"
        written.handler.handle(event)
    assert len(written.lines()) == 50


def test_nobody_waits_for_a_reader_that_has_stopped() -> None:
    reader, writer = os.pipe()
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)  # one page is soon full
    handler = Lines("json", writer, most=1_000_000)
    for _ in range(3 * MOST_WAITING):
        handler.handle(record("x" * 500))  # would hang here
    lines = 0
    with os.fdopen(reader, "rb") as read:
        for line in read:
            lines += 1
            if b"lines that nobody read in time" in line:
                break
    assert MOST_WAITING // 2 <= lines < 2.5 * MOST_WAITING


def test_a_reader_that_is_gone_harms_nobody() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    handler = Lines("json", writer)
    for _ in range(10):
        handler.handle(record("nobody reads this"))


SCRIPT = """
import logging, os, sys, threading, warnings
from ivr.app.logs.setup import log_to_stderr
log_to_stderr(sys.argv[1])
log_to_stderr(sys.argv[1])
what = sys.argv[2]
def fail(): raise ValueError("canary 4711")
if what == "uncaught": fail()
if what == "thread":
    t = threading.Thread(target=fail); t.start(); t.join()
if what == "warning": warnings.warn("two\\nlines")
if what == "library": logging.getLogger("a.library").error("two\\nlines")
if what == "fork":
    logging.getLogger("ivr").error("parent")
    if os.fork() == 0:
        logging.getLogger("ivr").error("child"); logging.shutdown(); os._exit(0)
    os.wait()
if what == "bad": logging.getLogger("ivr").error("%d", "canary")
"""


@pytest.mark.parametrize("form", ["json", "text", ""])
@pytest.mark.parametrize("what", ["uncaught", "thread", "warning", "library", "fork", "bad"])
def test_whatever_a_process_says_is_in_one_form(what: str, form: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, form, what], capture_output=True, text=True, check=False)
    lines = done.stderr.splitlines()
    assert len(lines) == (2 if what == "fork" else 1) and "canary" not in done.stderr, done.stderr
    assert all(line.startswith("{") == (form != "text") for line in lines)


class LibraryOf313(logging.Handler):
    """The handler of Python 3.13, which takes its lock without asking whether there is one."""

    def handle(self, record: logging.LogRecord) -> bool:
        kept = self.filter(record)
        if kept:
            with self.lock:  # type: ignore[union-attr]
                self.emit(record)
        return bool(kept)


def test_events_are_taken_in_whatever_lock_the_library_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.Handler, "handle", LibraryOf313.handle)
    written = Written(tmp_path / "log")
    logger = logging.Logger("a.library")
    logger.addHandler(written.handler)
    logger.error("one")
    logger.handle(record("two"))
    assert [json.loads(line)["event"] for line in written.lines()] == ["one", "two"]


def test_a_filter_of_the_handler_is_asked(tmp_path: Path) -> None:
    written = Written(tmp_path / "log")
    written.handler.addFilter(lambda event: event.msg != "left out")
    assert [bool(written.handler.handle(record(words))) for words in ("left out", "kept")] == [False, True]
    assert [json.loads(line)["event"] for line in written.lines()] == ["kept"]


def test_a_thread_that_cannot_start_now_is_started_by_the_next_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written(tmp_path / "log")

    def none_left(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", none_left)
        written.handler.handle(record("one"))
        written.handler.handle(record("two"))
        assert written.lines() == []
    written.handler.handle(record("three"))
    assert [json.loads(line)["event"] for line in written.lines()] == ["one", "two", "three"]
