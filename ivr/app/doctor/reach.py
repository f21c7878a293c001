"""Whether the hotline runs here, and takes requests signed as Twilio signs them, here and through the public URL.

The request is a status webhook that names no call: it is checked as any other, answered 204, and leaves nothing.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

from ivr.app.doctor.line import Line, ok, problem, shown_url, warning
from ivr.carrier.signing import sign
from ivr.config import Settings

SECONDS = 5.0
FORM = [("CallStatus", "completed")]
TAKEN, REFUSED = 204, 403
PROXY = "The proxy must pass /voice and all below it to `ivr serve`, as it comes (docs/operating.md)."


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
        health = 0, ""
    if health != (200, "ok"):
        yield problem("port", f"{here} is taken by another program.", "Choose another IVR_PORT, or end that program.")
        return
    try:
        yield from _running(settings, here, local, public=public)
    except TimeoutError:
        yield _silent(here)
    except (OSError, http.client.HTTPException) as failed:
        says = f"the hotline runs at {here} and has broken off its answer: {failed or type(failed).__name__}."
        yield problem("port", says, "Ask again; where that says the same, see its log.")


def _silent(here: str) -> Line:
    says = f"what runs at {here} has not answered within {SECONDS:.0f} s."
    return problem("port", says, "If it is the hotline, it is busy: see its log, and that its database answers.")


def _running(settings: Settings, here: str, local: str, *, public: bool) -> Iterator[Line]:
    """The lines about a hotline that runs here. `OSError` or `HTTPException` where it breaks off."""
    ready, why = _ask(f"{local}/readyz", "GET", "")
    if ready != 200:
        yield problem("port", f"the hotline runs at {here} and cannot take calls: {why}.", "Its log says more.")
        return
    yield ok("port", f"the hotline runs at {here} and can take calls")
    if settings.tokens:
        yield (line := _signed_here(settings, local))
        if line.status == "ok" and public:
            yield _signed_through(settings)


def _free(settings: Settings, here: str) -> Line:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as failed:
            says = f"{here} cannot be listened on: {failed.strerror or failed}."
            return problem("port", says, "Choose another IVR_HOST or IVR_PORT.")
    return ok("port", f"{here} is free; ask again while `ivr serve` runs, for a signed request")


def _signed_here(settings: Settings, local: str) -> Line:
    """The server compares signatures with its own settings, which it read when it started."""
    token, shown = settings.tokens[0], shown_url(settings.public_url)
    status, said = _ask(f"{local}/voice/status", "POST", sign(token, f"{settings.public_url}/voice/status", FORM))
    if status == TAKEN:
        return ok("signature", f"the running hotline takes requests signed for {shown}")
    if status != REFUSED:
        return problem("signature", f"a signed request was answered {status} {said}.", "See the hotline's log.")
    for spelled in _spellings(settings.public_url, settings.port):
        if _ask(f"{local}/voice/status", "POST", sign(token, f"{spelled}/voice/status", FORM))[0] == TAKEN:
            says = f"the running hotline checks signatures over {spelled}, and IVR_PUBLIC_URL is {shown} here."
            return problem("signature", says, "Give both the URL that stands at the number, then restart `ivr serve`.")
    says = "the running hotline refuses our signature with 403: its TWILIO_AUTH_TOKEN or IVR_PUBLIC_URL is another."
    return problem("signature", says, "Start it with the settings you ask with, or ask with its own.")


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
        status, said = _ask(f"{settings.public_url}/voice/status", "POST", signature)
    except ssl.SSLCertVerificationError as failed:
        says = f"the certificate of {url} does not hold: {failed.verify_message}."
        return problem("through-url", says, "Twilio will not call it: renew it, and send its whole chain.")
    except (OSError, http.client.HTTPException, UnicodeError) as failed:  # a host may be no name at all
        says = f"{url} cannot be reached from this machine: {failed}."
        return warning("through-url", says, "Ask again from a machine outside: it may be so only from the inside.")
    if status == TAKEN:
        return ok("through-url", f"a signed request comes through {url}")
    if 300 <= status < 400:
        says = f"{url} redirects ({status}), which drops the caller's keys."
        return problem("through-url", says, "Write the URL it redirects to, here and at the number.")
    if status == REFUSED:
        says = f"a signed request is taken here, and refused with 403 through {url}: the proxy changes path or query."
        return problem("through-url", says, PROXY)
    return problem("through-url", f"a signed request through {url} is answered {status} {said}.", PROXY)


def _ask(url: str, method: str, signature: str) -> tuple[int, str]:
    """Status and the beginning of what is said. `OSError` or `HTTPException` where nobody answers."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        connection.request(method, parts.path, urlencode(FORM) if method == "POST" else None, headers)
        answer = connection.getresponse()
        said = answer.read(200).decode("utf-8", "replace").strip()
        return answer.status, said.splitlines()[0] if said else ""
    finally:
        connection.close()


def _loopback(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared only
        return "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104
    return f"[{host}]" if ":" in host else host
