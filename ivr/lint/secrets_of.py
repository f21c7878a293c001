"""The sensitive entries of a flow."""

from __future__ import annotations

from ivr.flow.model import Flow


def secrets_of(flow: Flow) -> frozenset[str]:
    """The values a flow collects as sensitive, and the copies a `set` makes of them."""
    entries = [step.declared.entry for step in flow.steps.values()]
    secret = {entry.save for entry in entries if entry is not None and entry.sensitive and entry.save}
    copies = [pair for step in flow.steps.values() for pair in step.declared.sets.items()]
    for _ in copies if secret else ():
        secret |= {name for name, type_ in copies if type_[:1] == "=" and type_[1:] in secret}
    return frozenset(secret)
