"""Every step with choices by key, as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ivr.lint.context import LintContext


class MenuAt(NamedTuple):
    """A step that has choices: its flow, its name, the step as data, and its choices by key."""

    flow: str
    step: str
    data: Mapping[str, Any]
    choices: Mapping[str, Mapping[str, Any]]


def menus_of(context: LintContext) -> Iterator[MenuAt]:
    """The menus of all flows, language questions too."""
    for flow, step in context.steps():
        data = context.data(flow.name, step.name)
        if choices := data.get("choices"):
            yield MenuAt(flow.name, step.name, data, choices)
