"""The hotline's webhooks: parse, handle, render. Whatever fails inside, the caller hears a sentence.

`create_app()` is the entrance; `webhooks:app` is for WSGI servers and reads the environment when first touched.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import ClosingIterator

from ivr.app.logs.setup import log_to_stderr
from ivr.app.metrics.start import counting_of
from ivr.app.observed.middleware import Observed
from ivr.app.observed.refusing import tell_refusal
from ivr.app.observed.seen import seen
from ivr.app.observed.signature_trouble import tell_wrong_signature
from ivr.app.readiness import Readiness
from ivr.app.running import running_headers
from ivr.app.warming import keep_warm
from ivr.app.wiring import Hotline, wire
from ivr.config import Settings, read_settings
from ivr.errors import IvrError, StoreUnavailable
from ivr.messages.message import Message
from ivr.service.calls.answer import handle_call
from ivr.service.calls.close import note_status
from ivr.service.calls.keep_recordings import keep_recording
from ivr.service.calls.turn_in_progress import Webhook
from ivr.twilio.fixed import HOLD_PAUSES, hold
from ivr.twilio.form import BodyRefused, read_form
from ivr.twilio.ids import account_id
from ivr.twilio.notices import recording_news, status_change
from ivr.twilio.parties import parties_of
from ivr.twilio.request import FormFields, call_id, fields_of
from ivr.twilio.signature import SIGNATURE
from ivr.twilio.voice_request import again_request, fallback_request, transferred_call, turn_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger("ivr.webhooks")
XML = "text/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


class Voice:
    """The voice routes of one hotline."""

    def __init__(self, hotline: Hotline) -> None:
        self.hotline, self.ports = hotline, hotline.ports
        self.prefix = urlsplit(hotline.settings.public_url).path.rstrip("/")
        self.readiness = Readiness(hotline)
        self.running = running_headers()
        self.accounts = frozenset(account.lower() for account in hotline.settings.accounts)

    def begin(self, environ: WSGIEnvironment) -> Response:
        """A number's voice URL: turn 1."""
        return self.turn(environ, 1)

    def turn(self, environ: WSGIEnvironment, turn: int) -> Response:
        """The customer's answer to the question of the turn before."""
        return self._answer(environ, lambda fields, fingerprint: turn_request(fields, fingerprint, turn))

    def again(self, environ: WSGIEnvironment, turn: int) -> Response:
        """After a "please wait" document: the question is asked again."""
        return self._answer(environ, lambda fields, fingerprint: again_request(fields, fingerprint, turn))

    def fallback(self, environ: WSGIEnvironment) -> Response:
        """The number's fallback URL: Twilio could not get or could not use a document."""
        url = self.hotline.settings.public_url
        return self._answer(environ, lambda fields, fingerprint: fallback_request(fields, fingerprint, url))

    def _answer(self, environ: WSGIEnvironment, request_of: Callable[[FormFields, bytes], Webhook | None]) -> Response:
        request = seen()
        request.outcome = "refused"
        fields, fingerprint = self._signed(environ)
        try:
            webhook = request_of(fields, fingerprint)
            if webhook is None:
                log.error("a signed voice request names no call")
                return self._apology("no_call", fields)
            request.route, request.turn = webhook.route, webhook.turn
            refuse_late(environ)
            if webhook.route == "fallback":
                log.warning("Twilio asked the fallback URL at turn %d", webhook.turn)
            with self.ports.store.together(waited(environ)):
                answer = handle_call(self.ports, webhook)
        except StoreUnavailable as failed:
            log.error("turn %d waits: %s", request.turn, failed)
            return self._hold(environ, fields, max(request.turn, 1))
        except Exception:
            log.exception("turn %d failed; the caller hears the apology", request.turn)
            return self._apology("error", fields)
        request.outcome, request.cases = answer.outcome, answer.opened
        request.apology = "release_gone" if answer.outcome == "apology" else ""
        return document(answer.document, answer.after)

    def _hold(self, environ: WSGIEnvironment, fields: FormFields, turn: int) -> Response:
        held = dict(parse_qsl(environ.get("QUERY_STRING", ""))).get("held", "0")
        times = int(held) if held.isascii() and held.isdigit() and len(held) < 3 else 0
        if times >= len(HOLD_PAUSES):
            return self._apology("held_too_often", fields)
        seen().outcome = "hold"
        return document(hold(self.prefix, turn, times))

    def _apology(self, why: str, fields: FormFields) -> Response:
        request = seen()
        request.outcome, request.apology = "apology", why
        try:
            line = parties_of(fields).line
        except Exception:
            log.exception("the number dialled cannot be read")
            line = ""
        return document(self.ports.apology(line))

    def status(self, environ: WSGIEnvironment) -> Response:
        """The number's status webhook."""
        fields, _ = self._signed(environ)
        return self._kept(environ, lambda: self._note(fields))

    def _note(self, fields: FormFields) -> None:
        if change := status_change(fields):
            note_status(self.ports, change)

    def recording(self, environ: WSGIEnvironment, turn: int) -> Response:
        """News of a recording, or of its transcript, made by this turn's document."""
        fields, _ = self._signed(environ)
        return self._kept(environ, lambda: self._keep(fields, turn))

    def _keep(self, fields: FormFields, turn: int) -> None:
        if news := recording_news(fields, turn):
            keep_recording(self.ports, news)

    def whisper(self, environ: WSGIEnvironment, turn: int) -> Response:
        """What the desk hears before the caller is put through to it; not a turn of the call."""
        fields, _ = self._signed(environ)
        try:
            with self.ports.store.together(waited(environ)):
                return document(self.hotline.whisper(transferred_call(fields), turn))
        except IvrError as failed:
            log.error("no whisper at turn %d, the desk is connected without it: %s", turn, failed)
        except Exception:
            log.exception("no whisper at turn %d; the desk is connected without it", turn)
        return document('<?xml version="1.0" encoding="UTF-8"?><Response/>')

    def _kept(self, environ: WSGIEnvironment, keep: Callable[[], None]) -> Response:
        """204 when kept; 503 makes Twilio try once more while the database cannot be reached."""
        try:
            refuse_late(environ)
            with self.ports.store.together(waited(environ)):
                keep()
        except StoreUnavailable as failed:
            log.error("a notice was not kept: %s", failed)
            return line(503, "not kept, try again")
        except Exception:
            log.exception("a notice could not be understood")
        return Response(status=204)

    def _signed(self, environ: WSGIEnvironment) -> tuple[FormFields, bytes]:
        request = seen()
        pairs = request.form = read_form(environ)
        query = environ.get("QUERY_STRING")
        target = environ["PATH_INFO"] + (f"?{query}" if query else "")
        verifier, host = self.hotline.verifier, environ.get("HTTP_HOST", "")
        fingerprint = verifier.fingerprint(target, pairs, environ.get(SIGNATURE, ""), host)
        if fingerprint is None:
            tell_wrong_signature(self.hotline.settings, environ, target, pairs)
            raise BodyRefused(403, "the signature is missing or wrong", request.refused)
        fields = fields_of(pairs)
        request.call = call_id(fields)
        if self.accounts and account_id(fields) not in self.accounts:
            raise BodyRefused(403, "the account is not one of ours", "account")
        return fields, fingerprint

    def health(self, environ: WSGIEnvironment) -> Response:
        """The process answers."""
        return line(200, "ok")

    def ready(self, environ: WSGIEnvironment) -> Response:
        """Calls can be taken: what a turn writes can be written, and a release is live. Why not is in the log."""
        found = self.readiness.verdict()
        answer = line(503 if found.code else 200, found.line)
        answer.headers.update(self.running)
        return answer


class Document(Response):
    """A response whose body and headers are final when it is made: nothing is left to be worked out or converted.

    `after` is done when the server has sent it and closes it.
    """

    after: Sequence[Callable[[], None]] = ()

    def get_wsgi_response(self, environ: WSGIEnvironment) -> tuple[Iterable[bytes], str, list[tuple[str, str]]]:
        body = self.iter_encoded()
        sent = ClosingIterator(body, [partial(_do, work) for work in self.after]) if self.after else body
        return sent, self.status, self.headers.to_wsgi_list()


def refuse_late(environ: WSGIEnvironment) -> None:
    """`StoreUnavailable` for a request that has waited for a thread as long as others wait for the database: its caller
    hears "please wait" now, and not after as long again. Only the server of `ivr serve` says so."""
    if environ.get("ivr.late"):
        raise StoreUnavailable(Message("app.late"))


def waited(environ: WSGIEnvironment) -> float:
    """How many seconds the request has waited for a thread. Its caller waits for the database that much less."""
    found: float = environ.get("ivr.waited", 0.0)
    return found


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


class Shortcut:
    """Answers the two routes of nearly all requests without Flask's dispatch, which costs as much as all the rest of a
    turn. The same functions answer; whatever is not quite such a request goes on to Flask.

    A hook that somebody adds to the Flask application (`before_request` and the like) sees every request: where there
    is one, nothing goes this way. Only an error handler of Flask's own does not see these two routes.
    """

    def __init__(self, app: Flask, voice: Voice) -> None:
        self._flask, self._voice = app.wsgi_app, voice
        self._hooks = (
            app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs, app.url_value_preprocessors,
            app.teardown_appcontext_funcs,
        )  # fmt: skip

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        turn = 1 if path == "/voice" else _turn_of(path)
        if not turn or environ["REQUEST_METHOD"] != "POST" or any(self._hooks):
            return self._flask(environ, start_response)
        try:
            answer = self._voice.turn(environ, turn)
        except BodyRefused as refused:
            answer = refusal(refused)
        except Exception:
            log.exception("a request could not be read")
            seen().refused = "other"
            answer = line(500, "internal server error")
        return answer(environ, start_response)


def _turn_of(path: str) -> int:
    """The turn of an action URL as Flask's `<int:turn>` reads it; 0 for any other URL."""
    digits = path[9:] if path.startswith("/voice/t/") else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


def create_app(settings: Settings | None = None, hotline: Hotline | None = None) -> Flask:
    """The hotline as a WSGI application. `SettingInvalid` where the environment makes no sense.

    `hotline` replaces the wiring, for the terminal phone and for fixtures: another clock, entry flow or facts.
    """
    if hotline is None:
        hotline = wire(settings or read_settings(os.environ))
    app = Flask("webhooks", static_folder=None)
    app.url_map.strict_slashes = False  # a redirect would drop the caller's keys
    app.url_map.merge_slashes = False
    voice = app.extensions["ivr"] = Voice(hotline)
    for method, path, view in (
        ("POST", "/voice", voice.begin),
        ("POST", "/voice/t/<int:turn>", voice.turn),
        ("POST", "/voice/t/<int:turn>/again", voice.again),
        ("POST", "/voice/fallback", voice.fallback),
        ("POST", "/voice/status", voice.status),
        ("POST", "/voice/recording/<int:turn>", voice.recording),
        ("POST", "/voice/transcript/<int:turn>", voice.recording),
        ("POST", "/voice/whisper/<int:turn>", voice.whisper),
        ("GET", "/healthz", voice.health),
        ("GET", "/readyz", voice.ready),
    ):
        options = None if method == "GET" else False
        app.add_url_rule(path, path, _of_request(view), methods=[method], provide_automatic_options=options)
    app.register_error_handler(BodyRefused, refusal)
    app.register_error_handler(HTTPException, _http_refusal)
    app.wsgi_app = Observed(Shortcut(app, voice), counting_of(hotline.settings))  # type: ignore[method-assign]
    return app


def refusal(refused: BodyRefused) -> Response:
    """A request that was refused before anybody looked at what it says."""
    tell_refusal(refused.reason, refused.line)
    return line(refused.status, refused.line)


def _http_refusal(failed: HTTPException) -> Response:
    code = failed.code or 500
    if code < 500:
        tell_refusal({404: "no_such_url", 405: "method"}.get(code, "other"), failed.name.lower())
    return line(code, failed.name.lower())


def _of_request(view: Callable[..., Response]) -> Callable[..., Response]:
    """The view of Flask's current request."""

    def viewed(**path: int) -> Response:
        if request.method == "POST":
            seen().route, seen().turn = view.__name__, path.get("turn", 0)
        return view(request.environ, **path)

    return viewed


def __getattr__(name: str) -> Flask:
    """`webhooks:app`, made on first touch so that an import has no effects."""
    if name == "app":
        settings = read_settings(os.environ)
        log_to_stderr(settings.log)
        hotline = wire(settings)
        keep_warm(hotline)
        app = globals()["app"] = create_app(hotline=hotline)
        app.extensions["ivr"].readiness.verdict()  # the first takes longest, and nobody waits for it now
        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
