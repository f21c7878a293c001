"""How a call ended, when its caller hung up: judged from beside the state, so that it may be judged again."""

from __future__ import annotations

from ivr.call.events import Disposition


def conclude(*, flow_ended: Disposition | None, transferred: bool, complete_case: bool) -> Disposition:
    """The flow's own disposition stands; else an answered transfer, else a complete case, else abandoned."""
    if flow_ended:
        return flow_ended
    if transferred:
        return "transferred"
    return "completed" if complete_case else "abandoned"
