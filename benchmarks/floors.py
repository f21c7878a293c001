"""The floors, as a good engineer would write them: what the same answer costs without an engine.

`bare` returns constant XML. `full` checks the signature with Twilio's validator, reads one row, updates it, commits,
and builds the answer with Twilio's builder. `full_on_postgres` is the same on PostgreSQL, its driver's plain way: four
trips. None keeps turns, cases or releases.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

CONSTANT = '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Thank you.</Say><Hangup/></Response>'
WORDS = "请选择服务。挂失或可疑交易，请按1。业务咨询，请按2。投诉，请按3。意见和评价，请按4。长者服务，请按5。"


def bare() -> Flask:
    """(a): Flask and nothing else."""
    app = Flask("bare", static_folder=None)

    @app.post("/voice/t/<int:turn>")
    def voice(turn: int) -> Response:
        return Response(CONSTANT, mimetype="text/xml")

    return app


def full(path: str, synchronous: str, token: str, public_url: str) -> Flask:
    """(d): Flask, validator, one read, update and commit in SQLite, builder."""
    app = Flask("full", static_folder=None)
    validator = RequestValidator(token)
    local = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(path, isolation_level=None, timeout=10)
            local.connection.execute(f"PRAGMA synchronous={synchronous}")
        return local.connection

    @app.post("/voice/t/<int:turn>")
    def voice(turn: int) -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(public_url + request.path, request.form, signature):
            abort(403)
        call, db = request.form["CallSid"], connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            state = db.execute("SELECT turn, state FROM calls WHERE call = ?", (call,)).fetchone()[1]
            db.execute("UPDATE calls SET turn = ?, state = ? WHERE call = ?", (turn, state, call))
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        return _asked(turn)

    return app


def full_on_postgres(url: str, token: str, public_url: str) -> Flask:
    """(e): Flask, validator, BEGIN, SELECT, UPDATE and COMMIT in PostgreSQL, builder."""
    app = Flask("full_on_postgres", static_folder=None)
    validator = RequestValidator(token)
    local = threading.local()

    def connection() -> psycopg.Connection[Any]:
        if not hasattr(local, "connection"):
            local.connection = psycopg.connect(url)
        made: psycopg.Connection[Any] = local.connection
        return made

    @app.post("/voice/t/<int:turn>")
    def voice(turn: int) -> Response:
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(public_url + request.path, request.form, signature):
            abort(403)
        call, db = request.form["CallSid"], connection()
        try:
            state = db.execute("SELECT turn, state FROM floor_calls WHERE call = %s", (call,)).fetchall()[0][1]
            db.execute("UPDATE floor_calls SET turn = %s, state = %s WHERE call = %s", (turn, state, call))
            db.commit()
        except BaseException:
            db.rollback()
            raise
        return _asked(turn)

    return app


def _asked(turn: int) -> Response:
    answer = VoiceResponse()
    gather = Gather(input="dtmf speech", action=f"/voice/t/{turn + 1}", num_digits=1, timeout=5, language="cmn-CN")
    gather.say(WORDS, voice="Polly.Zhiyu", language="cmn-CN")
    answer.append(gather)
    answer.redirect(f"/voice/t/{turn + 1}")
    return Response(str(answer), mimetype="text/xml")


def make_calls_on_postgres(url: str, calls: Iterable[str]) -> None:
    """The rows of (e), as those of (d)."""
    with psycopg.connect(url) as db:
        db.execute("CREATE TABLE IF NOT EXISTS floor_calls (call TEXT PRIMARY KEY, turn INTEGER, state BYTEA)")
        rows = [(call, os.urandom(562)) for call in calls]
        db.cursor().executemany("INSERT INTO floor_calls VALUES (%s, 0, %s)", rows)


def make_calls(path: str, calls: Iterable[str]) -> None:
    """The database of (d), or more calls in it: a state of 562 bytes each, as a flow with values has."""
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE IF NOT EXISTS calls (call TEXT PRIMARY KEY, turn INTEGER, state BLOB)")
        db.executemany("INSERT INTO calls VALUES (?, 0, ?)", ((call, os.urandom(562)) for call in calls))
    db.close()


def serve_floor() -> None:
    """One floor, from the environment, under the server and with the settings of `ivr serve`."""
    from ivr.app.serving.start import Processes, listen, serve
    from ivr.config import read_settings

    here = str(Path(__file__).parent)
    os.environ["PYTHONPATH"] = os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])
    settings = read_settings(os.environ)
    processes = Processes(settings.workers, settings.threads, work=False)
    serve(listen(settings), processes, print, lambda: None, application="floors:app")


def __getattr__(name: str) -> Flask:
    """`floors:app`, the floor that the environment names, for a server's process."""
    if name == "app":
        made: Flask = globals()[os.environ["FLOOR"]]()
        return made
    raise AttributeError(name)


def full_from_environment() -> Flask:
    """(d) for a server's worker."""
    of = os.environ
    return full(of["FLOOR_DB"], of["IVR_SQLITE_SYNC"], of["TWILIO_AUTH_TOKEN"], of["IVR_PUBLIC_URL"])


if __name__ == "__main__":
    serve_floor()
