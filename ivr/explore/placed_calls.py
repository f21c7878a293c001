"""Calls that the hotline places itself: those of a walk that begin in a flow under `outgoing`."""

from __future__ import annotations

from ivr.explore.graph import END, Edge
from ivr.explore.search import PhaseRule
from ivr.explore.state_walk import Walked

CUT_SHORT = frozenset({"limit", "hold"})
"""Who ends or holds up a call that neither the flow nor the customer does: what is on record of it then is settled
after the call, as for a hang-up."""


def placed_entries(walked: Walked) -> list[str]:
    """The flows of the walk in which calls of our own begin."""
    begun = dict.fromkeys(walked.graph.entries)
    return [name for name in begun if walked.release.entries.get(name) == "outgoing"]


def placed_roots(walked: Walked, flow: str = "") -> list[Edge]:
    """Their first turns; only of those that begin in `flow`, where one is given."""
    begun = zip(walked.graph.roots, walked.graph.entries, strict=True)
    placed = [flow] if flow else placed_entries(walked)
    return [root for root, entry in begun if entry in placed]


def of_placed(walked: Walked, rule: PhaseRule, flow: str = "") -> PhaseRule:
    """The rule on calls that the hotline places (in `flow`, where one is given), in all they do but being cut short; no
    other call is looked at."""
    begun = set(map(id, placed_roots(walked, flow)))

    def on(edge: Edge, phase: int) -> int | None:
        if edge.way.mover in CUT_SHORT or (edge.source == END and id(edge) not in begun):
            return None
        return rule(edge, phase)

    return on
