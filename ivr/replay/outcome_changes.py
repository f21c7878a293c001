"""Fixtures on two releases: those whose calls do not come out the same, each with the step that is its cause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Literal

import msgspec

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.verbs import Speak
from ivr.errors import IvrError
from ivr.flow.model import Release, StepKey
from ivr.messages.message import Message
from ivr.replay.both_ways import Left, run_engine, run_on_phone
from ivr.replay.engine_phone import EnginePhone
from ivr.replay.fixture import Fixture
from ivr.replay.sentences import first_said

LONGEST = 40
Passes = Literal["passed", "failed"]
NewName = Callable[[ExitTaken | Failed], ExitTaken | Failed]
"""An event of the old release under the names of the new one."""
HOTLINE = StepKey("", "")
"""Where words come from that belong to no step."""


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A fixture with a different result: what it was and is, and the first difference in words.

    `words`: only words differ. The call takes the same way and leaves the same, whether or not it hears what it
    expects. `flow` and `step`: where the first difference comes from, by the new names; empty for the hotline itself.
    """

    file: str
    before: Passes
    after: Passes
    said: str
    words: bool
    flow: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """A fixture played to its end, whatever it hears: its failure as it stands, and as it is apart from words."""

    failure: str
    apart_from_words: str
    dialogue: Sequence[str] = ()
    left: Left | None = None
    events: Sequence[Event] = ()
    said: Sequence[tuple[str, str]] = field(default_factory=tuple)


def outcome_change(
    fixture: Fixture, before: Release, after: Release, renamed: NewName = lambda event: event
) -> OutcomeChange | None:
    """What changes for a fixture, None where nothing does."""
    old, new = _played(fixture, before), _played(fixture, after)
    if (old.failure, old.dialogue, old.left) == (new.failure, new.dialogue, new.left):
        return None
    was = [renamed(event) if isinstance(event, ExitTaken | Failed) else event for event in old.events]
    parting = next((a or b for a, b in zip_longest(was, new.events) if a != b), None)
    words = not (old.apart_from_words or new.apart_from_words or parting) and old.left == new.left
    passes: tuple[Passes, Passes] = ("failed" if old.failure else "passed", "failed" if new.failure else "passed")
    said: str
    if words:
        said = _heard(old.dialogue, new.dialogue)
    elif passes == ("passed", "failed"):
        said = new.failure
    elif passes == ("failed", "passed"):
        said = Message("replay.change.failed", failure=old.failure)
    elif old.left is not None and new.left is not None and old.left != new.left:
        said = _left(old.left, new.left)
    else:
        said = _heard(old.dialogue, new.dialogue)
    at = StepKey(parting.flow, parting.step) if isinstance(parting, ExitTaken | Failed) else _source(old.said, new.said)
    return OutcomeChange(fixture.file, *passes, said, words, at.flow, at.step)


def _played(fixture: Fixture, release: Release) -> _Run:
    try:
        failure = run_engine(fixture, release)[0].failure
        result, played, left, phone = run_on_phone(fixture, release, deaf=True)
    except IvrError as failed:
        return _Run(first_said(failed), first_said(failed))
    events = [event.without_words() for event in phone.events] if phone else []
    return _Run(failure, result.failure, played.dialogue, left, events, _said(phone, played.heard))


def _said(phone: EnginePhone | None, heard: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Every prompt of the call with the words it had."""
    turns = phone.taken if phone else []
    prompts = [verb.prompt for turn in turns for verb in turn.verbs if isinstance(verb, Speak)]
    return list(zip(prompts, [text for spoken in heard for text in spoken], strict=False))


def _source(was: Sequence[tuple[str, str]], is_: Sequence[tuple[str, str]]) -> StepKey:
    """The step whose words are the first that are new, else the first that are gone."""
    new = (prompt for prompt, text in is_ if (prompt, text) not in was)
    gone = (prompt for prompt, text in was if (prompt, text) not in is_)
    flow, _, rest = next(chain(new, gone), "hotline").partition(".")
    return HOTLINE if flow in ("hotline", "prompts") else StepKey(flow, rest.split(".")[0])


def _left(had: Left, has: Left) -> Message:
    if had.disposition != has.disposition:
        return Message("replay.change.ends", now=has.disposition or "-", before=had.disposition or "-")
    was, is_ = (tuple(case["kind"] for case in left.cases) for left in (had, has))
    if was != is_:
        return _other_cases(was, is_)
    for old, new in zip(had.cases, has.cases, strict=True):
        for name in dict.fromkeys([*old, *new]):
            if old.get(name) != new.get(name):
                return _other_value(old["kind"], name, old.get(name), new.get(name))
    return Message("replay.change.same")


def _other_cases(was: Sequence[str], is_: Sequence[str]) -> Message:
    if not is_:
        return Message("replay.change.no-case", before=was)
    return Message("replay.change.cases", now=is_, before=was) if was else Message("replay.change.case", now=is_)


def _other_value(kind: str, name: str, was: str | None, is_: str | None) -> Message:
    if is_ is None:
        return Message("replay.change.value-gone", kind=kind, name=name, before=was)
    if was is None:
        return Message("replay.change.value-new", kind=kind, name=name, now=is_)
    return Message("replay.change.value", kind=kind, name=name, now=is_, before=was)


def _heard(was: Sequence[str], is_: Sequence[str]) -> Message:
    old, new = next(((a, b) for a, b in zip_longest(was, is_) if a != b), (None, None))
    if old is not None and new is not None:
        return Message("replay.change.hears", now=_cut(new), before=_cut(old))
    if new is not None:
        return Message("replay.change.hears-more", now=_cut(new))
    if old is not None:
        return Message("replay.change.hears-less", before=_cut(old))
    return Message("replay.change.hears-other")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


def with_name(event: ExitTaken | Failed, step: str, exit: str) -> ExitTaken | Failed:
    """An event under another name of its step, and of its exit where it has one."""
    if isinstance(event, ExitTaken):
        return ExitTaken(event.flow, step, exit)
    return msgspec.structs.replace(event, step=step)
