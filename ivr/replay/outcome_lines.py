"""What an edit does to fixtures, as `ivr diff` and `ivr publish` print it: consequences folded under their cause."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from ivr.flow.model import StepKey
from ivr.replay.outcome_changes import HOTLINE, OutcomeChange

Folded = Mapping[StepKey, Sequence[OutcomeChange]]
"""Fixtures by the step that is the cause of their change."""


def update_hint(folder: str) -> str:
    """What to do where fixtures expect other words than those that are meant."""
    return f"If the new words are meant, `ivr replay --update {folder}` writes them into the fixtures."


def folded(changes: Sequence[OutcomeChange], causes: Container[StepKey] = ()) -> Folded:
    """The changes by their cause, in order. Where `causes` has a change of the hotline itself, and none of the step
    that says the words, it is the hotline's."""
    found: dict[StepKey, list[OutcomeChange]] = {}
    for change in changes:
        at = StepKey(change.flow, change.step)
        found.setdefault(HOTLINE if at not in causes and HOTLINE in causes else at, []).append(change)
    return found


def words_line(changes: Sequence[OutcomeChange]) -> str:
    """The fixtures that only hear other words for one cause, in a line."""
    first, n = changes[0], len(changes)
    if n == 1:
        return f"1 fixture hears other words for it: {first.file}"
    return f"{n} fixtures hear other words for it, such as {first.file}"


def outcome_lines(
    changes: Sequence[OutcomeChange], played: int, folder: str, told: Container[StepKey] = ()
) -> Iterator[str]:
    """As `ivr diff` prints them: the fixtures with another result, one for each cause; then those with other words
    whose cause has not been `told` above, under the change itself. Nothing where none was played."""
    if not played:
        return
    other = [change for change in changes if not change.words]
    words = [change for change in changes if change.words]
    yield ""
    counted = f"{played} fixture{'' if played == 1 else 's'} played"
    have = "has" if len(other) == 1 else "have"
    yield f"{counted}: {len(other)} {have} a different result, {len(words)} only hear other words."
    for cause, those in folded(other).items():
        yield from _results(cause, those)
    for cause, those in folded(words, told).items():
        if cause not in told:
            yield f"  words     {those[0].file}: {those[0].said}"
            if those[1:]:
                yield f"            and {_some(len(those) - 1)} alike{_where(cause)}; --json lists them"
    if any(change.after == "failed" for change in words):
        yield f"  {update_hint(folder)}"


def _results(cause: StepKey, those: Sequence[OutcomeChange]) -> Iterator[str]:
    for after in ("failed", "passed"):
        alike = [change for change in those if change.after == after]
        if not alike:
            continue
        first = alike[0]
        mark = "fails now" if after == "failed" and first.before == "passed" else "changed"
        said = first.said if first.said.startswith(first.file) else f"{first.file}: {first.said}"
        yield f"  {mark:<9} {said}"
        if alike[1:]:
            yield f"            and {_some(len(alike) - 1)} like it{_where(cause)}; --json lists them"


def _some(n: int) -> str:
    return f"{n} other{'' if n == 1 else 's'}"


def _where(cause: StepKey) -> str:
    return "" if cause == HOTLINE else f', from the step "{cause.step}" of "{cause.flow}"'
