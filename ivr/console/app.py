"""The API as a WSGI application.

A request passes: its route, who asks and their roles, what it asks, then the case. Each refusal is one form of JSON,
and nothing that goes wrong inside is told to whoever asks.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Flask, g, request
from werkzeug import Response
from werkzeug.exceptions import HTTPException

from ivr.app.database import Database
from ivr.app.metrics.counting import NoCounting
from ivr.app.observed.middleware import Observed
from ivr.app.observed.seen import seen
from ivr.config import Settings
from ivr.console.access import ACCESS
from ivr.console.answers import Refusal, answer
from ivr.console.asked import filters_of, language_of, too_large
from ivr.console.cases import Answer, Cases
from ivr.console.openapi import document
from ivr.console.outgoing import Outgoing
from ivr.console.people import listed, me
from ivr.console.who import check_roles, person_of
from ivr.errors import NoDatabase, StoreUnavailable
from ivr.messages.message import Message
from ivr.service.people import Person
from ivr.storage.bulk import engine

log = logging.getLogger("ivr.console")
AGAIN_SECONDS = 2
"""When to ask again while the database cannot be used."""
View = Callable[..., Answer]


class Api:
    """The routes, on one database."""

    def __init__(self, settings: Settings) -> None:
        self._connections = engine(settings.database_url, keep=True)
        self.database = Database(settings, self._connections)
        self.cases = Cases(self.database)
        self.outgoing = Outgoing(self.database, settings)

    def close(self) -> None:
        """Close what this thread has open."""
        self.database.ports.store.close()
        self._connections.dispose()

    def me(self, person: Person) -> Answer:
        """Who asks."""
        filters_of(request.args)
        return me(person), {}

    def people(self, person: Person) -> Answer:
        """Everybody."""
        filters_of(request.args)
        return {"people": [listed(each) for each in self.database.people.everybody()]}, {}

    def views(self) -> dict[str, View]:
        """What answers each route of `ACCESS`."""
        cases = self.cases
        return {
            "GET /api/openapi.json": lambda: (document(), {}),
            "GET /api/me": self.me,
            "GET /api/people": self.people,
            "GET /api/cases": lambda person: cases.page(request, person),
            "GET /api/cases/<number>": lambda person, number: cases.one(request, person, number),
            "GET /api/cases/<number>/events": lambda person, number: cases.events(request, person, number),
            "POST /api/cases/<number>/moves": lambda person, number: cases.move(request, person, number),
            "GET /api/cases/<number>/attempts": lambda person, number: self.outgoing.attempts(request, person, number),
            "GET /api/do-not-call": lambda person: self.outgoing.blocked(request, person),
            "POST /api/do-not-call": lambda person: self.outgoing.block(request, person),
            "DELETE /api/do-not-call": lambda person: self.outgoing.unblock(request, person),
            "POST /api/outgoing/stop": lambda person: self.outgoing.stop(request, person),
            "GET /healthz": lambda: ({"status": "ok"}, {}),
        }

    def asker(self, roles: tuple[str, ...] | None) -> list[Person]:
        """Who asks, where a route wants to know."""
        if roles is None:
            return []
        person = person_of(request, self.database.people, self.database.ports.clock())
        check_roles(person, roles)
        return [person]


def create_app(settings: Settings) -> Flask:
    """The application of these settings. Nothing is opened: the first request does."""
    app = Flask("ivr.console", static_folder=None)
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    api = app.extensions["ivr"] = Api(settings)
    for route, view in api.views().items():
        method, path = route.split()
        seen_as = _observed(api, route, view)
        app.add_url_rule(path, route, seen_as, methods=[method], provide_automatic_options=False)
    app.before_request(_language)
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(StoreUnavailable, _store)
    app.register_error_handler(NoDatabase, _store)
    app.register_error_handler(Exception, _internal)
    app.wsgi_app = Observed(app.wsgi_app, NoCounting())  # type: ignore[method-assign]
    return app


def _observed(api: Api, route: str, view: View) -> Callable[..., Response]:
    def viewed(**path: str) -> Response:
        seen().route = route
        if request.environ.get("ivr.late"):
            raise Refusal(503, "late", Message("api.late"), headers={"Retry-After": str(AGAIN_SECONDS)})
        body, headers = view(*api.asker(ACCESS[route]), **path)
        return answer(body, g.language, headers=headers)

    return viewed


def _language() -> None:
    g.language = language_of(request)


def _refused(refusal: Refusal) -> Response:
    language: str = g.get("language") or language_of(request)
    seen().outcome = refusal.error
    return answer(refusal.body(), language, refusal.status, refusal.headers)


def _http(failed: HTTPException) -> Response:
    match failed.code:
        case 404:
            return _refused(Refusal(404, "no_such_route", Message("api.no-such-route")))
        case 405:
            methods = tuple(sorted(getattr(failed, "valid_methods", None) or ()))
            headers = {"Allow": ", ".join(methods)}
            return _refused(Refusal(405, "method", Message("api.method", methods=methods), headers=headers))
        case 413:
            return _refused(too_large())
    if (failed.code or 500) >= 500:
        return _internal(failed)
    return _refused(Refusal(failed.code or 400, "bad_request", Message("api.bad-request")))


def _store(failed: Exception) -> Response:
    log.error("the database cannot be used: %s", failed)
    headers = {"Retry-After": str(AGAIN_SECONDS)}
    return _refused(Refusal(503, "store", Message("api.store"), headers=headers))


def _internal(failed: Exception) -> Response:
    log.error("a request failed", exc_info=failed)
    return _refused(Refusal(500, "internal", Message("api.internal")))
