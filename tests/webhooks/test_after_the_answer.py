"""What follows an answer is done when the document has left, and can do the call no harm."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import pytest
from small_hotline import TOKEN, URL, House

from ivr.app.answering import turns
from ivr.carrier.signing import sign
from ivr.service.calls.turn_in_progress import Answer
from ivr.service.ports import Conflict


def parts_of(house: House, path: str) -> tuple[list[str], bytes, Callable[[], None]]:
    """A voice request by hand: what has been started, the body, and how the server closes it."""
    pairs = house.form()
    body = urlencode(pairs).encode()
    started: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "x", "SERVER_PORT": "80",
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_X_TWILIO_SIGNATURE": sign(TOKEN, URL + path, pairs),
    }  # fmt: skip
    parts = house.app(environ, lambda status, headers, info=None: started.append(status))
    return started, b"".join(parts), parts.close  # type: ignore[attr-defined]


def answering(patch: pytest.MonkeyPatch, after: Sequence[Callable[[], None]]) -> None:
    patch.setattr(turns, "handle_call", lambda ports, webhook: Answer("<Response/>", after))


def test_it_is_done_when_the_whole_document_has_left(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    answering(monkeypatch, [lambda: done.append(1), lambda: done.append(2)])
    started, body, close = parts_of(house, "/voice")
    assert (started, body, done) == (["200 OK"], b"<Response/>", [])
    close()
    assert done == [1, 2]


def test_what_fails_is_logged_and_the_rest_is_done(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[int] = []

    def fail() -> None:
        raise OSError("the disk is full")

    answering(monkeypatch, [fail, lambda: done.append(2)])
    assert house.voice("/voice") == "<Response/>"
    assert done == [2]
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "the disk is full" in caplog.text


def test_what_is_told_of_a_turn_is_told_once_however_often_it_was_tried(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Within the transaction it would be told at each try, also where nothing came of it."""
    house.voice("/voice")
    house.write("UPDATE calls SET release = ?", "0" * 64)
    tries, commit = [], type(house.store.transaction().__enter__()).commit

    def lost(tx: object) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Conflict("store.conflict.version")
        commit(tx)

    monkeypatch.setattr("ivr.storage.sqlite.SqliteTransaction.commit", lost)
    house.press(2, "1")
    assert len(tries) == 3
    assert [r.getMessage() for r in caplog.records if "ended as failed" in r.getMessage()] == [
        f"call CA{'5' * 32} is ended as failed: the content of release 000000000000 is gone from the database."
    ]
