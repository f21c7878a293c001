"""Built-in promises that a hotline waives: which are broken and excused, and which hold, so that nothing is waived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from ivr.explore.reached import ExitName
from ivr.explore.verdict import Verdict, some
from ivr.flow.promises import BuiltIn

REACHED = get_args(BuiltIn)[-1]
"""The promise about what no call takes, which has findings and no call to show."""


class Waiver(NamedTuple):
    """A promise that is waived, for what reason, and how it would be broken: empty where there is nothing to waive."""

    promise: str
    reason: str
    broken: str

    def __str__(self) -> str:
        if self.broken:
            return f"  waived  {self.promise}: {self.reason} (else: {self.broken})"
        return f"  WARNING {self.promise} is waived ({self.reason}), but holds: take it out of waive in hotline.yaml."


def waivers(waive: Mapping[str, str], verdicts: Sequence[Verdict], unreached: Sequence[ExitName]) -> list[Waiver]:
    """What is waived, in the order of the file."""
    broken = {verdict.name: verdict.why for verdict in reversed(verdicts) if not verdict.holds}
    if unreached:
        broken[REACHED] = f"{some(len(unreached), 'step or exit')} in no call."
    return [Waiver(name, reason, broken.get(name, "")) for name, reason in waive.items()]
