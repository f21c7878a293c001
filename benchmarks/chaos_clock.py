"""`ivr serve` on a machine whose clock is wrong, by the clock its wiring is given; nothing in it knows of this.

libfaketime would do the same to a whole process, but under it sleeping fails or takes minutes: it takes the time to
wake up for one of the wrong clock, although that is counted by the clock that it was told to leave alone.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ivr.app.wiring
from ivr.cli import main


def command(seconds: int) -> list[str]:
    """What starts `ivr` with a clock that is wrong by so many seconds; `serve` and its options come after it."""
    if not seconds:
        return [str(Path(sys.executable).parent / "ivr")]
    found = f"import sys; sys.path.append({str(Path(__file__).parent)!r})"
    return [sys.executable, "-c", f"{found}; import chaos_clock; chaos_clock.run({seconds})"]


def run(seconds: int) -> None:
    """Run the command line that came. The workers are forks of this process, and so have its clock."""
    off = timedelta(seconds=seconds)

    def wrong_clock() -> datetime:
        return datetime.now(UTC) + off

    ivr.app.wiring.system_clock = wrong_clock
    assert ivr.app.wiring.wire.__kwdefaults__ is not None
    ivr.app.wiring.wire.__kwdefaults__["clock"] = wrong_clock
    main()
