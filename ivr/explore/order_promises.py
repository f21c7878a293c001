"""Promises about what comes before what: searches in phases."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.explore.graph import Edge
from ivr.explore.occurrence import PERSON, EdgeTest, edge_test, edges_with, event_positions
from ivr.explore.promise_result import PromiseResult, PromiseUnderTest
from ivr.explore.search import FOUND, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence
from ivr.messages.message import Message

TO_THE_END = (Occurrence("word", "the end"), Occurrence("word", "goodbye"))
PASSIVE_MEANS = {"silence": ("silence", "an empty message"), "mistakes": ("no_match",)}


def after_always(promise: PromiseUnderTest, first: Occurrence, always: Occurrence, end: Occurrence) -> PromiseResult:
    """`after: WHAT, always: WHAT, before: WHAT, unless: [...]`."""
    walked, unless = promise.walked, promise.fields.unless
    begins, keeps, ends = (event_positions(walked, what) for what in (first, always, end))
    excused = _excused(walked, unless)
    hangs_up = "hang up" not in unless and end in TO_THE_END

    def rule(edge: Edge, phase: int) -> int | None:
        if edge.way.mover in ("limit", "hold") or (edge.way.mover == "hang up" and not hangs_up):
            return None
        if excused(edge):
            return 0 if phase == 0 else None
        times = keeps(edge), begins(edge), ends(edge)
        for _, n in sorted((at, n) for n, those in enumerate(times) for at in those) if any(times) else ():
            if phase == 1 and n == 2:
                return FOUND
            phase = {0: 0, 1: 1, 2: phase}[n]
        return FOUND if phase == 1 and hangs_up else phase

    if not (begun := edges_with(walked, first)):
        return promise.untested(first)
    if (example := shortest(walked, rule)) is not None:
        why = Message("proof.after.broken", first=str(first), end=str(end), always=str(always))
        return promise.broken(why, example)
    return promise.holds(_both(first, len(begun), always, len(edges_with(walked, always))))


def never_before(promise: PromiseUnderTest, never: Occurrence, before: Occurrence) -> PromiseResult:
    """`never: WHAT, before: WHAT`."""
    walked = promise.walked
    occurs, frees = event_positions(walked, never), event_positions(walked, before)
    if not (seen := edges_with(walked, never)):
        return promise.untested(never)

    def rule(edge: Edge, phase: int) -> int | None:
        freed, occurred = frees(edge), occurs(edge)
        if occurred and (not freed or min(occurred) < min(freed)):
            return FOUND
        return None if freed else 0

    if (example := shortest(walked, rule)) is not None:
        return promise.broken(Message("proof.before.broken", never=str(never), before=str(before)), example)
    return promise.holds(_both(never, len(seen), before, len(edges_with(walked, before))))


def never_after(promise: PromiseUnderTest, never: Occurrence, after: Occurrence) -> PromiseResult:
    """`never: WHAT, after: WHAT`."""
    walked = promise.walked
    occurs, begins = event_positions(walked, never), event_positions(walked, after)
    for what in (never, after):
        if not edges_with(walked, what):
            return promise.untested(what)

    def rule(edge: Edge, phase: int) -> int | None:
        begun, occurred = begins(edge), occurs(edge)
        if occurred and (phase or (begun and max(occurred) > min(begun))):
            return FOUND
        return 1 if phase or begun else 0

    if (example := shortest(walked, rule)) is not None:
        return promise.broken(Message("proof.after.never", never=str(never), after=str(after)), example)
    return promise.holds(_both(never, len(edges_with(walked, never)), after, len(edges_with(walked, after))))


def _both(one: Occurrence, turns: int, other: Occurrence, others: int) -> Message:
    """How often each of two things occurs."""
    return Message("proof.occurs.both", one=str(one), turns=turns, other=str(other), others=others)


def _excused(walked: Walked, unless: Sequence[str]) -> EdgeTest:
    means = {each for word in unless for each in PASSIVE_MEANS.get(word, ())}
    if "back" in unless:
        means |= {f"shortcut {key}{after}" for key, each in walked.release.shortcuts.items() if each.next.to == "back"
                  for after in ("", " after a message")}  # fmt: skip
    if "a person" not in unless:
        return lambda edge: edge.way.means in means
    means |= {"shortcut 0", "shortcut 0 after a message"}
    person = edge_test(walked, PERSON)
    return lambda edge: edge.way.means in means or person(edge)
