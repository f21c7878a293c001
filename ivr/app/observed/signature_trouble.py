"""Why a signature is wrong, as far as can be found out: the URL that was signed, or else the token.

The provider signs the URL it was told, with its token. Where one of the URLs that the request itself speaks of fits the
signature, it is known which part of IVR_PUBLIC_URL differs; where none does, only the token or a changed body is left.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult, urlsplit

from ivr.app.logs.flood import Flood
from ivr.app.logs.masking import masked
from ivr.app.observed.seen import seen
from ivr.config import Settings
from ivr.twilio.signature import SIGNATURE, Verifier

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("ivr.refused")
MOST_A_MINUTE = 30
"""So many signatures are looked into; in a flood it would cost more than answering callers."""
MOST_URLS = 200
LONGEST_FORM = 8_000
"""Characters of a form that is tried with other URLs: a provider's have fewer, and nobody is trusted yet."""
_looked_into = Flood(MOST_A_MINUTE)
HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")
STANDARD = {"http": 80, "https": 443}
Form = Sequence[tuple[str, str]]


def tell_wrong_signature(settings: Settings, environ: WSGIEnvironment, target: str, form: Form) -> None:
    """One line: the URL expected, what came, which parts differ."""
    request = seen()
    request.refused = "signature" if environ.get(SIGNATURE) else "unsigned"
    fields: dict[str, Any] = {"reason": request.refused}
    _looked_into.left_out()
    if _looked_into.lets(request.refused):
        try:
            fields |= _found(settings, environ, target, form)
        except ValueError:  # a URL that is none: whoever sends it chooses what is in it
            fields["differs"] = "the URL, or the token,"
    what = f"a signature is wrong: {fields.get('differs', '')} differs"
    said = what if environ.get(SIGNATURE) else "a request is not signed"
    urls = (fields.get("expected", ""), fields.get("came", ""))
    more = {"kind": request.refused, "fields": fields, "safe": True}
    log.warning("%s; expected %s, came %s", said, *urls, extra=more)


def _found(settings: Settings, environ: WSGIEnvironment, target: str, form: Form) -> dict[str, Any]:
    expected = urlsplit(settings.public_url + target)
    came = _came(environ, expected, target)
    shown = {"expected": _shown(expected), "came": _shown(came)}
    if not environ.get(SIGNATURE):
        return {**shown, "differs": ""}
    if sum(len(name) + len(value) for name, value in form) <= LONGEST_FORM:
        urls = islice(_candidates(environ, expected, target), MOST_URLS)
        verifier = Verifier(settings.tokens, settings.public_url)
        if (signed := verifier.signed_url(urls, form, environ[SIGNATURE])) is not None:
            found = urlsplit(signed)
            return {**shown, "signed": _shown(found), "differs": ", ".join(_differences(expected, found)) or "spelling"}
    return {**shown, "differs": _guessed(expected, came)}


def _guessed(expected: SplitResult, came: SplitResult) -> str:
    """What may differ where no URL fits: a proxy need not tell us the URL that was asked for."""
    differs = ", ".join(_differences(expected, came))
    return f"{differs}, or the token" if differs else "token"


def _came(environ: WSGIEnvironment, expected: SplitResult, target: str) -> SplitResult:
    """The request's own URL as the proxy tells it, else as it came; the scheme that nobody tells is taken as right."""
    told = _host(environ, "HTTP_X_FORWARDED_HOST")
    host = told or _host(environ, "HTTP_HOST") or expected.netloc
    inside = not told and host.partition(":")[0] in ("127.0.0.1", "localhost", "[", "0.0.0.0")  # noqa: S104
    proto = _first(environ, "HTTP_X_FORWARDED_PROTO").lower()
    scheme = proto if proto in STANDARD else expected.scheme
    path = (
        expected.path if inside or not told else _first(environ, "HTTP_X_FORWARDED_PREFIX") + target.partition("?")[0]
    )
    netloc = expected.netloc if inside and expected.hostname not in ("127.0.0.1", "localhost") else host
    return SplitResult(scheme, netloc, path, expected.query, "")


def _candidates(environ: WSGIEnvironment, expected: SplitResult, target: str) -> Iterator[str]:
    """URLs that may have been signed, those that differ least first."""
    hosts: list[str] = []
    for netloc in (expected.netloc, _host(environ, "HTTP_X_FORWARDED_HOST"), _host(environ, "HTTP_HOST")):
        bare = _without_port(netloc)
        ports = [port for port in (_first(environ, "HTTP_X_FORWARDED_PORT")[:5], "443", "80") if port.isdigit()]
        if expected.port:
            ports.append(str(expected.port))
        hosts += [netloc, bare, *(f"{bare}:{port}" for port in ports)] if netloc else []
    path, _, query = target.partition("?")
    paths = (expected.path, path, f"{_first(environ, 'HTTP_X_FORWARDED_PREFIX')}{path}")
    slashes = [form for path in paths for form in (path, path.rstrip("/"), f"{path}/")]
    queries = dict.fromkeys((f"?{query}" if query else "", ""))
    schemes = dict.fromkeys((expected.scheme, "https", "http"))
    for host, path, scheme, asked in product(dict.fromkeys(hosts), dict.fromkeys(slashes), schemes, queries):
        yield f"{scheme}://{host}{path}{asked}"


def _differences(expected: SplitResult, other: SplitResult) -> list[str]:
    parts = {
        "scheme": (expected.scheme, other.scheme),
        "host": (_without_port(expected.netloc).lower(), _without_port(other.netloc).lower()),
        "port": (_port(expected), _port(other)),
        "path": (expected.path, other.path),
        "query": (expected.query, other.query),
    }
    differs = [part for part, (one, another) in parts.items() if one != another]
    return [part for part in differs if part != "port" or "scheme" not in differs or _explicit(expected, other)]


def _explicit(expected: SplitResult, other: SplitResult) -> bool:
    """Whether a port is written in one of the two: that of another scheme is no difference of its own."""
    return bool(_written(expected) or _written(other))


def _port(url: SplitResult) -> int | None:
    return _written(url) or STANDARD.get(url.scheme)


def _written(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError:
        return None


def _without_port(netloc: str) -> str:
    host, colon, port = netloc.rpartition(":")
    return host if colon and port.isdigit() else netloc


def _first(environ: WSGIEnvironment, name: str) -> str:
    """The value of a header that each proxy on the way may have added to."""
    return str(environ.get(name, "")).partition(",")[0].strip()


def _host(environ: WSGIEnvironment, name: str) -> str:
    """The host a header names, empty where that is none."""
    found = _first(environ, name)
    return found if HOST.fullmatch(found) else ""


def _shown(url: SplitResult) -> str:
    """A URL for the log: its query by names alone, and no number in its path; who sends it chooses both."""
    names = "&".join(part.partition("=")[0] for part in url.query.split("&"))
    query = f"?{names}" if names else ""
    return f"{url.scheme}://{url.netloc.rpartition('@')[2]}{_path(url.path)}{_path(query)}"


def _path(path: str) -> str:
    """Turns have up to three digits; longer numbers are somebody's."""
    return "/".join(part if part.isdigit() and len(part) < 4 else masked(part) for part in path.split("/"))
