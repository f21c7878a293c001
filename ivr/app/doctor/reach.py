"""Whether the hotline runs here, and takes requests signed as Twilio signs them, here and through the public URL.

The request is a status webhook that names no call: it is checked as any other, answered 204, and leaves nothing.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from ivr.app.doctor.line import Line, ok, problem, shown_url, warning
from ivr.app.running import SINCE, VERSION, installed_version
from ivr.carrier.signing import sign
from ivr.config import Settings
from ivr.messages.message import Message

SECONDS = 5.0
FORM = [("CallStatus", "completed")]
TAKEN, REFUSED = 204, 403


class Answer(NamedTuple):
    """What was answered: the status, the beginning of what was said, and of a hotline its version and since when it
    runs."""

    status: int
    said: str
    version: str = ""
    since: str = ""

    def __str__(self) -> str:
        return f"{self.status} {self.said}".strip()


def examine_reach(settings: Settings, *, public: bool) -> Iterator[Line]:
    """The lines about the port; with `public` those about the public URL too, where the hotline runs here."""
    here = f"{settings.host}:{settings.port}"
    local = f"http://{_loopback(settings.host)}:{settings.port}"
    try:
        health = _ask(f"{local}/healthz", "GET", "")
    except TimeoutError:
        yield _silent(here)
        return
    except OSError:
        yield _free(settings, here)
        return
    except http.client.HTTPException:
        health = Answer(0, "")
    if (health.status, health.said) != (200, "ok"):
        yield problem("port", Message("doctor.port.taken", here=here), Message("doctor.port.choose-port"))
        return
    try:
        yield from _running(settings, here, local, public=public)
    except TimeoutError:
        yield _silent(here)
    except (OSError, http.client.HTTPException) as failed:
        says = Message("doctor.port.broken-off", here=here, why=str(failed) or type(failed).__name__)
        yield problem("port", says, Message("doctor.port.once-more"))


def _silent(here: str) -> Line:
    return problem("port", Message("doctor.port.silent", here=here, seconds=SECONDS), Message("doctor.port.busy"))


def _running(settings: Settings, here: str, local: str, *, public: bool) -> Iterator[Line]:
    """The lines about a hotline that runs here. `OSError` or `HTTPException` where it breaks off."""
    ready = _ask(f"{local}/readyz", "GET", "")
    if ready.status != 200:
        says = Message("doctor.port.not-ready", here=here, why=ready.said)
        yield problem("port", says, Message("doctor.port.see-log"))
        return
    yield _runs(here, ready)
    if settings.tokens:
        yield (line := _signed_here(settings, local))
        if line.status == "ok" and public:
            yield _signed_through(settings)


def _runs(here: str, ready: Answer) -> Line:
    """Processes keep the program they began with, whatever is installed since."""
    if not ready.version:
        return ok("port", Message("doctor.port.runs", here=here))
    if ready.version != installed_version():
        says = Message("doctor.port.other-version", here=here, theirs=ready.version, ours=installed_version())
        return warning("port", says, Message("doctor.port.reload"))
    return ok("port", Message("doctor.port.runs-version", here=here, version=ready.version, since=ready.since))


def _free(settings: Settings, here: str) -> Line:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as failed:
            says = Message("doctor.port.cannot-listen", here=here, why=failed.strerror or str(failed))
            return problem("port", says, Message("doctor.port.choose-place"))
    return ok("port", Message("doctor.port.free", here=here))


def _signed_here(settings: Settings, local: str) -> Line:
    """The server compares signatures with its own settings, which it read when it started."""
    token, shown = settings.tokens[0], shown_url(settings.public_url)
    answer = _ask(f"{local}/voice/status", "POST", sign(token, f"{settings.public_url}/voice/status", FORM))
    if answer.status == TAKEN:
        return ok("signature", Message("doctor.signature.taken", url=shown))
    if answer.status != REFUSED:
        says = Message("doctor.signature.answered", answer=str(answer))
        return problem("signature", says, Message("doctor.signature.see-log"))
    for spelled in _spellings(settings.public_url, settings.port):
        if _ask(f"{local}/voice/status", "POST", sign(token, f"{spelled}/voice/status", FORM)).status == TAKEN:
            says = Message("doctor.signature.other-url", theirs=shown_url(spelled), ours=shown)
            return problem("signature", says, Message("doctor.signature.one-url"))
    return problem("signature", Message("doctor.signature.refused"), Message("doctor.signature.same-settings"))


def _spellings(url: str, port: int) -> Iterator[str]:
    """How the same place is spelled otherwise: the cause of most calls that are all refused."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    ports = dict.fromkeys(
        [f":{port}", f":{parts.port}" if parts.port else "", "", ":80", ":443"]
    )  # a port may be left out
    hosts = dict.fromkeys([host, "127.0.0.1", "localhost"])
    for path in dict.fromkeys([parts.path.rstrip("/"), ""]):
        for name in hosts:
            for scheme in ("https", "http"):
                for ending in ports:
                    if (other := f"{scheme}://{name}{ending}{path}") != url:
                        yield other


def _signed_through(settings: Settings) -> Line:
    url = shown_url(settings.public_url)
    signature = sign(settings.tokens[0], f"{settings.public_url}/voice/status", FORM)
    try:
        answer = _ask(f"{settings.public_url}/voice/status", "POST", signature)
    except ssl.SSLCertVerificationError as failed:
        says = Message("doctor.through-url.certificate", url=url, why=failed.verify_message)
        return problem("through-url", says, Message("doctor.through-url.renew"))
    except (OSError, http.client.HTTPException, UnicodeError) as failed:  # a host may be no name at all
        says = Message("doctor.through-url.unreachable", url=url, why=str(failed))
        return warning("through-url", says, Message("doctor.through-url.from-outside"))
    if answer.status == TAKEN:
        return ok("through-url", Message("doctor.through-url.taken", url=url))
    if 300 <= answer.status < 400:
        says = Message("doctor.through-url.redirects", url=url, status=answer.status)
        return problem("through-url", says, Message("doctor.through-url.write-target"))
    says = Message("doctor.through-url.answered", url=url, answer=str(answer))
    if answer.status == REFUSED:
        says = Message("doctor.through-url.refused", url=url)
    return problem("through-url", says, Message("doctor.through-url.proxy"))


def _ask(url: str, method: str, signature: str) -> Answer:
    """`OSError` or `HTTPException` where nobody answers."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        connection.request(method, parts.path, urlencode(FORM) if method == "POST" else None, headers)
        answer = connection.getresponse()
        said = answer.read(200).decode("utf-8", "replace").strip()
        version, since = answer.getheader(VERSION, ""), answer.getheader(SINCE, "")
        return Answer(answer.status, said.splitlines()[0] if said else "", version, since)
    finally:
        connection.close()


def _loopback(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared only
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104
    return f"[{host}]" if ":" in host else host
