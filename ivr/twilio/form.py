"""The body of a webhook: read within bounds and parsed as a form; what is out of bounds is refused in one line."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote_plus

LARGEST = 64 * 1024
MOST_FIELDS = 1000
FORM = "application/x-www-form-urlencoded"
_ASCII = {high + low: chr(int(high + low, 16)) for high in "01234567" for low in "0123456789abcdefABCDEF"}
"""The character of each escape that is one of ASCII."""


class BodyRefused(Exception):
    """The request is refused before its signature can be checked: an HTTP status, one line, and a word for metrics and
    log (`ivr.app.metrics.counting.REFUSALS`)."""

    def __init__(self, status: int, line: str, reason: str = "other") -> None:
        super().__init__(line)
        self.status, self.line, self.reason = status, line, reason


def read_form(environ: dict[str, Any]) -> list[tuple[str, str]]:
    """The form of a request, in its own order, blank values kept. `BodyRefused` 411, 413, 415 or 400."""
    kind = environ.get("CONTENT_TYPE", "")
    if kind[:33].lower() != FORM or kind[33:34] not in ("", ";", " "):
        raise BodyRefused(415, "a form is expected here", "no_form")
    text = environ.get("CONTENT_LENGTH") or ""
    if not text.isascii() or not text.isdigit():
        raise BodyRefused(411, "the length of the body is missing", "no_length")
    length = int(text[:12])
    if length > LARGEST:
        raise BodyRefused(413, "the body is too large", "too_large")
    body = environ["wsgi.input"].read(length) if length else b""
    if len(body) != length:
        raise BodyRefused(400, "the body is shorter than announced", "short_body")
    if not body.isascii():
        raise BodyRefused(400, "the body is no form", "bad_body")
    return parse_form(body.decode("ascii"))


def parse_form(body: str) -> list[tuple[str, str]]:
    """Pairs of a form; as `urllib.parse.parse_qsl(keep_blank_values=True)`, for less than half of its price."""
    fields = body.split("&") if body else []
    if len(fields) > MOST_FIELDS:
        raise BodyRefused(400, "the body has too many fields", "too_many_fields")
    pairs = []
    for field in fields:
        if "%" in field or "+" in field:
            name, _, value = field.partition("=")
            plain = name.isalnum()  # as every name of the provider's is
            pairs.append((name if plain else _unquoted(name), _unquoted(value)))
        elif field:
            name, _, value = field.partition("=")
            pairs.append((name, value))
    return pairs


def _unquoted(text: str) -> str:
    """As `unquote_plus`, which is asked only where an escape is not of one ASCII character."""
    first, *escaped = text.replace("+", " ").split("%")
    parts = [first]
    for part in escaped:
        known = _ASCII.get(part[:2])
        if known is None:
            return unquote_plus(text)
        parts += known, part[2:]
    return "".join(parts)
