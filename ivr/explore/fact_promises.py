"""Promises about calls with certain facts: at such a time, from such callers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ivr.call.condition import Test
from ivr.call.facts import CALLER_NUMBER
from ivr.explore.asked_facts import CALLER, INSTANT, moves_on
from ivr.explore.graph import Edge
from ivr.explore.occurrence import EdgeTest, edges_with
from ivr.explore.promise_result import PromiseResult, PromiseUnderTest
from ivr.explore.reachable import along
from ivr.explore.replayed import ExampleCall
from ivr.explore.search import FOUND, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.promises import Occurrence
from ivr.messages.message import Message

Given = str | Mapping[str, Test]
"""Opening hours and their status, such as `agents closed`, or conditions on facts."""


def never_while(promise: PromiseUnderTest, never: Occurrence, given: Given) -> PromiseResult:
    """`never: WHAT, while: HOURS closed`, or with conditions on facts."""
    walked = promise.walked
    if not (seen := edges_with(walked, never)):
        return promise.untested(never)
    fits = _fits(walked, given)
    if (example := _call_with(walked, [edge for edge in seen if fits(edge)], given)) is not None:
        example = _with_facts(walked, example, given)
        return promise.broken(_reached(never, given), example)
    return promise.holds(Message("proof.occurs.evidence", what=str(never), turns=len(seen)))


def _call_with(walked: Walked, edges: list[Edge], given: Given) -> ExampleCall | None:
    """A call along one of these edges in which the conditions on its caller hold from the beginning."""
    lasting = {} if isinstance(given, str) else {n: test for n, test in given.items() if not moves_on(_question(n))}
    if not lasting or not edges:
        return along(walked, edges)
    wanted, holds = set(map(id, edges)), _fits(walked, lasting)

    def rule(edge: Edge, phase: int) -> int | None:
        if not holds(edge):
            return None
        return FOUND if id(edge) in wanted else 0

    return shortest(walked, rule, merged=False)


def first(promise: PromiseUnderTest, goal: Occurrence) -> PromiseResult:
    """`when: {FACT: …}, first: WHAT`: such callers hear no menu before it, unless they press a shortcut."""
    walked, when = promise.walked, promise.fields.when
    asked = [name for name in when if _question(name) in walked.asked]
    if not asked:
        return promise.broken(Message("proof.first.untested", facts=tuple(when)), None)
    fits, seen = _fits(walked, when), edges_with(walked, goal)
    if not any(map(fits, seen)):
        return promise.untested(goal)
    there = set(map(id, seen))

    def rule(edge: Edge, phase: int) -> int | None:
        if not fits(edge) or id(edge) in there or edge.way.means.startswith("shortcut"):
            return None
        stack = walked.graph.states[edge.target].stack
        step = walked.release.flows[stack[-1].flow].steps[stack[-1].step] if stack else None
        return FOUND if step and step.kind.menu else 0

    if (example := shortest(walked, rule, merged=False)) is not None:
        return promise.broken(Message("proof.first.broken", goal=str(goal)), example)
    return promise.holds(Message("proof.occurs.evidence", what=str(goal), turns=len(seen)))


def _with_facts(walked: Walked, example: ExampleCall, given: Given) -> ExampleCall:
    """The call at a time, or with facts, that the promise is about, where its own turns do not ask for them."""
    held: dict[str, int] = {}
    if isinstance(given, str):
        hours, status = given.split()
        fitting = [n for n, each in enumerate(walked.questions.instants) if each.status.get(hours) == status]
        asked = any(question == INSTANT for edge in example.edges for question, _ in edge.answers)
        held = {INSTANT: fitting[0]} if fitting and not asked else {}
    else:
        for name, test in given.items():
            question = _question(name)
            answers = walked.questions.answers(question) if question != INSTANT else ()
            fitting = [n for n, answer in enumerate(answers) if test(answer)]
            if fitting and question not in example.facts_of[-1]:
                held[question] = fitting[0]
    return replace(example, facts_of=[{**facts, **held} for facts in example.facts_of])


def _reached(never: Occurrence, given: Given) -> Message:
    if isinstance(given, str):
        return Message("proof.while.hours", what=str(never), hours=given)
    return Message("proof.while.facts", what=str(never), facts=tuple(given))


def _question(name: str) -> str:
    if name.startswith("hours."):
        return INSTANT
    return CALLER if name in CALLER_NUMBER else name


def _fits(walked: Walked, given: Given) -> EdgeTest:
    """Whether the answers of an edge agree with a condition; what it does not ask may be anything."""
    if isinstance(given, str):
        hours, status = given.split()
        return lambda edge: all(
            walked.questions.instants[answer].status.get(hours, status) == status
            for question, answer in edge.answers
            if question == INSTANT
        )
    asked = {_question(name) for name in given}

    def answered(name: str, answer: int) -> str | None:
        if name.startswith("hours."):
            return walked.questions.instants[answer].status.get(name[6:])
        return walked.questions.answers(_question(name))[answer]

    def fits(edge: Edge) -> bool:
        known = dict(edge.answers) if asked else {}
        tests = ((name, test, known.get(_question(name))) for name, test in given.items())
        return all(answer is None or test(answered(name, answer)) for name, test, answer in tests)

    return fits
