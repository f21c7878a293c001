"""Two ways to bring a request to a hotline: over HTTP, or in process to its WSGI application."""

from __future__ import annotations

import http.client
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, content type, body."""

    status: int
    kind: str
    body: bytes


class LineFailed(Exception):
    """No reply: the connection was refused ("ct"), or broke or took too long after it stood ("rt")."""

    def __init__(self, why: str, cause: str = "ct") -> None:
        super().__init__(why)
        self.cause = cause


class Line(Protocol):
    """Brings a request to a hotline."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        """The reply to a form. `LineFailed` where there is none."""


class HttpLine:
    """Over HTTP; a new connection for each request, as the provider makes them."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=timeout)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        cause = "ct"
        try:
            connection.connect()
            cause = "rt"
            connection.request("POST", target, body, {**headers, "Connection": "close"})
            response = connection.getresponse()
            reply = Reply(response.status, response.getheader("Content-Type", ""), response.read())
            if reply.status == 200 and not reply.body and response.getheader("Content-Length") != "0":
                raise http.client.IncompleteRead(b"")  # headers that break off are taken for a finished, empty reply
            return reply
        except (OSError, http.client.HTTPException) as failed:
            raise LineFailed(f"{url}: {failed or type(failed).__name__}", cause) from failed
        finally:
            connection.close()


class WsgiLine:
    """In process: the same bytes, without a network."""

    def __init__(self, app: Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]) -> None:
        self._app = app

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, fields: list[tuple[str, str]], *_: object) -> None:
            started.append((status, fields))

        parts = self._app(_environ(url, body, headers), start)
        try:
            sent = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        status, fields = started[-1]
        kinds = [value for name, value in fields if name.lower() == "content-type"]
        return Reply(int(status.split()[0]), kinds[0] if kinds else "", sent)


def _environ(url: str, body: bytes, headers: Mapping[str, str]) -> dict[str, Any]:
    parts = urlsplit(url)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    return environ
