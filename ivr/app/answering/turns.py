"""The voice routes: each asks for a turn of a call, and whatever fails inside, whoever is on the line hears a sentence.

Calls that we placed name their attempt in their URLs. Whom we have phoned never hears the hotline's own menu or thanks
for a call: where nothing explains such a call, or nothing can be done about it, it hears one neutral sentence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from ivr.app.answering.reply import Reply, document
from ivr.app.answering.signed import Signatures, refuse_late, waited
from ivr.app.observed.seen import seen
from ivr.app.wiring import Hotline
from ivr.errors import StoreUnavailable
from ivr.service.calls.answer import handle_call
from ivr.service.calls.turn_in_progress import Webhook
from ivr.twilio.fixed import HOLD_PAUSES, NEUTRAL, hold
from ivr.twilio.parties import parties_of
from ivr.twilio.request import FormFields
from ivr.twilio.voice_request import again_request, fallback_request, placed_call, turn_request

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("ivr.webhooks")
Asked = Callable[[FormFields, bytes], Webhook | None]


class Turns:
    """The voice routes of one hotline."""

    def __init__(self, hotline: Hotline, signatures: Signatures) -> None:
        self._ports, self._url = hotline.ports, hotline.settings.public_url
        self._prefix, self._signed = urlsplit(self._url).path.rstrip("/"), signatures.signed

    def begin(self, environ: WSGIEnvironment) -> Reply:
        """A number's voice URL: turn 1."""
        return self.turn(environ, 1)

    def turn(self, environ: WSGIEnvironment, turn: int) -> Reply:
        """The customer's answer to the question of the turn before."""
        return self._answer(environ, lambda fields, fingerprint: turn_request(fields, fingerprint, turn))

    def again(self, environ: WSGIEnvironment, turn: int) -> Reply:
        """After a "please wait" document: the question is asked again."""
        return self._answer(environ, lambda fields, fingerprint: again_request(fields, fingerprint, turn))

    def fallback(self, environ: WSGIEnvironment) -> Reply:
        """The number's fallback URL: Twilio could not get or could not use a document."""
        return self._answer(environ, lambda fields, fingerprint: fallback_request(fields, fingerprint, self._url))

    def out(self, environ: WSGIEnvironment, attempt: str) -> Reply:
        """Somebody has answered a call that we placed: turn 1."""
        return self._answer(environ, placed_call(attempt, lambda fields, told: turn_request(fields, told, 1)), attempt)

    def out_again(self, environ: WSGIEnvironment, attempt: str) -> Reply:
        """The same after a "please wait" document."""
        return self._answer(environ, placed_call(attempt, lambda fields, told: again_request(fields, told, 1)), attempt)

    def out_fallback(self, environ: WSGIEnvironment, attempt: str) -> Reply:
        """The fallback URL of a call that we placed."""
        asked = placed_call(attempt, lambda fields, told: fallback_request(fields, told, self._url))
        return self._answer(environ, asked, attempt)

    def _answer(self, environ: WSGIEnvironment, asked: Asked, attempt: str = "") -> Reply:
        request = seen()
        request.outcome = "refused"
        fields, fingerprint = self._signed(environ)
        try:
            webhook = asked(fields, fingerprint)
            if webhook is None:
                log.error("a signed voice request names no call")
                return self._apology("no_call", fields, attempt)
            request.route, request.turn = webhook.route, webhook.turn
            refuse_late(environ)
            if webhook.route == "fallback":
                log.warning("Twilio asked the fallback URL at turn %d", webhook.turn)
            with self._ports.store.together(waited(environ)):
                answer = handle_call(self._ports, webhook)
        except StoreUnavailable as failed:
            log.error("turn %d waits: %s", request.turn, failed)
            turn = max(request.turn, 1)
            return self._hold(environ, fields, turn, attempt)
        except Exception:
            log.exception("turn %d failed; the caller hears the apology", request.turn)
            return self._apology("error", fields, attempt)
        request.outcome, request.cases = answer.outcome, answer.opened
        request.apology = "release_gone" if answer.outcome == "apology" else ""
        return document(answer.document, answer.after)

    def _hold(self, environ: WSGIEnvironment, fields: FormFields, turn: int, attempt: str) -> Reply:
        held = dict(parse_qsl(environ.get("QUERY_STRING", ""))).get("held", "0")
        times = int(held) if held.isascii() and held.isdigit() and len(held) < 3 else 0
        if times >= len(HOLD_PAUSES):
            return self._apology("held_too_often", fields, attempt)
        seen().outcome = "hold"
        path = f"/voice/out/{attempt}" if attempt and turn == 1 else f"/voice/t/{turn}"
        return document(hold(self._prefix + path, times))

    def _apology(self, why: str, fields: FormFields, attempt: str) -> Reply:
        request = seen()
        request.outcome, request.apology = "apology", why
        try:
            parties = parties_of(fields)
        except Exception:
            log.exception("the number dialled cannot be read")
            return document(self._ports.apology(""))
        placed = attempt or parties.direction == "outgoing"
        return document(NEUTRAL if placed else self._ports.apology(parties.line))
