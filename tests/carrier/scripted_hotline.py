"""A hotline that answers from a script."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from ivr.carrier.line import LineFailed, Reply
from ivr.carrier.signing import sign

BASE, TOKEN = "https://ivr.example.com", "a token"
Answer = str | int | LineFailed


class Script:
    """A hotline that answers each path from a list, the last entry for ever, and keeps what it was sent."""

    def __init__(self, answers: Mapping[str, list[Answer]]) -> None:
        self.answers = {path: list(given) for path, given in answers.items()}
        self.sent: list[tuple[str, dict[str, str]]] = []

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        assert headers["X-Twilio-Signature"] == sign(TOKEN, url, pairs)
        assert "#" not in url
        assert headers["Content-Length"] == str(len(body))
        assert 0 < timeout <= 15
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.sent.append((path, dict(pairs)))
        left = self.answers.get(path, [404])
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, LineFailed):
            raise answer
        if isinstance(answer, int):
            return Reply(answer, "text/plain", b"refused")
        return Reply(200, "text/xml", f"<Response>{answer}</Response>".encode())

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.sent]

    def last(self, *names: str) -> dict[str, str | None]:
        return {name: self.sent[-1][1].get(name) for name in names}
