"""The last guard of a captured fixture: whether anything its caller gave is still in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.call.inputs import Digits, Recording, Speech, Stored
from ivr.flow.model import Release
from ivr.replay.anonymize import NAME_OF_TAKEN
from ivr.replay.fixture import Fixture
from ivr.replay.substitutes import ANY, NEUTRAL
from ivr.service.ports import RecordedCall
from ivr.steps.spoken import fold

ABOUT = frozenset({"kind", "status", "partial", "due", "outcome"})
"""What the hotline itself says of a case."""
MOST_OPEN = 3
"""Characters within a longer value that give nobody away."""


def survives(
    release: Release, call: RecordedCall, inputs: Sequence[Stored], texts: Mapping[str, str], fixture: Fixture
) -> list[str]:
    """The values of the fixture that hold something given. What the flows say themselves is no secret; `hear` holds
    nothing else."""
    own = _own_words(release)
    secrets = {secret for secret in _given(call, inputs, texts) if fold(secret) not in own}
    values = [value for value in _values(fixture) if fold(value) not in own]
    return [value for value in values if any(_holds(value, secret) for secret in secrets)]


def _holds(value: str, secret: str) -> bool:
    return value == secret or (len(secret) > MOST_OPEN and secret in value)


def _given(call: RecordedCall, inputs: Sequence[Stored], texts: Mapping[str, str]) -> Iterator[str]:
    yield call.call
    yield from texts.values()
    if call.customer:
        yield call.customer.lstrip("+")
    for stored in inputs:
        if name := stored.facts.get(NAME_OF_TAKEN):
            yield name
        match stored.input:
            case Digits(keys=keys) if len(keys) > 1:
                yield keys
            case Speech(text=text):
                yield text
            case Recording(recording=recording, url=url):
                yield from (each for each in (recording, url) if each)


def _values(fixture: Fixture) -> Iterator[str]:
    fields = fixture.fields
    yield from (fields.call, fields.from_, *fields.facts.values())
    for turn in fields.turns:
        yield from (each for each in (turn.press, turn.speak, turn.record and turn.record.text) if each)
    for case in fields.ends.case:
        yield from (str(value) for name, value in case.model_dump().items() if name not in ABOUT)


def _own_words(release: Release) -> frozenset[str]:
    """Everything that may be said for a choice or a shortcut, every choice's name, and the words that say nothing."""
    words = {word for hints in release.hints.values() for said in hints.values() for word in said}
    words |= {word for key in release.shortcuts.values() for said in key.words.values() for word in said}
    words |= {exit for flow in release.flows.values() for step in flow.steps.values() for exit in step.declared.exits}
    neutral = (*ANY, *(word for each in NEUTRAL.values() for word in each))
    return frozenset(fold(word) for word in (*words, *neutral))
