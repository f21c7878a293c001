"""Hints that several rules give."""

from __future__ import annotations

from collections.abc import Iterable

from ivr.messages.message import Message


def there_are(names: Iterable[str]) -> Message:
    """The names there are, for a rule whose reader wrote another one."""
    listed = tuple(names)
    return Message("lint.shared.there-are", names=listed) if listed else Message("lint.shared.none-yet")


def the_flows(names: Iterable[str]) -> Message:
    """The flows there are."""
    return Message("lint.shared.flows", names=tuple(sorted(names)))


def meant(name: str) -> Message:
    """The name most likely meant."""
    return Message("lint.shared.did-you-mean", name=name)


def delete() -> Message:
    """What is of no use goes."""
    return Message("lint.shared.delete")
