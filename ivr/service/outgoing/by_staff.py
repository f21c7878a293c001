"""What a lead decides of calls to customers: all of them, or a number."""

from __future__ import annotations

from ivr.case.refused import Refused, refused
from ivr.service.outgoing.number_keys import keys_of, number_masked
from ivr.service.outgoing.outgoing_rows import SWITCH, BlockedRow
from ivr.service.people import People
from ivr.service.ports import Ports
from ivr.service.rows import stamp


def a_lead(people: People, name: str) -> Refused | None:
    """Why somebody may not decide it, None for a lead."""
    if not name:
        return refused("people.refused.nobody")
    person = people.find(name)
    if person is None:
        return refused("people.refused.unknown", name=name)
    if person.disabled_at is not None:
        return refused("people.refused.disabled", name=name)
    return None if "lead" in person.roles else refused("outgoing.refused.no-lead", name=name)


def switch(ports: Ports, *, on: bool) -> None:
    """Let machines phone customers, or none of them, from now on."""
    ports.store.set_switch(SWITCH, on=on)


def block(ports: Ports, number: str, name: str) -> bool:
    """Let no machine phone a number, whoever has asked for a call until now; False where it was blocked before. A
    customer's own word stays the reason."""
    keys = keys_of(ports, number)
    with ports.store.transaction() as tx:
        known = tx.blocked_number(keys)
        why, by = (known.why, known.by) if known and known.why == "opted_out" else ("blocked", name)
        tx.block(BlockedRow(keys[0], stamp(tx.now()), why, by, number_masked(number)))
    return known is None


def unblock(ports: Ports, number: str) -> bool:
    """Let machines phone it again; whether it was blocked. What was stopped for that waits again."""
    return ports.store.unblock(keys_of(ports, number))
