"""Promises about what customers are asked and what is put on record: a "no" reopens, and a result is what was said.

In a call about a case, the question whether the customer accepts is the one of which a choice records `accepted` or
`not_accepted` in its turn. Its key 1 is yes and its key 2 is no, as of every `yes_no`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from ivr.call.events import FOLLOW_UP_RESULTS, ExitTaken, FollowedUp, FollowUpResult
from ivr.explore.graph import Edge
from ivr.explore.occurrence import choice_of
from ivr.explore.placed_calls import about_a_case, of_placed, placed_edges, placed_entries
from ivr.explore.promise_result import PromiseResult
from ivr.explore.search import FOUND, PhaseRule, shortest
from ivr.explore.state_walk import Walked
from ivr.flow.model import StepKey
from ivr.flow.promises import Occurrence
from ivr.messages.message import Message
from ivr.steps.step import GIVE_UPS

NO_REOPENS, NO_SILENCE = "a no reopens", "silence is no answer"
ANSWER_OF: Mapping[str, FollowUpResult] = {"1": "accepted", "2": "not_accepted"}
"""What the keys of the question record."""
SAID_ONLY = frozenset({"accepted", "not_accepted", "wrong_person", "opted_out"})
"""Results that are somebody's word, so that no silence and no noise stands for them."""
WORDLESS = frozenset({"passive", "environment", "begin", "hang up"})
Answers = Mapping[tuple[StepKey, str], FollowUpResult]
"""By question and exit, what has to be recorded."""


def a_no_reopens(walked: Walked) -> Iterator[PromiseResult]:
    """At the question whether they accept, yes records `accepted` and no `not_accepted`, in that very turn, and nothing
    else ever does; who does not answer it is `unclear`. Nothing where no call is about a case."""
    if not (entries := about_a_case(walked)):
        return
    questions = list(dict.fromkeys(_questions(walked, placed_edges(walked, entries))))
    answers = {(step, choice_of(walked, Occurrence("choice", *step, key)).exit): result
               for step in questions for key, result in ANSWER_OF.items()}  # fmt: skip
    example = shortest(
        walked, of_placed(walked, _each(lambda edge: _wrong(walked, edge, answers)), entries), merged=False
    )
    if example is not None:
        why = _wrong(walked, example.edges[-1], answers)
        yield PromiseResult(name=NO_REOPENS, holds=False, why=why or "", example=example)
        return
    yield PromiseResult(
        name=NO_REOPENS, holds=True, evidence=Message("proof.reopens.evidence", questions=len(questions))
    )


def silence_is_no_answer(walked: Walked) -> Iterator[PromiseResult]:
    """What only somebody can have said is recorded in a turn in which they said it. Nothing where no call is placed."""
    if not (entries := placed_entries(walked)):
        return
    example = shortest(walked, of_placed(walked, _each(lambda edge: _unsaid(walked, edge))), merged=False)
    if example is not None:
        why = Message("proof.silence.broken", result=_unsaid(walked, example.edges[-1]))
        yield PromiseResult(name=NO_SILENCE, holds=False, why=why, example=example)
        return
    said = sum(_recorded(walked, edge, SAID_ONLY) is not None for edge in placed_edges(walked, entries))
    yield PromiseResult(name=NO_SILENCE, holds=True, evidence=Message("proof.silence.evidence", turns=said))


def _each(wrong: Callable[[Edge], object]) -> PhaseRule:
    return lambda edge, phase: FOUND if wrong(edge) else phase


def _questions(walked: Walked, edges: Iterable[Edge]) -> Iterator[StepKey]:
    """The questions of which a choice records whether the customer accepts."""
    for edge in edges:
        left = _left(walked, edge)
        if left is not None and _recorded(walked, edge, ANSWER_OF.values()) and edge.way.mover not in WORDLESS:
            yield StepKey(left.flow, left.step)


def _left(walked: Walked, edge: Edge) -> ExitTaken | None:
    """The exit by which the turn leaves the question it answers, None where it leaves none."""
    state = walked.graph.states[edge.source]
    if not state.stack:
        return None
    first = next((event for event in walked.graph.events(edge) if isinstance(event, ExitTaken)), None)
    top = state.stack[-1]
    return first if first is not None and (first.flow, first.step) == (top.flow, top.step) else None


def _recorded(walked: Walked, edge: Edge, results: Collection[str]) -> str | None:
    """The first of these results that an edge records."""
    found = (event.result for event in walked.graph.events(edge) if isinstance(event, FollowedUp))
    return next((result for result in found if result in results), None)


def _wrong(walked: Walked, edge: Edge, answers: Answers) -> Message | None:
    """Why what an edge records of the customer's answer is not what they answered."""
    left, got = _left(walked, edge), _recorded(walked, edge, FOLLOW_UP_RESULTS)
    wanted = answers.get((StepKey(left.flow, left.step), left.exit)) if left else None
    if wanted is None and left and _gives_up(left, answers):
        wanted = "unclear"
    if wanted is not None and got is None:
        return Message("proof.reopens.unrecorded", exit=left.exit if left else "", wanted=wanted)
    if wanted is not None and got != wanted:
        return Message("proof.reopens.other", exit=left.exit if left else "", wanted=wanted, got=got)
    if wanted is None and got in ANSWER_OF.values():
        return Message("proof.reopens.unasked", got=got)
    return None


def _gives_up(left: ExitTaken, answers: Answers) -> bool:
    """Whether the question whether they accept is left unanswered."""
    return left.exit in GIVE_UPS and any(step == (left.flow, left.step) for step, _ in answers)


def _unsaid(walked: Walked, edge: Edge) -> str | None:
    """The result of an edge on which the customer says nothing, though only they can have said it."""
    return _recorded(walked, edge, SAID_ONLY) if edge.way.mover in WORDLESS else None
