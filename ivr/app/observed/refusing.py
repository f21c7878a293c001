"""A refused request is told, whatever the reason: what is wrong on the first day is nearly always here."""

from __future__ import annotations

import logging

from ivr.app.metrics.start import counting_here
from ivr.app.observed.seen import Seen, seen

log = logging.getLogger("ivr.refused")


def tell_refusal(reason: str, why: str) -> None:
    """Count a refusal and log it, once, if nothing better was said of it. The log limits lines by reason."""
    request = seen()
    if not request.refused:
        log.warning("a request was refused: %s", why, extra={"kind": reason, "fields": {"reason": reason}})
    request.refused = reason


def tell_refused_by_server(reason: str, why: str) -> None:
    """Count and log a request that the server itself has refused: the application never saw it."""
    request = Seen()
    request.refused = reason
    log.warning("a request was refused: %s", why, extra={"kind": reason, "fields": {"reason": reason}})
    counting_here().saw(request)
