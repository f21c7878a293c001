"""The promises ops wrote: each of the ten forms is a search, a game or a longest path on the finished graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.call.condition import Test
from ivr.explore.fact_promises import first, never_while
from ivr.explore.order_promises import after_always, never_after, never_before
from ivr.explore.promise_result import PromiseResult, PromiseUnderTest
from ivr.explore.reach_promises import at_most, leads_to, reaches
from ivr.explore.said_promises import said_leads_to
from ivr.explore.state_walk import Walked
from ivr.flow.promises import PromiseFields


def custom_results(walked: Walked) -> Iterator[PromiseResult]:
    """A result for each promise of the release, in the order of the file."""
    for number, fields in enumerate(walked.release.promises):
        yield _result(PromiseUnderTest(walked, fields, number))


def tests_of(promises: Sequence[PromiseFields]) -> Mapping[str, Sequence[Test]]:
    """The conditions promises put on facts: explore tries the values they distinguish."""
    found: dict[str, list[Test]] = {}
    for promise in promises:
        given = promise.while_ if isinstance(promise.while_, dict) else {}
        for name, test in [*promise.when.items(), *given.items()]:
            found.setdefault(name, []).append(test)
    return found


def _result(promise: PromiseUnderTest) -> PromiseResult:
    p = promise.fields
    if p.from_ is not None and p.reaches is not None:
        return reaches(promise, p.from_, p.reaches)
    if p.said is not None and p.at is not None and p.leads_to is not None:
        return said_leads_to(promise, p.said, p.at, p.leads_to)
    if p.choice is not None and p.leads_to is not None:
        return leads_to(promise, p.choice, p.leads_to)
    if p.after is not None and p.always is not None and p.before is not None:
        return after_always(promise, p.after, p.always, p.before)
    if p.never is not None and p.while_ is not None:
        return never_while(promise, p.never, p.while_)
    if p.never is not None and p.before is not None:
        return never_before(promise, p.never, p.before)
    if p.never is not None and p.after is not None:
        return never_after(promise, p.never, p.after)
    if p.at_most is not None and p.before is not None:
        return at_most(promise, p.at_most, p.before)
    assert p.first is not None
    return first(promise, p.first)
