"""What is refused, and what a caller hears when something inside has failed: never a 500, never silence."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from small_hotline import CALL, TOKEN, URL, House

from ivr.carrier.document import Element, read_document
from ivr.carrier.line import Reply
from ivr.carrier.signing import sign
from ivr.service.calls import answer as handle_call
from ivr.twilio.fixed import HOLD_PAUSES

NOTHING = {"calls": 0, "turns": 0, "cases": 0, "case_events": 0, "recordings": 0}
VOICE = "/voice/t/1", "/voice/t/2/again", "/voice/fallback", "/voice", "/voice/whisper/2"
ROUTES = (*VOICE, "/voice/status", "/voice/recording/2", "/voice/transcript/2")


def verbs(document: str) -> list[Element]:
    return read_document(Reply(200, "text/xml", document.encode()))


def is_hold(document: str) -> bool:
    return [verb.name for verb in verbs(document)][-2:] == ["Pause", "Redirect"]


def assert_refused(house: House, got: tuple[int, str], status: int) -> None:
    assert got[0] == status, got
    assert re.fullmatch(r"[a-z][^\n<]*\n", got[1])
    assert house.count() == NOTHING


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_another_method_than_post_is_405(house: House, method: str, path: str) -> None:
    status, text = house.raw(method, path)
    assert status == 405
    assert text in ("method not allowed\n", "")
    assert house.count() == NOTHING


@pytest.mark.parametrize("path", ROUTES)
def test_an_unsigned_or_wrongly_signed_form_is_403(house: House, path: str) -> None:
    body = f"CallSid={CALL}".encode()
    for signature in (None, "", "?", "é", sign("another token", URL + path, [("CallSid", CALL)])):
        assert_refused(house, house.raw("POST", path, body, HTTP_X_TWILIO_SIGNATURE=signature), 403)


def test_a_signature_over_another_url_or_form_is_403(house: House) -> None:
    body = f"CallSid={CALL}".encode()
    for url, pairs in (
        (f"{URL}/voice/t/1", [("CallSid", CALL)]),
        (f"{URL}/voice?a=1", [("CallSid", CALL)]),
        (f"{URL}/voice", [("CallSid", CALL), ("Digits", "")]),
        ("https://127.0.0.1:8000/voice", [("CallSid", CALL)]),
    ):
        got = house.raw("POST", "/voice", body, HTTP_X_TWILIO_SIGNATURE=sign(TOKEN, url, pairs))
        assert_refused(house, got, 403)


@pytest.mark.parametrize("length", [None, "", "abc", "-1", "１"])
def test_a_body_without_a_length_is_411(house: House, length: str | None) -> None:
    assert_refused(house, house.raw("POST", "/voice", b"CallSid=a", CONTENT_LENGTH=length), 411)


def test_a_body_over_64_kb_is_413_and_is_not_read(house: House) -> None:
    for length in (64 * 1024 + 1, 10**11, 10**40):
        got = house.raw("POST", "/voice", b"", CONTENT_LENGTH=str(length), **{"wsgi.input": object()})
        assert_refused(house, got, 413)


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_body_that_is_no_form_is_415(house: House, kind: str) -> None:
    assert_refused(house, house.raw("POST", "/voice", b"{}", CONTENT_TYPE=kind), 415)


@pytest.mark.parametrize(
    ("body", "more"),
    [(b"CallSid=a", {"CONTENT_LENGTH": "99"}), (b"CallSid=\xff", {}), (b"a=1&" * 1001, {})],
    ids=["shorter than announced", "not ASCII", "too many fields"],
)
def test_a_broken_body_is_400(house: House, body: bytes, more: dict[str, str]) -> None:
    assert_refused(house, house.raw("POST", "/voice", body, **more), 400)


@pytest.mark.parametrize("path", VOICE[:4])
@pytest.mark.parametrize(
    "pairs",
    [[("From", "+12025550101")], [("CallSid", CALL), ("CallSid", "another")], [("CallSid", "")],
     [("CallSid", "x" * 161)], [("CallSid", "two\nlines")]],
    ids=["none", "two", "empty", "too long", "two lines"],
)  # fmt: skip
def test_a_signed_request_that_names_no_call_hears_an_apology_and_leaves_no_row(
    house: House, path: str, pairs: list[tuple[str, str]]
) -> None:
    reply = house.send(path, pairs)
    assert (reply.status, reply.kind) == (200, "text/xml; charset=utf-8")
    assert verbs(reply.body.decode())[-1].name == "Hangup"
    assert house.count() == NOTHING


def test_a_call_named_twice_alike_is_one_call(house: House) -> None:
    assert house.send("/voice", [("CallSid", CALL), ("CallSid", CALL)]).status == 200
    assert house.count()["calls"] == 1


@pytest.mark.parametrize("place", ["ivr.service.calls.answer.take_turn", "ivr.service.calls.answer.keep_cases"])
def test_a_bug_inside_is_an_apology_that_changes_nothing(
    house_with_desk: House, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    house = house_with_desk
    house.voice("/voice")
    before, name = house.count(), place.rsplit(".", 1)[1]
    with monkeypatch.context() as patch:
        patch.setattr(handle_call, name, broken)
        document = house.press(2, "1")
    assert [verb.name for verb in verbs(document)][-4:] == ["Dial", "Say", "Say", "Hangup"]
    assert house.count() == before
    assert "What is it about?" in house.press(2, "1")


def test_a_bug_in_reading_the_parameters_is_an_apology_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("ivr.twilio.voice_request.input_of", broken)
    for path in ("/voice", "/voice/t/2", "/voice/fallback"):
        assert verbs(house.voice(path))[-1].name == "Hangup"
    monkeypatch.setattr("ivr.app.answering.notices.status_change", broken)
    monkeypatch.setattr("ivr.app.answering.notices.keep_recording", broken)
    assert (
        house.send("/voice/recording/2", house.form(("RecordingSid", "RE11111111111111111111111111111111"))).status
        == 204
    )


def test_a_release_that_is_gone_is_an_apology_and_what_came_in_is_kept(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.voice("/voice")
    house.close()
    house.write("DELETE FROM served_releases")
    house.write("DELETE FROM releases")
    again = House(tmp_path)
    first = again.press(2, "1")
    assert verbs(first)[-1].name == "Hangup"
    assert again.press(2, "1") == first
    assert verbs(again.voice("/voice", call="CA" + "6" * 32))[-1].name == "Hangup"
    assert again.raw("GET", "/readyz") == (503, "not ready: no_release\n")
    assert again.rows("SELECT turn, note FROM turns ORDER BY turn") == [(1, None), (2, "release gone")]
    assert b'"masked"' in again.rows("SELECT input FROM turns WHERE turn = 2")[0][0]
    assert again.rows("SELECT disposition, turns_taken FROM calls") == [("failed", 2)]
    again.close()


@contextmanager
def missing(house: House) -> Iterator[None]:
    aside = house.path.with_suffix(".aside")
    house.path.rename(aside)
    try:
        yield
    finally:
        aside.rename(house.path)


@contextmanager
def locked(house: House) -> Iterator[None]:
    with closing(sqlite3.connect(house.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def corrupt(house: House) -> Iterator[None]:
    house.close()
    good = house.path.read_bytes()
    house.path.write_bytes(os.urandom(len(good)))
    try:
        yield
    finally:
        house.path.write_bytes(good)


def opened_otherwise(
    change: Callable[[sqlite3.Connection], object], mode: str = "rw"
) -> Callable[[House], AbstractContextManager[None]]:
    @contextmanager
    def fault(house: House) -> Iterator[None]:
        def connect(path: str, **more: object) -> sqlite3.Connection:
            made = real(path.replace("mode=rw", f"mode={mode}"), **more)
            change(made)
            return made

        real = sqlite3.connect
        house.close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sqlite3, "connect", connect)
            yield
        house.close()

    return fault


read_only = opened_otherwise(lambda connection: None, "ro")
full = opened_otherwise(lambda connection: connection.execute("PRAGMA max_page_count=1"))
FAULTS = {"missing": missing, "locked": locked, "corrupt": corrupt, "read-only": read_only, "full": full}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_database_that_is_away_is_a_hold_and_then_the_call_goes_on(
    house: House, fault: Callable[[House], AbstractContextManager[None]]
) -> None:
    house.voice("/voice")
    house.press(2, "7")
    before = house.rows("SELECT turns_taken, version, state FROM calls")
    with fault(house):
        first = house.voice("/voice/t/3", ("SpeechResult", "说" * 2000))  # more than the free space of a page
        assert is_hold(first)
        assert fault is full or is_hold(house.voice("/voice", call="CA" + "7" * 32))
        assert house.raw("GET", "/readyz") == (503, "not ready: database\n")
        assert house.raw("GET", "/healthz") == (200, "ok\n")
    assert house.rows("SELECT turns_taken, version, state FROM calls") == before
    back = verbs(first)[-1].text
    assert back == "/voice/t/3/again?held=1"
    asked = house.voice(back)
    assert "How can we help?" in asked
    assert "We heard nothing" not in asked
    assert "What is it about?" in house.press(4, "1")
    assert house.raw("GET", "/readyz") == (200, "ready\n")


def test_a_notice_that_cannot_be_kept_is_to_be_sent_again(house: House) -> None:
    house.voice("/voice")
    with missing(house):
        for path in ROUTES[-3:]:
            reply = house.send(
                path, house.form(("RecordingSid", "RE11111111111111111111111111111111"), status="completed")
            )
            assert (reply.status, reply.body) == (503, b"not kept, try again\n")


@pytest.mark.parametrize("last_resort", ["", "+862155500999"])
def test_after_all_holds_comes_the_apology(tmp_path: Path, last_resort: str) -> None:
    house = House(tmp_path, last_resort)
    house.voice("/voice")
    path, holds = "/voice/t/2", 0
    with missing(house):
        while is_hold(document := house.voice(path)):
            path, holds = verbs(document)[-1].text, holds + 1
    said = [verb.name for verb in verbs(document)]
    assert holds == len(HOLD_PAUSES)
    assert said[-1] == "Hangup"
    assert ("Dial" in said, last_resort in document) == (bool(last_resort), True)
    house.close()


@pytest.mark.parametrize("held", ["x", "-1", "９", "1e9", "999999", ""])
def test_a_count_of_holds_that_is_no_count_is_none(house: House, held: str) -> None:
    with missing(house):
        reply = house.send(f"/voice/t/2/again?held={quote(held)}", house.form())
    assert reply.body.decode().count("held=1") == 1


def test_what_a_request_has_waited_for_a_thread_is_not_waited_for_the_database_again(house: House) -> None:
    house.voice("/voice")
    house.store.deadline = 4.0
    pairs = house.form(("Digits", "7"))
    signature = sign(TOKEN, f"{URL}/voice/t/2", pairs)
    body = urlencode(pairs).encode()
    with locked(house):
        began = time.monotonic()
        _, said = house.raw(
            "POST", "/voice/t/2", body, HTTP_X_TWILIO_SIGNATURE=signature, **{"ivr.waited": 3.9, "ivr.late": False}
        )

    assert is_hold(said) and time.monotonic() - began < 2


def test_a_lock_that_goes_in_time_is_not_noticed(house: House) -> None:
    house.store.deadline = 60.0
    held, let_go = threading.Event(), threading.Event()

    def hold_the_lock() -> None:
        with locked(house):
            held.set()
            let_go.wait(60)

    other = threading.Thread(target=hold_the_lock)
    other.start()
    assert held.wait(60)
    threading.Timer(0.1, let_go.set).start()
    assert "How can we help?" in house.voice("/voice")
    other.join(60)


def test_a_file_put_in_the_place_of_the_database_is_the_one_written_to(house: House, tmp_path: Path) -> None:
    house.voice("/voice")
    with closing(sqlite3.connect(house.path)) as old, closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        old.backup(copy)
    for name in ("ivr.db", "ivr.db-wal", "ivr.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "copy.db").rename(house.path)
    house.press(2, "1")
    assert house.count()["turns"] == 2
