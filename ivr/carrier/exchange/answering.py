"""What the exchange answers: JSON as the provider's, and its error numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STATUS: Mapping[int, int] = {20003: 401, 20004: 405, 20404: 404, 20429: 429, 20500: 500, 20503: 503}
"""The HTTP status of an error number; that of all others is 400."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, JSON (None: no body) and further headers."""

    status: int
    body: Mapping[str, Any] | None
    headers: Mapping[str, str] = field(default_factory=dict)


def error(code: int, message: str) -> Answer:
    """A refusal by its number."""
    status = STATUS.get(code, 400)
    more = f"https://www.twilio.com/docs/errors/{code}"
    headers = {"Retry-After": "1"} if status == 429 else {}
    return Answer(status, {"code": code, "message": message, "more_info": more, "status": status}, headers)
