"""What a caller entered at sensitive questions: it may stand nowhere, neither in a column nor in a log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ivr.call.state import State
from ivr.carrier.delivery import DeliveredRequest
from ivr.flow.model import Release

SHORTEST = 4
"""Fewer digits would be found by chance: in a time, a length, a count."""


def at_sensitive(release: Release, state: State) -> bool:
    """Whether a call waits at a sensitive question."""
    if not state.stack:
        return False
    step = release.flows[state.stack[-1].flow].steps[state.stack[-1].step]
    entry = step.declared.entry
    return entry is not None and entry.sensitive and state.phase == "asked"


def entries(sent: DeliveredRequest) -> set[str]:
    """What the caller keyed or said, as far as it is digits long enough to be looked for."""
    fields = dict(sent.pairs)
    given = (fields.get("Digits", ""), fields.get("SpeechResult", ""))
    return {entry.strip("*#") for entry in given if len(re.sub(r"\D", "", entry)) >= SHORTEST}


def found_in(secrets: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The secrets that stand as a whole word in a text."""
    wanted: Sequence[str] = sorted(secrets)
    if not wanted:
        return set()
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, wanted))})(?!\w)")
    return {found for text in texts for found in pattern.findall(text)}
