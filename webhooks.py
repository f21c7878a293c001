"""The hotline's webhooks: parse, handle, render. Whatever fails inside, the caller hears a sentence.

`create_app()` is the entrance; `webhooks:app` is for WSGI servers and reads the environment when first touched.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import ClosingIterator

from ivr.app.warming import keep_warm
from ivr.app.wiring import Hotline, wire
from ivr.config import Settings, read_settings
from ivr.errors import NoSuch, StoreUnavailable
from ivr.service.calls.answer import handle_call
from ivr.service.calls.close import note_status
from ivr.service.calls.keep_recordings import keep_recording
from ivr.service.calls.turn_in_progress import Webhook
from ivr.twilio.fixed import MOST_HOLDS, hold
from ivr.twilio.form import BodyRefused, read_form
from ivr.twilio.notices import recording_news, status_change
from ivr.twilio.request import FormFields, fields_of
from ivr.twilio.signature import SIGNATURE
from ivr.twilio.voice_request import again_request, fallback_request, transferred_call, turn_request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("ivr.webhooks")
XML = "text/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


class Voice:
    """The voice routes of one hotline."""

    def __init__(self, hotline: Hotline) -> None:
        self.hotline, self.ports = hotline, hotline.ports
        self.prefix = urlsplit(hotline.settings.public_url).path.rstrip("/")

    def begin(self) -> Response:
        """A number's voice URL: turn 1."""
        return self.turn(1)

    def turn(self, turn: int) -> Response:
        """The customer's answer to the question of the turn before."""
        return self._answer(lambda fields, fingerprint: turn_request(fields, fingerprint, turn))

    def again(self, turn: int) -> Response:
        """After a "please wait" document: the question is asked again."""
        return self._answer(lambda fields, fingerprint: again_request(fields, fingerprint, turn))

    def fallback(self) -> Response:
        """The number's fallback URL: Twilio could not get or could not use a document."""
        url = self.hotline.settings.public_url
        return self._answer(lambda fields, fingerprint: fallback_request(fields, fingerprint, url))

    def _answer(self, request_of: Callable[[FormFields, bytes], Webhook | None]) -> Response:
        fields, fingerprint = self._signed()
        turn = 0
        try:
            webhook = request_of(fields, fingerprint)
            if webhook is None:
                log.error("a signed voice request names no call")
                return document(self.ports.apology)
            turn = webhook.turn
            if webhook.route == "fallback":
                log.warning("Twilio asked the fallback URL at turn %d", turn)
            answer = handle_call(self.ports, webhook)
            return document(answer.document, answer.after)
        except StoreUnavailable as failed:
            log.error("turn %d waits, the store is unavailable: %s", turn, failed)
            return document(self._hold(max(turn, 1)))
        except Exception:
            log.exception("turn %d failed; the caller hears the apology", turn)
            return document(self.ports.apology)

    def _hold(self, turn: int) -> str:
        held = request.args.get("held", "0")
        times = int(held) if held.isascii() and held.isdigit() and len(held) < 3 else 0
        return self.ports.apology if times >= MOST_HOLDS else hold(self.prefix, turn, times)

    def status(self) -> Response:
        """The number's status webhook."""
        fields, _ = self._signed()
        change = status_change(fields)
        return self._kept(lambda: note_status(self.ports, change) if change else None)

    def recording(self, turn: int) -> Response:
        """News of a recording, or of its transcript, made by this turn's document."""
        fields, _ = self._signed()
        news = recording_news(fields, turn)
        return self._kept(lambda: keep_recording(self.ports, news) if news else None)

    def whisper(self, turn: int) -> Response:
        """What the desk hears before the caller is put through to it; not a turn of the call."""
        fields, _ = self._signed()
        try:
            return document(self.hotline.whisper(transferred_call(fields), turn))
        except Exception:
            log.exception("no whisper at turn %d; the desk is connected without it", turn)
            return document('<?xml version="1.0" encoding="UTF-8"?><Response/>')

    def _kept(self, keep: Callable[[], None]) -> Response:
        """204 when kept; 503 makes Twilio try once more while the database cannot be reached."""
        try:
            keep()
        except StoreUnavailable as failed:
            log.error("a notice was not kept: %s", failed)
            return line(503, "not kept, try again")
        except Exception:
            log.exception("a notice could not be understood")
        return Response(status=204)

    def _signed(self) -> tuple[FormFields, bytes]:
        environ = request.environ
        pairs = read_form(environ)
        query = environ.get("QUERY_STRING")
        target = environ["PATH_INFO"] + (f"?{query}" if query else "")
        verifier = self.hotline.verifier
        fingerprint = verifier.fingerprint(target, pairs, environ.get(SIGNATURE, ""))
        if fingerprint is None:
            raise BodyRefused(403, "the signature is missing or wrong")
        return fields_of(pairs), fingerprint

    def health(self) -> Response:
        """The process answers."""
        return line(200, "ok")

    def ready(self) -> Response:
        """Calls can be taken: the database is writable and a release is live."""
        try:
            self.hotline.check_ready()
            self.ports.store.check_writable()
        except (StoreUnavailable, NoSuch) as failed:
            return line(503, str(failed))
        return line(200, "ready")


class Document(Response):
    """A response whose body and headers are final when it is made: nothing is left to be worked out or converted.

    `after` is done when the server has sent it and closes it.
    """

    after: Sequence[Callable[[], None]] = ()

    def get_wsgi_response(self, environ: WSGIEnvironment) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        body = self.iter_encoded()
        sent = ClosingIterator(body, [partial(_do, work) for work in self.after]) if self.after else body
        return sent, self.status, self.headers.to_wsgi_list()


def _do(work: Callable[[], None]) -> None:
    """The document has left: whatever goes wrong now is for the log alone."""
    try:
        work()
    except Exception:
        log.exception("what follows an answer failed; the call has it all the same")


def document(xml: str, after: Sequence[Callable[[], None]] = ()) -> Response:
    """A voice answer: always 200."""
    body = xml.encode()
    headers = Headers()
    headers.add("Content-Type", XML)
    headers.add("Cache-Control", "no-store")
    headers.add("Content-Length", str(len(body)))
    made = Document([body], None, headers)
    made.after = after
    return made


def line(status: int, text: str) -> Response:
    """One plain line, for everything that is not a voice answer."""
    return Response(f"{text}\n", status, {"Content-Type": PLAIN})


def create_app(settings: Settings | None = None, hotline: Hotline | None = None) -> Flask:
    """The hotline as a WSGI application. `SettingInvalid` where the environment makes no sense.

    `hotline` replaces the wiring, for the terminal phone and for fixtures: another clock, entry flow or facts.
    """
    if hotline is None:
        hotline = wire(settings or read_settings(os.environ))
    app = Flask("webhooks", static_folder=None)
    app.url_map.strict_slashes = False  # a redirect would drop the caller's keys
    app.url_map.merge_slashes = False
    voice = Voice(hotline)
    for path, view in (
        ("/voice", voice.begin),
        ("/voice/t/<int:turn>", voice.turn),
        ("/voice/t/<int:turn>/again", voice.again),
        ("/voice/fallback", voice.fallback),
        ("/voice/status", voice.status),
        ("/voice/recording/<int:turn>", voice.recording),
        ("/voice/transcript/<int:turn>", voice.recording),
        ("/voice/whisper/<int:turn>", voice.whisper),
    ):
        app.add_url_rule(path, path, view, methods=["POST"], provide_automatic_options=False)
    app.add_url_rule("/healthz", "healthz", voice.health)
    app.add_url_rule("/readyz", "readyz", voice.ready)
    app.register_error_handler(BodyRefused, lambda refused: line(refused.status, refused.line))
    app.register_error_handler(HTTPException, lambda failed: line(failed.code or 500, failed.name.lower()))
    return app


def __getattr__(name: str) -> Flask:
    """`webhooks:app`, made on first touch so that an import has no effects."""
    if name == "app":
        hotline = wire(read_settings(os.environ))
        keep_warm(hotline)
        app = globals()["app"] = create_app(hotline=hotline)
        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
