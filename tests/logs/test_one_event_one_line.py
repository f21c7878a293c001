"""One event is one line that can be printed and read, whatever is in it."""

from __future__ import annotations

import json
import logging
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import caught, record

from ivr.app.logs.line import LONGEST_LINE, Form, line_of
from ivr.errors import StoreUnavailable

FORMS: tuple[Form, ...] = ("json", "text")
NASTY = (
    "one\nERROR ivr.calls: forged", "carriage\rreturn", "\x1b[2J\x1b[31mred", "bidi \u202e\u2066override", "nul \x00",
    "next line \x85 and \u2028 \u2029", "lone \ud800 surrogate", "tag \U000e0041", "zero\u200bwidth\ufeff", "bell \x07",
    "DEL \x7f C1 \x9b31m", '"}\n{"level": "critical"', "x" * 1_000_000, "\U0001f600" * 9000, "\u202e" * 9000, "%s %d %",
)  # fmt: skip


def check(line: bytes, form: Form) -> dict[str, Any]:
    """That it is one line, of the right length, of characters that can be printed; the event in it."""
    assert line.endswith(b"\n") and line.count(b"\n") == 1 and len(line) <= LONGEST_LINE
    text = line[:-1].decode()
    assert text.isprintable()
    assert not [c for c in text if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029"]
    event: dict[str, Any] = json.loads(text) if form == "json" else {"event": text}
    assert all(value.isprintable() for value in event.values() if isinstance(value, str))
    return event


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_a_nasty_text_is_one_line_wherever_it_stands(text: str, form: Form) -> None:
    def fail() -> None:
        try:
            raise KeyError(text)
        except KeyError as first:
            raise type(f"Odd{text[:50]}", (ValueError,), {})(text) from first

    for event in (
        record("said %s", text),
        record(text),
        record("it failed: %s", StoreUnavailable(text), failed=caught(fail)),
        record("it failed", fields={"came": text, "status": 200}),
        record("a map %(said)s", {"said": text}),
        record(ValueError(text)),
    ):
        check(line_of(event, form), form)


@pytest.mark.parametrize("form", FORMS)
@given(st.text(), st.text(), st.one_of(st.text(), st.integers(), st.none(), st.lists(st.text()), st.binary()))
def test_any_event_is_one_line(form: Form, message: str, field: str, value: object) -> None:
    check(line_of(record("%s is %r", message, value), form), form)
    check(line_of(record(message, value), form), form)
    check(line_of(record(message, fields={"field": field}), form), form)


def deep(n: int) -> None:
    if n:
        deep(n - 1)
    raise RuntimeError("deep")


def in_a_group() -> None:
    raise ExceptionGroup("several", [ValueError("one\nline"), TypeError("another")])


def with_notes() -> None:
    failed = ValueError("first")
    failed.add_note("a note\nof two lines")
    raise failed


class CannotBeShown(Exception):
    def __str__(self) -> str:
        raise RuntimeError("not even this")


def cannot_be_shown() -> None:
    raise CannotBeShown


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("work", [lambda: deep(400), in_a_group, with_notes, cannot_be_shown, lambda: exec("1/0")])
def test_a_traceback_is_a_field(work: Any, form: Form) -> None:
    event = check(line_of(record("it failed", failed=caught(work)), form), form)
    assert "test_one_event_one_line.py:" in str(event)


def test_a_traceback_names_each_error_and_its_innermost_places() -> None:
    def outer() -> None:
        try:
            deep(2)
        except RuntimeError as first:
            raise StoreUnavailable("the database failed") from first

    event = json.loads(line_of(record("it failed", failed=caught(outer)), "json"))
    assert event["error"] == "StoreUnavailable"
    first, second = event["trace"].split(" | from ")
    assert first.startswith("StoreUnavailable < ") and first.split(" < ")[1].endswith(" outer")
    assert second.startswith("RuntimeError < ") and second.count(" deep") == 3


class NoText:
    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__


@pytest.mark.parametrize("form", FORMS)
def test_an_event_that_makes_no_sense_is_told_all_the_same(form: Form) -> None:
    for event in (record("%s", NoText()), record("%d turns", "many"), record("one %s two %s", 1), record(NoText())):
        assert "an event could not be written" in check(line_of(event, form), form)["event"]


def test_json_has_what_a_program_looks_for() -> None:
    event = json.loads(line_of(record("turn %d waits", 3), "json"))
    assert (event["level"], event["from"], event["event"]) == ("error", "some.library", "turn 3 waits")
    assert event["at"].endswith("Z") and event["pid"] > 0


def test_chinese_can_be_read() -> None:
    event = record("热线 %s", "已开通")
    assert "热线 已开通" in line_of(event, "json").decode() and "热线 已开通" in line_of(event, "text").decode()


def test_text_is_as_people_know_it() -> None:
    event = logging.LogRecord("ivr.calls", logging.WARNING, "", 1, "turn %d waits", (3,), None)
    event.fields = {"reason": "signature"}
    assert line_of(event, "text") == b"WARNING ivr.calls: turn 3 waits (reason=signature)\n"
