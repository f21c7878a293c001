"""All invariants of one call, and of all calls together what was entered at sensitive questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ivr.carrier.ledger import Broken, check_answers, check_repeats
from ivr.carrier.phone_call import PhoneCall
from ivr.messages.message import Message
from ivr.service.ports import Ports
from ivr.simulate.audit.audited_call import AuditedCall, AuditRecords, audited
from ivr.simulate.audit.case_invariants import check_cases, check_log
from ivr.simulate.audit.path import check_path, exits_taken
from ivr.simulate.audit.sensitive import entries, found_in
from ivr.simulate.audit.turn_inputs import check_answers_kept, check_inputs

INVARIANTS: Mapping[str, str] = {
    "I1": "simulate.invariant.inputs",
    "I2": "simulate.invariant.cases",
    "I3": "simulate.invariant.paths",
    "I4": "simulate.invariant.repeats",
    "I5": "simulate.invariant.answers",
    "I6": "simulate.invariant.ended",
    "I7": "simulate.invariant.logs",
    "I8": "simulate.invariant.secrets",
}
"""Each invariant with the sentence that says what of it was compared."""


@dataclass(slots=True)
class Audit:
    """What came of one call: what is broken, how much was compared, and how the call went."""

    broken: list[Broken] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    exits: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    turns: int = 0
    cases: int = 0
    disposition: str = "open"
    secrets: set[str] = field(default_factory=set)


def audit(phone: PhoneCall, records: AuditRecords, ports: Ports) -> Audit:
    """Judge a call that is over. I8 is judged for all calls together, by `leaked`."""
    call = audited(phone, records, ports)
    exchanges = phone.delivery.exchanges
    found = Audit(turns=len(call.sent), cases=len(call.cases), exits=Counter(exits_taken(call)))
    found.broken = [
        *check_answers(phone), *check_inputs(call), *check_cases(call), *check_path(call),
        *check_repeats(exchanges), *check_answers_kept(call), *check_log(call.cases, records),
    ]  # fmt: skip
    if call.row is None or call.row.ended_at is None:
        found.broken.append(Broken("I6", Message("simulate.left-open")))
    else:
        found.disposition = call.row.disposition or "open"
    repeated = [e for e in exchanges if e.repeats is not None and e.purpose == "voice"]
    found.secrets = _secrets(call)
    found.counts.update(I1=len(call.sent), I2=1, I3=len(call.taken), I4=len(repeated), I5=len(exchanges), I6=1)
    found.counts.update(I7=len(call.cases), I8=len(found.secrets))
    return found


def audit_answers(phone: PhoneCall) -> Audit:
    """The carrier's half alone, where the database is out of reach: I4 and I5."""
    exchanges = phone.delivery.exchanges
    repeated = [e for e in exchanges if e.repeats is not None and e.purpose == "voice"]
    found = Audit(turns=phone.turns, disposition=Message("simulate.not-known"))
    found.broken = [*check_answers(phone), *check_repeats(exchanges)]
    found.counts.update(I4=len(repeated), I5=len(exchanges))
    return found


def leaked(secrets: Iterable[str], records: AuditRecords, logged: Iterable[str]) -> dict[str, Broken]:
    """I8: the sensitive entries that stand in a column or in a log, each with what is wrong."""
    wanted = set(secrets)
    stored, written = found_in(wanted, records.texts()), found_in(wanted, logged)
    return {secret: Broken("I8", _leak(len(secret), stored=secret in stored)) for secret in sorted(stored | written)}


def _leak(length: int, *, stored: bool) -> Message:
    if stored:
        return Message("simulate.leak.database", length=length)
    return Message("simulate.leak.log", length=length)


def _secrets(call: AuditedCall) -> set[str]:
    """What was entered at sensitive questions and nowhere else in this call."""
    hidden: set[str] = set()
    plain: set[str] = set()
    for n, sent in enumerate(call.sent):
        (hidden if call.sensitive(n) else plain).update(entries(sent))
    return hidden - plain
