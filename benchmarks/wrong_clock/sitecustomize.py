"""A machine whose clock is wrong: Python imports this module as it starts, where this folder is on PYTHONPATH.

The wiring is given another clock, in the server and in each of its workers, however those are started; what is wired
knows nothing of it. libfaketime would do the same to a whole process, but under it sleeping fails or takes minutes: it
takes the time to wake up for one of the wrong clock, although that is counted by a clock it was told to leave alone.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import ivr.app.wiring

OFF = timedelta(seconds=int(os.environ["CHAOS_CLOCK_OFF"]))


def wrong_clock() -> datetime:
    """The time of this machine, wrong by so many seconds as the run has said."""
    return datetime.now(UTC) + OFF


ivr.app.wiring.system_clock = wrong_clock
assert ivr.app.wiring.wire.__kwdefaults__ is not None
ivr.app.wiring.wire.__kwdefaults__["clock"] = wrong_clock
