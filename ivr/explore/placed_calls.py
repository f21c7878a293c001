"""Calls that the hotline places itself: those of a walk that begin in a flow under `outgoing`."""

from __future__ import annotations

from collections.abc import Collection

from ivr.engine.placed import BEGAN_IN
from ivr.explore.graph import END, Edge
from ivr.explore.search import PhaseRule
from ivr.explore.state_walk import Walked

CUT_SHORT = frozenset({"limit", "hold"})
"""Who ends or holds up a call that neither the flow nor the customer does: what is on record of it then is settled
after the call, as for a hang-up."""


def placed_entries(walked: Walked) -> list[str]:
    """The flows of the walk in which calls of our own begin."""
    begun = dict.fromkeys(walked.graph.entries)
    return [name for name in begun if name in walked.release.outgoing]


def about_a_case(walked: Walked) -> list[str]:
    """Those of them that are handed the case they are about."""
    flows = walked.release.flows
    return [name for name in placed_entries(walked) if "case" in flows[name].takes.values()]


def placed_edges(walked: Walked, entries: Collection[str]) -> list[Edge]:
    """Every turn of the calls that begin in these flows, in all they do but being cut short."""
    graph = walked.graph
    begun = zip(graph.roots, graph.entries, strict=True)
    found = [root for root, entry in begun if entry in entries]
    for state, edges in zip(graph.states, graph.edges, strict=True):
        if state.call.get(BEGAN_IN) in entries:
            found += [edge for edge in edges if edge.way.mover not in CUT_SHORT]
    return found


def of_placed(walked: Walked, rule: PhaseRule, entries: Collection[str] = ()) -> PhaseRule:
    """The rule on calls that the hotline places (in these flows, where some are given), in all they do but being cut
    short; no other call is looked at."""
    wanted = entries or placed_entries(walked)
    begun = {id(root) for root, entry in zip(walked.graph.roots, walked.graph.entries, strict=True) if entry in wanted}

    def on(edge: Edge, phase: int) -> int | None:
        if edge.way.mover in CUT_SHORT or (edge.source == END and id(edge) not in begun):
            return None
        return rule(edge, phase)

    return on
