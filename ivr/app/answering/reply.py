"""What leaves the hotline for a request, before a web framework makes a response of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

XML = "text/xml; charset=utf-8"
PLAIN = "text/plain; charset=utf-8"


class Reply(NamedTuple):
    """An answer. `after` is done when it was sent."""

    status: int
    kind: str
    text: str
    after: Sequence[Callable[[], None]] = ()
    headers: Mapping[str, str] = {}


KEPT = Reply(204, "", "")


def document(xml: str, after: Sequence[Callable[[], None]] = ()) -> Reply:
    """A voice answer: always 200."""
    return Reply(200, XML, xml, after)


def line(status: int, text: str, headers: Mapping[str, str] | None = None) -> Reply:
    """One plain line, for everything that is not a voice answer."""
    return Reply(status, PLAIN, f"{text}\n", (), headers or {})
