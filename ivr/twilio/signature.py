"""Twilio's signature: HMAC-SHA1 over the known public URL and the sorted form (ASVS 11.4.1: fixed by the provider)."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha1

from ivr.twilio.public_url import in_capitals_of, spellings

SIGNATURE = "HTTP_X_TWILIO_SIGNATURE"
"""The header, as WSGI spells it."""
Form = Sequence[tuple[str, str]]


class Verifier:
    """Checks signatures for one public URL under one or more tokens (several while a token is rotated)."""

    def __init__(self, tokens: Iterable[str], public_url: str) -> None:
        self._keys = [hmac.new(token.encode(), digestmod=sha1) for token in tokens]
        self._url = public_url
        self._bases = spellings(public_url)

    def fingerprint(self, target: str, form: Form, signature: str, host: str = "") -> bytes | None:
        """12 bytes of the HMAC when the signature of a request to `target` (path and raw query) is right, else None.

        `host` is the header: where it is our own host in other capitals, the URL may be signed so too.
        """
        given = signature.encode("utf-8", "surrogatepass")
        data = (target + _sorted_text(form)).encode("utf-8", "surrogatepass")
        for base in self._spellings(host):
            for key in self._keys:
                mac = key.copy()
                mac.update(base.encode() + data)
                digest = mac.digest()
                if hmac.compare_digest(b64encode(digest), given):
                    return digest[:12]
        return None

    def signed_url(self, urls: Iterable[str], form: Form, signature: str) -> str | None:
        """The first of these URLs, as they are spelled, that the signature fits; None where none does."""
        given = signature.encode("utf-8", "surrogatepass")
        data = _sorted_text(form).encode("utf-8", "surrogatepass")
        for url in urls:
            text = url.encode("utf-8", "surrogatepass") + data
            for key in self._keys:
                mac = key.copy()
                mac.update(text)
                if hmac.compare_digest(b64encode(mac.digest()), given):
                    return url
        return None

    def _spellings(self, host: str) -> Iterator[str]:
        yield from self._bases
        if host != host.lower() and (ours := in_capitals_of(self._url, host)):
            yield from spellings(ours)


def _sorted_text(form: Form) -> str:
    """Names and values in order; a value given twice under one name counts once."""
    fields = dict(form)
    if len(fields) == len(form):  # no name is repeated
        return "".join([name + fields[name] for name in sorted(fields)])
    return "".join([name + value for name, value in sorted(set(form))])
