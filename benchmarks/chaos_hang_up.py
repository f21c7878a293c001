"""Callers who hang up while their last request is under way: the news of the end races with the turn, on other servers.

The network reports the end at once and pays no attention to the document that comes, or does not come.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping
from random import Random
from urllib.parse import parse_qsl, urljoin, urlsplit

from ivr.carrier.delivery import Delivery, DeliveryFailed
from ivr.carrier.line import Line, LineFailed, Reply

GONE = 0.06
"""How likely a caller hangs up during a request."""
LATEST = 0.02
"""Within so many seconds after the request was sent; about as long as a server takes for it."""
OF_THE_END = (("CallDuration", "60"), ("Duration", "1"), ("SequenceNumber", "0"))


class CallerGone(Exception):
    """The caller has hung up, and the network has said so."""


class HangingUpLine:
    """The line of a call whose caller may be gone before the answer comes; `notices` brings the news of it."""

    def __init__(self, line: Line, notices: Delivery, chance: Random) -> None:
        self._line, self._notices, self._chance = line, notices, chance

    def post(self, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Reply:
        """As the line; `CallerGone` when both the request and the notice are done with."""
        path = urlsplit(url).path
        if path != "/voice" and not path.startswith("/voice/t/") or self._chance.random() >= GONE:
            return self._line.post(url, body, headers, timeout)
        delay = self._chance.uniform(0, LATEST)
        notice = threading.Thread(target=self._report_end, args=(url, body, delay))
        notice.start()
        with contextlib.suppress(LineFailed):
            self._line.post(url, body, headers, timeout)
        notice.join()
        raise CallerGone

    def _report_end(self, url: str, body: bytes, delay: float) -> None:
        """The fields every request of the call has, with its new status."""
        known = ("CallSid", "AccountSid", "From", "To", "Caller", "Called", "ApiVersion", "Direction")
        pairs = [pair for pair in parse_qsl(body.decode(), keep_blank_values=True) if pair[0] in known]
        time.sleep(delay)
        with contextlib.suppress(DeliveryFailed):
            self._notices.post(
                urljoin(url, "/voice/status"), [*pairs, ("CallStatus", "completed"), *OF_THE_END], "notice"
            )
