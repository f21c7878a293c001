"""Signing requests as Twilio does (twilio.com/docs/usage/security): HMAC-SHA1 over the URL and the sorted form."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Sequence

FormPairs = Sequence[tuple[str, str]]


def sign(token: str, url: str, pairs: FormPairs) -> str:
    """The signature of a form posted to `url`, which carries its query and no fragment."""
    text = url + "".join(name + value for name, value in sorted(set(pairs)))
    return b64encode(hmac.digest(token.encode(), text.encode("utf-8", "surrogatepass"), "sha1")).decode()
