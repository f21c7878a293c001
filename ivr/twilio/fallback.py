"""What a request to the fallback URL reports: which turn failed, and whether its document or only its delivery."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from ivr.twilio.public_url import place_of
from ivr.twilio.request import parts_of

TOO_LARGE = 11750
_OUT = re.compile(r"/voice/out/[^/]+(/again)?")
_TURN = re.compile(r"/voice/t/([1-9]\d{0,5})(/again)?")


def error_code(raw: str) -> int:
    """Twilio's error number; 0 where there is none."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 6 else 0


def document_refused(code: int) -> bool:
    """Whether Twilio read the document and refused it: repeating it would fail again (twilio.com/docs/api/errors).

    11xxx are failures of delivery, but for 11750, a document over 64 kB.
    """
    return code == TOO_LARGE or 12_000 <= code < 14_000


class FailedUrl(NamedTuple):
    """What the failed URL asked for: which turn (0 where it is not one of ours: then the current turn is meant), and
    whether a "please wait" document sent it."""

    turn: int
    after_hold: bool = False


def failed_url(url: str, public_url: str) -> FailedUrl:
    """What the failed URL asked for."""
    parts, ours = parts_of(url), urlsplit(public_url)
    if place_of(parts) != place_of(ours) or not parts.path.startswith(ours.path):
        return FailedUrl(0)
    path = parts.path.removeprefix(ours.path.rstrip("/"))
    if path == "/voice":
        return FailedUrl(1)
    if out := _OUT.fullmatch(path):
        return FailedUrl(1, bool(out[1]))
    found = _TURN.fullmatch(path)
    return FailedUrl(int(found[1]), bool(found[2])) if found else FailedUrl(0)
