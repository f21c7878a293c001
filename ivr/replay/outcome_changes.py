"""Fixtures on two releases: those whose calls do not come out the same, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from ivr.errors import IvrError
from ivr.flow.model import Release
from ivr.replay.both_ways import Left, run_engine
from ivr.replay.fixture import Fixture

LONGEST = 40
Passes = Literal["passed", "failed"]


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A fixture with a different result: what it was and is, and the first difference in words. `words` says that
    only words differ: it passes on both and leaves the same."""

    file: str
    before: Passes
    after: Passes
    said: str
    words: bool


def outcome_lines(changes: Sequence[OutcomeChange], played: int) -> Iterator[str]:
    """As `ivr diff` prints them, those with another result before those with other words; nothing where none was
    played."""
    if not played:
        return
    other = [change for change in changes if not change.words]
    yield ""
    counted = f"{played} fixture{'' if played == 1 else 's'} played"
    have = "has" if len(other) == 1 else "have"
    yield f"{counted}: {len(other)} {have} a different result, {len(changes) - len(other)} only hear other words."
    for change in (*other, *(change for change in changes if change.words)):
        mark = "words" if change.words else "fails now" if change.after == "failed" else "changed"
        said = change.said if change.said.startswith(change.file) else f"{change.file}: {change.said}"
        yield f"  {mark:<9} {said}"


def outcome_change(fixture: Fixture, before: Release, after: Release) -> OutcomeChange | None:
    """What changes for a fixture, None where nothing does."""
    (old, was, had), (new, is_, has) = _played(fixture, before), _played(fixture, after)
    if (old, was, had) == (new, is_, has):
        return None
    passes: tuple[Passes, Passes] = ("failed" if old else "passed", "failed" if new else "passed")
    if passes == ("passed", "failed"):
        said = new
    elif passes == ("failed", "passed"):
        said = f"it failed: {old}"
    elif had is not None and has is not None and had != has:
        said = _left(had, has)
    else:
        said = _heard(was, is_)
    return OutcomeChange(fixture.file, *passes, said, words=passes == ("passed", "passed") and had == has)


def _played(fixture: Fixture, release: Release) -> tuple[str, Sequence[str], Left | None]:
    """The failure (empty: none), the dialogue, and what the call left."""
    try:
        verdict, played, left = run_engine(fixture, release)
    except IvrError as failed:
        return str(failed), (), None
    return verdict.failure, played.dialogue, left


def _left(had: Left, has: Left) -> str:
    if had.disposition != has.disposition:
        return f"it ends {has.disposition} (before: {had.disposition})"
    kinds = [", ".join(case["kind"] for case in left.cases) or "no case" for left in (had, has)]
    if kinds[0] != kinds[1]:
        return f"it leaves {kinds[1]} (before: {kinds[0]})"
    for old, new in zip(had.cases, has.cases, strict=True):
        for name in dict.fromkeys([*old, *new]):
            if old.get(name) != new.get(name):
                was = old.get(name, "not known")
                return f"the {old['kind']}'s {name} is {new.get(name, 'not known')} (before: {was})"
    return "what it leaves is the same"


def _heard(was: Sequence[str], is_: Sequence[str]) -> str:
    old, new = next((a, b) for a, b in zip_longest(was, is_, fillvalue="nothing") if a != b)
    return f'it hears "{_cut(new)}", before: "{_cut(old)}"'


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
