"""What the network's side of a chaos run keeps: every request that was sent, and what came back of its answer.

Nothing is left out and nothing concluded here; `chaos_judge` says what an answer is worth.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

FINGERPRINT = 12
"""So many bytes of a request's signature stand for it in its turn's row."""
_TURN = re.compile(r"/voice/t/(\d+)(?:/again)?")
_HOLD = re.compile(rb"<Redirect>[^<]*/voice/t/\d+/again\?held=\d+</Redirect></Response>\Z")
Worth = Literal["missing", "cut", "refused", "hold", "apology", "acknowledged"]
"""What an answer is: none came; not all of it; not 200; "please wait"; an apology or farewell; the answer of a turn."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read of an answer. `said` is its Content-Length, None where that did not arrive or was no number."""

    status: int
    kind: str
    body: bytes
    said: int | None

    @property
    def whole(self) -> bool:
        """Whether all of it arrived: a server killed while it answers leaves a part, of its headers or of its body."""
        return self.status == 204 or (self.said is not None and self.said == len(self.body))


@dataclass(frozen=True)
class Attempt:
    """One request that reached, or may have reached, one server; `answer` is None where nothing came back."""

    url: str
    body: bytes
    signature: str
    server: int
    answer: Answer | None

    @property
    def alike(self) -> tuple[str, str]:
        """The same for all copies of one request: they differ in nothing the signature covers."""
        return self.url, self.signature

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def path(self) -> str:
        """The route."""
        return urlsplit(self.url).path

    @cached_property
    def turn(self) -> int:
        """The turn a voice request names; 0 where it is a notice or a whisper."""
        path = urlsplit(self.fields.get("ErrorUrl", "")).path if self.path == "/voice/fallback" else self.path
        if path == "/voice":
            return 1
        found = _TURN.fullmatch(path)
        return int(found[1]) if found else 0

    @property
    def fingerprint(self) -> bytes:
        """What stands for this request in the row of the turn it has taken."""
        return b64decode(self.signature)[:FINGERPRINT]


@dataclass(slots=True)
class CallLedger:
    """All that was sent for one call. `attempts` grows from several threads; appending is all that is done to it."""

    call: str
    attempts: list[Attempt] = field(default_factory=list)

    def copies(self) -> Sequence[Sequence[Attempt]]:
        """The attempts by request: retries, copies at the same moment and late repeats together."""
        found: dict[tuple[str, str], list[Attempt]] = {}
        for attempt in self.attempts:
            found.setdefault(attempt.alike, []).append(attempt)
        return list(found.values())


def worth(answer: Answer | None, unspecific: Sequence[bytes]) -> Worth:
    """What an answer acknowledges. `unspecific` are the documents that answer nothing: apology and farewell."""
    if answer is None:
        return "missing"
    if not answer.whole:
        return "cut"
    if answer.status != 200:
        return "refused"
    if answer.body in unspecific:
        return "apology"
    return "hold" if _HOLD.search(answer.body) else "acknowledged"
