"""What numbers are remembered by where they themselves are not kept: a keyed hash, which nobody can guess without the
key, for there are few enough telephone numbers to try them all."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Sequence

from ivr.service.ports import Ports

ROW = "numbers"
_SHOWN = 4


def keys_of(ports: Ports, number: str) -> Sequence[str]:
    """All hashes a number may be remembered by, first the one to write: of the key in the settings, and of the one
    the database has made for itself before there was such a setting."""
    return hasher(ports)(number)


def hasher(ports: Ports) -> Callable[[str], Sequence[str]]:
    """The same for many numbers, with one look at the database."""
    own = ports.store.secret(ROW, "" if ports.seal_key else secrets.token_hex(32))
    known = [key for key in (ports.seal_key, own.encode()) if key]
    return lambda number: [hashed(number, key) for key in known]


def hashed(number: str, key: bytes) -> str:
    """The keyed hash of a number, as 64 hexadecimal digits."""
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def number_masked(number: str) -> str:
    """A number of which the last four digits can be read: enough to tell two of them apart, too little to phone one."""
    digits = re.sub(r"\D", "", number)
    return f"••••{digits[-_SHOWN:]}" if len(digits) > 2 * _SHOWN else "••••"
