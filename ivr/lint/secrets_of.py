"""The sensitive entries of a flow."""

from __future__ import annotations

from ivr.flow.model import Flow
from ivr.lint.context import LintContext


def secrets_of(context: LintContext, flow: Flow) -> frozenset[str]:
    """The values a flow collects as sensitive, and the copies a `set` makes of them."""
    entries = [context.data(flow.name, step) for step in flow.steps]
    secret = {data["save"] for data in entries if data.get("sensitive") == "yes" and "save" in data}
    copies = [pair for step in flow.steps.values() for pair in step.declared.sets.items()]
    for _ in copies if secret else ():
        secret |= {name for name, type_ in copies if type_[:1] == "=" and type_[1:] in secret}
    return frozenset(secret)
