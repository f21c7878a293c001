"""A process that counts: python counting_process.py FOLDER. For each line it reads it counts a turn and says so."""

from __future__ import annotations

import os
import sys

from ivr.app.metrics.start import counting_of
from ivr.app.observed.seen import Seen
from ivr.config import Settings


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
    counting = counting_of(Settings(metrics_port=9464))
    say(type(counting).__name__)
    for line in sys.stdin:
        if line.strip() == "fork" and os.fork():
            os.wait()
            continue
        seen = Seen()
        seen.outcome, seen.seconds = "taken", 0.02
        seen.cases = ("complaint",) if line.strip() == "case" else ()
        counting.saw(seen)
        say("counted")
        if line.strip() == "fork":
            os._exit(0)


if __name__ == "__main__":
    main()
