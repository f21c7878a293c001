"""The official client, as this house asks it: no retries, ten seconds, nothing logged, and its failures told apart."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from ivr.config import LOOPBACK
from ivr.errors import SettingInvalid
from ivr.messages.message import Message

if TYPE_CHECKING:
    from twilio.http.response import Response
    from twilio.rest import Client

SECONDS = 10.0
_silent = logging.getLogger("ivr.twilio.requests")
_silent.setLevel(logging.CRITICAL)  # the client would log every number it phones


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How an account is asked. `user` and `secret` are the account and its token, or an API key and its secret.

    `base` replaces the provider's address by an exchange on this machine; nothing else may, for calls would go there.
    """

    account: str
    user: str
    secret: str = field(repr=False)
    base: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if self.base and (parts.scheme != "http" or parts.hostname not in LOOPBACK):
            raise SettingInvalid(Message("dialler.base", base=self.base))


def client_of(access: Access) -> Client:
    """A client. It is loaded here because who only answers calls needs none."""
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    class Direct(TwilioHttpClient):  # type: ignore[misc]
        """Its requests, to the exchange of this machine where one is named: then past all proxies."""

        def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
            if access.base:
                assert self.session is not None
                self.session.trust_env = False
                host = urlsplit(access.base)
                url = urlunsplit(urlsplit(url)._replace(scheme=host.scheme, netloc=host.netloc))
            return super().request(method, url, *args, **kwargs)

    http = Direct(timeout=SECONDS, max_retries=0, logger=_silent)
    return Client(access.user, access.secret, access.account, http_client=http)


def never_connected(failed: BaseException) -> bool:
    """Whether no connection stood when a request failed, so that nothing can have arrived.

    A proxy error alone says nothing: a connection that broke after the request was sent is told as one too.
    """
    from urllib3 import exceptions as http

    reason = getattr(failed.args[0] if failed.args else None, "reason", None)
    if isinstance(reason, http.ProxyError):
        reason = reason.original_error
    if isinstance(reason, http.NewConnectionError | http.ConnectTimeoutError):
        return True
    if type(reason) is OSError:  # the only one the library makes itself; its subclasses may come at any time
        return str(reason).startswith("Tunnel connection failed")
    return isinstance(reason, http.SSLError) and _certificate_refused(reason)


def _certificate_refused(reason: BaseException) -> bool:
    """Whether TLS ended at the certificate: before any request."""
    return any(isinstance(each, ssl.SSLCertVerificationError) for each in (*reason.args, reason.__cause__))
