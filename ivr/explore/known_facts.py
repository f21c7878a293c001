"""What a call knows of its facts along a path: a path that answers one question in two ways is no call."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.explore.asked_facts import moves_on
from ivr.explore.graph import Edge
from ivr.explore.state_walk import Walked

KnownFacts = frozenset[tuple[str, int | str]]
"""By question the answer given, by whole-call value the value set."""
NOTHING_KNOWN: KnownFacts = frozenset()


def facts_after(walked: Walked, known: KnownFacts, edge: Edge, tracked: frozenset[str]) -> KnownFacts | None:
    """The tracked facts of the caller and the whole-call values after an edge. None if the edge contradicts them."""
    if not edge.answers and not edge.sets:
        return known
    asked = [each for each in edge.answers if each[0] in tracked]
    sets = [each for each in edge.sets if each[0] in tracked]
    if not asked and not sets:
        return known
    facts = dict(known)
    if any(_differs(walked, facts, question, answer) for question, answer in asked):
        return None
    facts.update(sets)
    return frozenset(facts.items())


def contradiction(walked: Walked, path: Sequence[Edge]) -> str | None:
    """The first fact or whole-call value that a path answers in two ways; None if it answers each in one."""
    facts: dict[str, int | str] = {}
    for edge in path:
        for question, answer in edge.answers:
            if not moves_on(question) and _differs(walked, facts, question, answer):
                return question
        facts.update(edge.sets)
    return None


def _differs(walked: Walked, facts: dict[str, int | str], question: str, answer: int) -> bool:
    if walked.release.is_of_call(question):
        real = facts.get(question, walked.release.call_values.get(question))
        return not walked.questions.agrees(question, real, answer)
    return facts.setdefault(question, answer) != answer
