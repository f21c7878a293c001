"""Whatever fails, at whatever place, with whatever words: nothing a caller gave is in the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from logged import logged
from small_hotline import House

from ivr.app.answering import notices, turns
from ivr.errors import StoreUnavailable
from ivr.service.calls import answer

PIN, SPOKEN, ADDRESS = "48151623", "mein Name ist Kanarienvogel", "sip:kanari@pbx.example.com"
SECRETS = (PIN, "Kanarienvogel", "kanari", "12025550101", "2025550101", "0101")


def say_everything(*values: object, **more: object) -> None:
    raise ValueError(f"cannot go on with {values!r} {more!r}")


def say_it_by_key(*values: object, **more: object) -> None:
    raise KeyError(f"{values} {more}")


def say_it_by_the_database(*values: object, **more: object) -> None:
    raise sqlite3.DatabaseError(f"no such row: {values} {more}")


def say_it_in_a_chain(*values: object, **more: object) -> None:
    try:
        say_everything(*values, **more)
    except ValueError as first:
        first.add_note(str(values))
        raise StoreUnavailable("the database failed") from first


FAILS = (say_everything, say_it_by_key, say_it_by_the_database, say_it_in_a_chain)
PLACES = ("handle_call", "take_turn", "decode_state", "masked", "keep_cases", "after_turn", "_keep", "_encode_input")


@pytest.mark.parametrize("fail", FAILS)
@pytest.mark.parametrize("place", PLACES)
def test_no_canary_is_logged_wherever_a_turn_fails(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fail: Callable[..., Any], place: str
) -> None:
    with logged(tmp_path) as log:
        house.voice("/voice")
        house.voice("/voice/t/2", ("Digits", "3"))
        monkeypatch.setattr(turns if place == "handle_call" else answer, place, fail)
        for path in ("/voice/t/3", "/voice/t/3/again", "/voice/fallback", "/voice"):
            house.voice(path, ("Digits", PIN), ("SpeechResult", SPOKEN), ("From", ADDRESS), ("CallerName", SPOKEN))
        monkeypatch.undo()
        house.voice("/voice/t/3", ("Digits", PIN))
    text = log.text()
    assert [secret for secret in SECRETS if secret in text] == []
    assert [event for event in log.events() if event["level"] == "error"], "it is told that something failed"


@pytest.mark.parametrize("fail", FAILS)
def test_no_canary_is_logged_wherever_a_notice_fails(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fail: Callable[..., Any]
) -> None:
    house.voice("/voice")
    monkeypatch.setattr(notices, "note_status", fail)
    monkeypatch.setattr(notices, "keep_recording", fail)
    with logged(tmp_path) as log:
        for path in ("/voice/status", "/voice/recording/1", "/voice/transcript/1", "/voice/whisper/1"):
            told = (("RecordingSid", "RE" + "1" * 32), ("TranscriptionText", SPOKEN), ("From", ADDRESS))
            house.send(path, house.form(*told, status="completed"))
    assert [secret for secret in SECRETS if secret in log.text()] == []


def test_no_canary_is_logged_of_a_refused_request(house: House, tmp_path: Path) -> None:
    body = f"Digits={PIN}&SpeechResult=Kanarienvogel&From=%2B12025550101".encode()
    with logged(tmp_path) as log:
        for query in ("", f"From=%2B12025550101&Digits={PIN}&Name=Kanarienvogel", f"{PIN}"):
            for path in ("/voice", "/voice/t/3", f"/voice/t/{PIN}", f"/{PIN}", "/voice/status"):
                for signature in ("", "AAAA", PIN):
                    for length in ("", "70000", str(len(body))):
                        house.raw(
                            "POST",
                            path,
                            body,
                            QUERY_STRING=query,
                            HTTP_X_TWILIO_SIGNATURE=signature,
                            CONTENT_LENGTH=length,
                        )
        house.raw("POST", "/voice", body, HTTP_HOST=f"{PIN}.example.com", HTTP_X_TWILIO_SIGNATURE="AAAA")
    text = log.text()
    assert len(log.events("ivr.refused")) > 50
    assert [secret for secret in SECRETS if secret in text.replace(f"{PIN}.example.com", "")] == []
