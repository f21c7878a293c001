"""Around all requests: an id that joins the proxy's log, ours and the turn, and what became of each."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ivr.app.metrics.counting import Counting
from ivr.app.observed.seen import CURRENT, Seen

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("ivr.requests")
HEADER = "X-Request-Id"


class Observed:
    """A WSGI application that is watched. What is seen of a request is counted and logged when its answer has left."""

    def __init__(self, app: WSGIApplication, counting: Counting) -> None:
        self._app, self._counting = app, counting

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Seen(environ.get("HTTP_X_REQUEST_ID", ""))
        request.started -= environ.get("ivr.waited", 0.0)  # for a thread: the caller has waited as well
        CURRENT.set(request)
        status = ""

        def start(given: str, headers: list[tuple[str, str]], *failed: Any) -> Callable[[bytes], object]:
            nonlocal status
            status = given
            return start_response(given, [*headers, (HEADER, request.id)], *failed)

        body = self._app(environ, start)
        request.seconds = time.perf_counter() - request.started
        return _Sent(body, lambda: self._told(request, status))

    def _told(self, request: Seen, status: str) -> None:
        self._counting.saw(request)
        if request.route and not request.refused and log.isEnabledFor(logging.INFO):
            fields: dict[str, object] = {"route": request.route, "status": status[:3]}
            if request.outcome:
                fields["outcome"] = request.outcome
            fields["ms"] = round(request.seconds * 1000, 1)
            told = logging.LogRecord(log.name, logging.INFO, "", 0, "answered", None, None)  # who calls is known
            told.__dict__ |= {"fields": fields, "safe": True}
            log.handle(told)


class _Sent:
    """The body; whoever closes it has sent it."""

    __slots__ = ("_body", "_then")

    def __init__(self, body: Iterable[bytes], then: Callable[[], None]) -> None:
        self._body, self._then = body, then

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """Do what waits for the answer to have left."""
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            self._then()
            CURRENT.set(None)
