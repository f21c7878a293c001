"""A case as the fold of its own events: whatever callers, staff and the system did to it, in order.

`fold` decides nothing: an event says itself what it changed (`ivr/case/moves.py` decides that, once). So an event that
was logged under older rules still folds to the same case. And it needs nothing of what is erased with a customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import msgspec

from ivr.call.case_kinds import CaseKind
from ivr.case.case import FINAL, Case, CaseEvent, Life, Status, Words, missed
from ivr.case.case_fields import ASKED_FOR_CALL, SAID, STORY, of_caller, urgency

COMPLETING = ("completed", "answered", "unanswered")
"""What a call says at the end of an intake: the case is whole."""
OF_CASE = ("status", "language", "owner", "team", "clock", "due")
"""Facts that are fields of a case; an empty one means nobody or nothing."""
TIMES_OF_LIFE = {"ladder_at": "ladder_at", "answered_at": "told_at", "paused_at": "paused_at"}
"""Facts that are moments of a case's life, and what they are called there: `told_at` of an extension is another one."""
PROPOSED = ("urgency", "risk", "category", "next_step", "marks")
CODES = ("channel", "business", "reason", "root_cause")


def fold(case: Case | None, event: CaseEvent) -> Case:
    """The case after an event; its first one is always `opened`."""
    if case is None:
        return _opened(event)
    facts = event.facts
    changes: dict[str, Any] = {"version": event.seq, "life": _life(case, event)}
    changes |= {name: facts[name] or None for name in OF_CASE if name in facts}
    if "status" in facts:
        changes["ended_at"] = event.at if facts["status"] in FINAL else None
    if "due_at" in facts:
        changes["due_at"] = datetime.fromisoformat(facts["due_at"])
    if "warn_at" in facts:
        changes["warn_at"] = datetime.fromisoformat(facts["warn_at"]) if facts["warn_at"] else None
    if "promised" in facts:
        changes["promised"] = facts["promised"] or None
    if event.kind in COMPLETING:
        changes["partial"] = False
    if event.turn is not None and event.call == case.call:
        changes["turn"] = event.turn
    if of_caller(event.by.role):
        changes |= _said(case, event)
    elif "priority" in facts:
        changes["facts"] = {**case.facts, "priority": facts["priority"]}
    if event.kind == "contact" and case.personal is not None and event.personal:
        changes["personal"] = {**case.personal, "phone": event.personal["phone"]}
    return msgspec.structs.replace(case, **changes)


def folded(events: Sequence[CaseEvent]) -> Case:
    """The case its events make; there is at least one."""
    case = _opened(events[0])
    for event in events[1:]:
        case = fold(case, event)
    return case


def _opened(event: CaseEvent) -> Case:
    facts = event.facts
    status = cast(Status, facts["status"])
    due = facts.get("due")
    return Case(
        version=event.seq,
        kind=cast(CaseKind, facts["kind"]),
        status=status,
        call=event.call,
        turn=event.turn,
        customer=(event.personal or {}).get("customer", ""),
        language=facts.get("language"),
        opened_at=datetime.fromisoformat(facts["opened_at"]),
        due_at=datetime.fromisoformat(facts["due_at"]) if "due_at" in facts else None,
        due=due,
        warn_at=datetime.fromisoformat(facts["warn_at"]) if facts.get("warn_at") else None,
        clock=facts["clock"],
        promised=due,
        ended_at=event.at if status in FINAL else None,
        simulated=facts.get("simulated") == "yes",
        facts={},
        personal=None if event.personal is None else {},
    )


def _said(case: Case, event: CaseEvent) -> dict[str, Any]:
    """What the caller's own words change: what is known of them, and the day they were told. What they tell in another
    call stands beside the story of the case, and never in its place."""
    told = "due" in event.facts and event.kind != "resumed"
    changes: dict[str, Any] = {"promised": event.facts["due"]} if told else {}
    news = {n: v for n, v in (event.personal or {}).items() if n != STORY or event.call == case.call}
    changes["facts"] = _with({n: v for n, v in case.facts.items() if n not in news}, event.facts)
    if case.personal is not None or news:
        kept = {name: value for name, value in (case.personal or {}).items() if name not in event.facts}
        changes["personal"] = {**kept, **news}
    return changes


def _with(known: Words, facts: Words) -> Words:
    """A later answer to the same question stands; but of two priorities the higher one."""
    said = {name: value for name, value in facts.items() if name in SAID}
    if "priority" in known and "priority" in said:
        said["priority"] = max(known["priority"], said["priority"], key=urgency)
    return {**known, **said}


def _life(case: Case, event: CaseEvent) -> Life:
    facts, life = event.facts, case.life
    changes: dict[str, Any] = {}
    for name, field in TIMES_OF_LIFE.items():
        if name in facts:
            changes[field] = datetime.fromisoformat(facts[name]) if facts[name] else None
    if ASKED_FOR_CALL in facts and of_caller(event.by.role) and event.call is not None and event.call == case.call:
        changes["asked_at"] = (life.asked_at or event.at) if facts[ASKED_FOR_CALL] == "yes" else None
    if facts.get("ladder_at"):
        changes |= {"reopened": life.reopened + 1, "late": life.late + missed(case, event.at)}
        changes |= {"told_at": None, "decision": None, "pauses": (), "stopped": False}
    return msgspec.structs.replace(life, **changes, **_by_kind(case, event)) if changes or event.kind in KINDS else life


KINDS = (
    "triaged",
    "escalated",
    "attempted",
    "conflicted",
    "linked",
    "coded",
    "represented",
    "decided",
    "resumed",
    "contact",
)


def _by_kind(case: Case, event: CaseEvent) -> dict[str, Any]:
    facts, life = event.facts, case.life
    match event.kind:
        case "triaged":
            return {"triage": {name: facts[name] for name in PROPOSED if name in facts}}
        case "escalated":
            return {"escalated": life.escalated + 1}
        case "attempted":
            return {"attempts": life.attempts + 1} | ({"stopped": True} if facts["result"] == "wrong_person" else {})
        case "conflicted":
            known = life.conflicts if facts["person"] in life.conflicts else (*life.conflicts, facts["person"])
            return {"conflicts": known, **({"decision": None} if "status" in facts else {})}
        case "linked" if int(facts["case"]) not in life.links:
            return {"links": (*life.links, int(facts["case"]))}
        case "coded":
            return {"codes": {**life.codes, **{name: facts[name] for name in CODES if name in facts}}}
        case "represented":
            return {"represented": facts["as"]}
        case "decided":
            return {"decision": facts["outcome"]}
        case "resumed" if life.paused_at is not None:
            return {"pauses": (*life.pauses, (life.paused_at, event.at))}
        case "contact":
            return {"stopped": False}
    return {}
