"""Who sends a request: its form, if the signature and the account are ours, and how long it has waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.app.observed.seen import seen
from ivr.app.observed.signature_trouble import tell_wrong_signature
from ivr.app.wiring import Hotline
from ivr.errors import StoreUnavailable
from ivr.messages.message import Message
from ivr.twilio.form import BodyRefused, read_form
from ivr.twilio.ids import account_id
from ivr.twilio.request import FormFields, call_id, fields_of
from ivr.twilio.signature import SIGNATURE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Signatures:
    """Tells the provider's requests from those of others."""

    def __init__(self, hotline: Hotline) -> None:
        self._settings, self._verifier = hotline.settings, hotline.verifier
        self._accounts = frozenset(account.lower() for account in hotline.settings.accounts)

    def signed(self, environ: WSGIEnvironment) -> tuple[FormFields, bytes]:
        """The parameters of a request and its fingerprint. `BodyRefused` where it is none of the provider's."""
        request = seen()
        pairs = request.form = read_form(environ)
        query = environ.get("QUERY_STRING")
        target = environ["PATH_INFO"] + (f"?{query}" if query else "")
        fingerprint = self._verifier.fingerprint(
            target, pairs, environ.get(SIGNATURE, ""), environ.get("HTTP_HOST", "")
        )
        if fingerprint is None:
            tell_wrong_signature(self._settings, environ, target, pairs)
            raise BodyRefused(403, "the signature is missing or wrong", request.refused)
        fields = fields_of(pairs)
        request.call = call_id(fields)
        if self._accounts and account_id(fields) not in self._accounts:
            raise BodyRefused(403, "the account is not one of ours", "account")
        return fields, fingerprint


def refuse_late(environ: WSGIEnvironment) -> None:
    """`StoreUnavailable` for a request that has waited for a thread as long as others wait for the database: its caller
    hears "please wait" now, and not after as long again. Only the server of `ivr serve` says so."""
    if environ.get("ivr.late"):
        raise StoreUnavailable(Message("app.late"))


def waited(environ: WSGIEnvironment) -> float:
    """How many seconds the request has waited for a thread. Its caller waits for the database that much less."""
    found: float = environ.get("ivr.waited", 0.0)
    return found
