"""The names of what a call knows: facts from outside, values of the whole call, and else values of one run of a flow.

A dot in a name says nothing: a release declares its facts and its whole-call values (`Release.is_fact`,
`Release.is_of_call`), and any other name, `found.state` too, is a value of the run that saved it.
"""

from __future__ import annotations

LANGUAGE = "call.language"
"""Set like a value of the whole call, and kept as the language of the call."""
CASE_FACTS = frozenset({"case.number", "case.kind", "case.opened", "case.due"})
"""Facts of the run's own case; without one, of the call's last case."""
FACTS = CASE_FACTS | {
    LANGUAGE, "call.from", "call.started", "call.answered_by", "caller.phone", "caller.visits", "caller.open_cases",
    "queue.ahead",
}  # fmt: skip
"""The facts every hotline has; opening hours and switches are declared by each."""
CALL_VALUES = frozenset({"call.recording"})
"""The whole-call values that need no declaration."""
