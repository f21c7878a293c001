"""A proof: walk, check every promise, and check the walk itself."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial

from ivr.analysis.value_classes import Classes
from ivr.explore import built_in
from ivr.explore.custom_promises import custom_results, tests_of
from ivr.explore.customers_word import a_no_reopens, silence_is_no_answer
from ivr.explore.endless import never_endless
from ivr.explore.nothing_to_machines import nothing_to_a_machine
from ivr.explore.number_to_call import number_to_call
from ivr.explore.one_result import one_result
from ivr.explore.person_first import the_person_first
from ivr.explore.promise_result import PromiseResult
from ivr.explore.reachable import shortest_each
from ivr.explore.reached import ExitName, exits_by_label, exits_taken, never_taken
from ivr.explore.search import Undecided
from ivr.explore.self_check import Checked, check
from ivr.explore.state_walk import Scope, Walked, walk
from ivr.explore.waivers import Waiver, waived
from ivr.flow.model import Release
from ivr.flow.promises import REACHED
from ivr.messages.message import Message

BUILT_IN = (
    built_in.heard,
    never_endless,
    built_in.ended,
    built_in.a_person,
    built_in.intake_kept,
    number_to_call,
    built_in.ordinary_callers,
    one_result,
    a_no_reopens,
    silence_is_no_answer,
    the_person_first,
    nothing_to_a_machine,
)
"""Each gives a result at least, those about calls of our own only where some are walked."""


@dataclass(slots=True)
class Proof:
    """The result of a walk and of every promise on it. Nothing is proved unless it is `complete`: not at the cap on
    states (`largest_state_part` says what makes them many), not where the walk does not know a turn of a random call
    (`checked.unknown_turn`), not where a promise is `undecided`.

    `waived` are the built-in promises that need not hold here; those that do not have no result.
    `walked` is None for a proof that was kept, and then every promise holds.
    """

    walked: Walked | None
    checked: Checked = field(default_factory=Checked)
    results: list[PromiseResult] = field(default_factory=list)
    unreached: list[ExitName] = field(default_factory=list)
    waived: list[Waiver] = field(default_factory=list)
    states: int = 0
    edges: int = 0
    seconds: float = 0.0
    largest_state_part: str = ""
    undecided: str = ""

    @property
    def complete(self) -> bool:
        """Whether every state was walked, every turn of the random calls was known, and every promise was decided."""
        return not (self.largest_state_part or self.checked.unknown_turn or self.undecided)

    @property
    def holds(self) -> bool:
        """Whether every promise holds that is not waived."""
        return self.complete and not self.unreached and all(result.holds for result in self.results)


def prove(release: Release, scope: Scope, *, calls: int = 1500) -> Proof:
    """Prove a release's promises; the walk is checked by so many random calls."""
    with _no_collector():
        return _prove(release, scope, calls)


@contextmanager
def _no_collector() -> Iterator[None]:
    """A graph holds no cycles of objects; looking for some among millions of edges costs a tenth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _prove(release: Release, scope: Scope, calls: int) -> Proof:
    begun = time.perf_counter()
    classes = Classes(release, tests_of(release.promises))
    walked = walk(release, scope, classes)
    proof = Proof(walked, states=len(walked.graph.states), edges=sum(map(len, walked.graph.edges)))
    if walked.complete:
        proof.checked = check(walked, calls=calls)
    else:
        proof.largest_state_part = growing(walked)
    if proof.complete:
        try:
            alone = replace(scope, progress=lambda done, known: None)
            again = cache(lambda begun: walk(release, replace(alone, entries=begun), classes))
            _check(walked, proof, again, promised=not scope.entries)
        except Undecided as failed:
            proof.undecided = failed.message
    proof.seconds = time.perf_counter() - begun
    return proof


def _check(walked: Walked, proof: Proof, walked_from: Callable[[tuple[str, ...]], Walked], *, promised: bool) -> None:
    waive, begun = walked.release.waive, list(dict.fromkeys(walked.graph.entries))
    for promise in BUILT_IN:
        results, waivers = list(promise(walked)), list[Waiver]()
        if results and (why := waive.get(results[0].name)) is not None:
            results, waivers = waived(results, why, begun, partial(_results_from, promise, walked_from))
        proof.results += results
        proof.waived += waivers
    if promised:
        proof.unreached = list(_unreached(walked, proof.checked))
        if isinstance(why := waive.get(REACHED), str):
            count = len(proof.unreached)
            lost = Message("proof.waiver.unreached", count=count) if count else ""
            proof.unreached = []
            proof.waived.append(Waiver(REACHED, "", why, lost))
        proof.results += custom_results(walked)


def _results_from(
    promise: Callable[[Walked], Iterator[PromiseResult]],
    walked_from: Callable[[tuple[str, ...]], Walked],
    flows: Sequence[str],
) -> list[PromiseResult]:
    return list(promise(walked_from(tuple(flows))))


def _unreached(walked: Walked, checked: Checked) -> Iterator[ExitName]:
    """What no call takes; what the random calls did not take either is gone for real before it counts as reached."""
    taken = exits_taken(walked)
    unsure = {name: edge for name, edge in taken.items() if name not in checked.exits}
    names = exits_by_label(walked)
    real = shortest_each(walked, unsure, lambda edge: names[edge.label])
    yield from never_taken(walked, {name: edge for name, edge in taken.items() if name not in unsure or name in real})


def growing(walked: Walked) -> Message:
    """What makes the states so many: the part of the state that takes the most different forms."""
    forms: dict[tuple[str, ...], set[object]] = {}
    for state in walked.graph.states:
        forms.setdefault(("proof.part.trail",), set()).add(tuple(map(_place, state.trail)))
        forms.setdefault(("proof.part.stack",), set()).add(tuple(map(_place, state.stack[:-1])))
        forms.setdefault(("proof.part.tries",), set()).add((state.no_input, state.no_match, state.refused))
        for frame in state.stack:
            for name, value in frame.values.items():
                forms.setdefault(("proof.part.value", name, frame.flow), set()).add(value)
    code, *of = max(forms, key=lambda part: len(forms[part]))
    return Message("proof.part.value", value=of[0], flow=of[1]) if of else Message(code)


def _place(frame: object) -> tuple[str, str]:
    return (getattr(frame, "flow", ""), getattr(frame, "step", ""))
