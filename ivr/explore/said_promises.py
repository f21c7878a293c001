"""Promises about a sentence that callers say: where it leads from a question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ivr.call.state import State
from ivr.engine.hearing import hear, hearing_phase
from ivr.explore.graph import Edge
from ivr.explore.occurrence import edge_test
from ivr.explore.promise_result import PromiseResult, PromiseUnderTest
from ivr.explore.reach_promises import landing, waits_in
from ivr.explore.reachable import along
from ivr.explore.state_walk import Walked
from ivr.flow.model import Release, StepKey
from ivr.flow.promises import Occurrence
from ivr.messages.message import Message
from ivr.speech.features import is_joined
from ivr.speech.packs import pack_for
from ivr.speech.understood import Understood

_ANY_DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said_leads_to(promise: PromiseUnderTest, said: str, at: Occurrence, goal: Occurrence) -> PromiseResult:
    """`said: TEXT, at: FLOW.STEP, leads to: WHAT`: the text is heard as the question hears it, then the walk says where
    every such answer leads."""
    walked, there = promise.walked, edge_test(promise.walked, goal)
    flow = walked.release.flows.get(at.name)
    if flow is None or at.step not in flow.steps or not hearing_phase(flow.steps[at.step]):
        return promise.untested(at)
    language = spoken_in(walked.release, said)
    heard = hear(walked.release, StepKey(at.name, at.step), language, said, _ANY_DAY)
    edges = _edges(walked, at, heard)
    if not edges:
        return promise.untested(at)
    if heard.outcome not in ("choice", "shortcut", "entry"):
        asked = heard.outcome == "ask"
        why = Message("proof.said.asked", names=heard.names) if asked else Message("proof.said.not-understood")
        return promise.broken(why, along(walked, edges))
    elsewhere = [edge for edge in edges if not (there(edge) or waits_in(walked, edge, goal))]
    if (example := along(walked, elsewhere)) is not None:
        place = landing(walked, example.edges[-1])
        return promise.broken(Message("proof.said.broken", name=heard.name, place=place, goal=str(goal)), example)
    return promise.holds(Message("proof.choice.evidence", turns=len(edges)))


def spoken_in(release: Release, said: str) -> str:
    """The language a text is in: the first one of the hotline that is written in its script."""
    joined = is_joined(said)
    packs = {tag: pack_for(tag) for tag in release.languages}
    fits = (tag for tag, pack in packs.items() if pack is not None and pack.joined == joined)
    return next(fits, release.first_language)


def _edges(walked: Walked, at: Occurrence, heard: Understood) -> Sequence[Edge]:
    """The turns of the walk in which the question is answered so."""
    asked = {n for n, state in enumerate(walked.graph.states) if state.stack and _stands(state, at)}
    from_there = [edge for edge in walked.graph.all_edges() if edge.source in asked]
    for means in _means(heard):
        if found := [edge for edge in from_there if edge.way.means == means]:
            return found
    if heard.outcome == "entry":
        return [edge for edge in from_there if edge.way.means.startswith("entry ")]
    return []


def _means(heard: Understood) -> Sequence[str]:
    """By which names the walk may know it, the one that says most first."""
    match heard.outcome:
        case "choice":
            return (f"{heard.name} by {heard.topic}", heard.name)
        case "shortcut":
            return (f"shortcut {heard.name}",)
        case "entry":
            return ()
    return ("no_match",)


def _stands(state: State, at: Occurrence) -> bool:
    return (state.stack[-1].flow, state.stack[-1].step) == (at.name, at.step)
