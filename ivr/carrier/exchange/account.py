"""The account calls are placed with: who may ask in its name, from which numbers and to which."""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account. `keys` are its API keys with their secrets; `numbers` its own, `caller_ids` those it has proved to
    be its own.

    Of numbers that begin with one of `prefixes` alone calls may be placed to; `unreachable` and `blocked` are single
    ones that may not.
    """

    sid: str
    token: str = field(repr=False)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    numbers: Sequence[str] = ()
    caller_ids: Sequence[str] = ()
    prefixes: Sequence[str] = ("+",)
    unreachable: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    status: str = "active"

    def admits(self, authorization: str) -> bool:
        """Whether a request with this header may speak for the account: with its token, or an API key of it."""
        kind, _, given = authorization.partition(" ")
        try:
            name, _, secret = b64decode(given, validate=True).decode().partition(":")
        except (Error, UnicodeDecodeError):
            return False
        wanted = self.token if name == self.sid else self.keys.get(name, "")
        return kind == "Basic" and bool(wanted) and hmac.compare_digest(secret.encode(), wanted.encode())
