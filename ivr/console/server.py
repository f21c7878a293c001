"""The HTTP server of the API: what it refuses by itself, before the application sees it, is JSON too."""

from __future__ import annotations

import json
from typing import Any

from ivr.app.serving.http_server import Channel, HttpServer
from ivr.app.serving.http_server import Refusal as ServerRefusal
from ivr.console.answers import FIXED, JSON, Refusal
from ivr.console.asked import too_large
from ivr.messages.message import Message

LARGEST_READ = 256 * 1024
"""Up to so much is read, and refused by the application in the reader's language where it is too much."""


class JsonError:
    """An error that waitress answers, in the form of all others."""

    def __init__(self, error: Any) -> None:
        self.code, self.reason = int(error.code), str(error.reason)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body, as waitress wants them."""
        refusal = too_large() if self.code in (413, 431) else Refusal(400, "bad_request", Message("api.bad-request"))
        body = json.dumps(refusal.body(), ensure_ascii=False).encode() + b"\n"
        return f"{self.code} {self.reason}", [("Content-Type", JSON), *FIXED.items()], body


class JsonRefusal(ServerRefusal):
    """A request that makes no sense as HTTP, or is much too large."""

    def execute(self) -> None:
        self.request.error = JsonError(self.request.error)
        super().execute()


class ApiChannel(Channel):
    """One connection."""

    error_task_class = JsonRefusal


class ApiServer(HttpServer):
    """Takes requests for the API."""

    channel_class = ApiChannel
