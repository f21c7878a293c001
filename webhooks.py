"""The hotline's webhooks: parse, handle, render. Whatever fails inside, the caller hears a sentence.

`create_app()` is the entrance; `webhooks:app` is for WSGI servers and reads the environment when first touched.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import ClosingIterator

from ivr.app.answering.notices import Notices
from ivr.app.answering.reply import XML, Reply, line
from ivr.app.answering.signed import Signatures
from ivr.app.answering.turns import Turns
from ivr.app.logs.setup import log_to_stderr
from ivr.app.metrics.start import counting_of
from ivr.app.observed.middleware import Observed
from ivr.app.observed.refusing import tell_refusal
from ivr.app.observed.seen import seen
from ivr.app.readiness import Readiness
from ivr.app.running import running_headers
from ivr.app.warming import keep_warm
from ivr.app.wiring import Hotline, wire
from ivr.config import Settings, read_settings
from ivr.twilio.form import BodyRefused

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger("ivr.webhooks")


class Voice(Turns, Notices):
    """The routes of one hotline."""

    def __init__(self, hotline: Hotline) -> None:
        signatures = Signatures(hotline)
        Turns.__init__(self, hotline, signatures)
        Notices.__init__(self, hotline, signatures)
        self.readiness = Readiness(hotline)
        self.running = running_headers()

    def health(self, environ: WSGIEnvironment) -> Reply:
        """The process answers."""
        return line(200, "ok")

    def ready(self, environ: WSGIEnvironment) -> Reply:
        """Calls can be taken: what a turn writes can be written, and a release is live. Why not is in the log."""
        found = self.readiness.verdict()
        return line(503 if found.code else 200, found.line, self.running)


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


def response(reply: Reply) -> Response:
    """The response that carries an answer."""
    if reply.kind != XML:
        kind = {"Content-Type": reply.kind} if reply.kind else {}
        return Response(reply.text, reply.status, {**kind, **reply.headers})
    body = reply.text.encode()
    headers = Headers()
    headers.add("Content-Type", XML)
    headers.add("Cache-Control", "no-store")
    headers.add("Content-Length", str(len(body)))
    made = Document([body], None, headers)
    made.after = reply.after
    return made


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
            answer = response(self._voice.turn(environ, turn))
        except BodyRefused as refused:
            answer = refusal(refused)
        except Exception:
            log.exception("a request could not be read")
            seen().refused = "other"
            answer = response(line(500, "internal server error"))
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
        ("POST", "/voice/out/<attempt>", voice.out),
        ("POST", "/voice/out/<attempt>/again", voice.out_again),
        ("POST", "/voice/out/<attempt>/fallback", voice.out_fallback),
        ("POST", "/voice/out/<attempt>/status", voice.out_status),
        ("POST", "/voice/out/<attempt>/detection", voice.out_detection),
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
    return response(line(refused.status, refused.line))


def _http_refusal(failed: HTTPException) -> Response:
    code = failed.code or 500
    if code < 500:
        tell_refusal({404: "no_such_url", 405: "method"}.get(code, "other"), failed.name.lower())
    return response(line(code, failed.name.lower()))


def _of_request(view: Callable[..., Reply]) -> Callable[..., Response]:
    """The view of Flask's current request."""

    def viewed(**path: Any) -> Response:
        if request.method == "POST":
            seen().route, seen().turn = view.__name__, path.get("turn", 0)
        return response(view(request.environ, **path))

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
