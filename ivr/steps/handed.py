"""Values that a step hands on under `with`: to a case, to another flow, onto the record."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.steps.fields import Ref
from ivr.steps.step import Walk


def known_values(walk: Walk, handed: Mapping[str, str | Ref]) -> dict[str, str]:
    """By name what is known of them now; what is not known is left out."""
    read = {name: walk.read(value.name) if isinstance(value, Ref) else value for name, value in handed.items()}
    return {name: value for name, value in read.items() if value is not None}


def names_read(handed: Mapping[str, str | Ref]) -> frozenset[str]:
    """The values and facts among them; the others are literals."""
    return frozenset(value.name for value in handed.values() if isinstance(value, Ref))
