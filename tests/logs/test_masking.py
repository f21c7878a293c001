"""No number and nothing a caller gave can be read from a line of the log."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import caught, record

from ivr.app.logs.line import line_of
from ivr.app.logs.masking import masked
from ivr.app.observed.seen import CURRENT, Seen
from ivr.errors import StoreUnavailable

CALL = "CA" + "5" * 32


@pytest.mark.parametrize(
    "number",
    ["+12025550101", "+86 21 5550 0100", "(202) 555-0101", "202.555.0101", "1380013", "123", "４００１２３４", "٠١٢٣٤٥",
     "1 3 8 0 0 1 3 8 0 0 0", "1-3-8", "6222 0212 3456 7890", "110101199003070134", "2026-03-02", "1,380,013"],
)  # fmt: skip
def test_a_number_is_masked_however_it_is_written(number: str) -> None:
    assert masked(f"came {number} today") in ("came ### today", "came +### today", "came (### today")


def test_what_helps_stays() -> None:
    for text in (f"call {CALL} is at turn 12", "waits 30 s, 2 of 64", "release 78e0d124b682 is gone", "turn 7 failed"):
        assert masked(text) == text


def test_a_number_cannot_hide_as_a_call() -> None:
    for text in ("CA13800138000", "CA" + "1" * 31, "CA" + "1" * 33, "xrelease 138001380001a"):
        assert "###" in masked(text)


def test_the_values_of_the_request_are_masked_wherever_they_stand() -> None:
    form = [("SpeechResult", "my name is Liu Wei"), ("CallSid", CALL), ("Digits", "4711"), ("Said", "刘"), ("A", "ok")]
    text = f"ok, call {CALL} of 刘 failed at 'my name is Liu Wei'"
    assert masked(text, form) == f"ok, call {CALL} of ### failed at '###'"


@pytest.mark.parametrize(
    "kind", [ValueError, KeyError, RuntimeError, TypeError, AssertionError, LookupError, Exception]
)
def test_what_an_unexpected_error_says_is_not_told(kind: type[Exception]) -> None:
    def fail() -> None:
        try:
            raise kind("canary words")
        except kind as first:
            raise StoreUnavailable("the database failed") from first

    failed = caught(fail)
    for event in (
        record("it failed: %s", failed.__cause__, failed=failed),
        record(failed.__cause__),
        record("%(e)s", {"e": failed.__cause__}),
    ):
        line = line_of(event, "json").decode()
        assert "canary" not in line and kind.__name__ in line


def test_what_our_own_and_the_systems_errors_say_is_told() -> None:
    for failed in (
        StoreUnavailable("the database ivr.db was locked for longer than 4 s."),
        OSError(28, "No space left on device"),
    ):
        assert json.loads(line_of(record("it failed: %s", failed), "json"))["event"] == f"it failed: {failed}"


@given(st.text(min_size=1), st.text(alphabet="0123456789０１２٣٤ -.", min_size=4))
def test_nothing_of_a_form_is_in_any_message(said: str, entered: str) -> None:
    request = Seen()
    request.form = [("SpeechResult", said), ("Digits", entered)]
    CURRENT.set(request)
    try:
        event = json.loads(line_of(record("came %s and %s", f"<{said}>", f"<{entered}>"), "json"))["event"]
    finally:
        CURRENT.set(None)
    if len(said) > 2 and said not in "came ### and ### <>":
        assert f"<{said}>" not in event
    assert sum(c.isdigit() for c in entered) < 3 or f"<{entered}>" not in event
