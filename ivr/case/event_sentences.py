"""What happened to a case as sentences, one an event, made of the events of its report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ivr.case.case import By
from ivr.case.case_fold import CODES, PROPOSED
from ivr.case.case_words import clock_time, day_or_time, field_pairs, person, word
from ivr.messages.message import Message

RECORDING = re.compile(r"RE[0-9A-Fa-f]{32}")
"""A story that was recorded: the event holds the provider's name of it."""
_GIVEN_BY_CALL = ("opened", "noted", "completed", "answered", "unanswered")
_OF_THE_HOUSE = (
    "kind", "status", "customer", "opened_at", "simulated", "outcome", "clock", "due", "due_at", "warn_at", "promised",
    "start", "count", "source", "hours", "wall", "pauses", "unknown", "ladder_at", "answered_at", "paused_at",
)  # fmt: skip
"""What such an event says beside the caller's own words: by these a case is kept, and staff read them elsewhere."""
_TEXTS = {"noted": "text", "represented": "names", "decided": "", "coded": "", "triaged": ""}
"""Where what staff wrote stands; else in `reason`."""
_DUE_TOLD = ("opened", "reopened", "extended", "resumed", "warned", "attempted", "escalated")
"""They say themselves when the case is due."""
_RESULTS = {
    "accepted": "case.phoned.accepted", "not_accepted": "case.phoned.not-accepted", "unclear": "case.phoned.unclear",
    "wrong_person": "case.phoned.wrong-person", "later": "case.phoned.later", "opted_out": "case.phoned.opted-out",
    "machine": "case.phoned.machine", "person": "case.phoned.person", "busy": "case.phoned.busy",
    "no_answer": "case.phoned.no-answer", "failed": "case.phoned.failed",
}  # fmt: skip


class Happened(NamedTuple):
    """An event: who did it, what came with it, and what the events before it said."""

    kind: str
    by: By
    data: Mapping[str, str]
    before: Mapping[str, str]

    @property
    def who(self) -> str:
        """Who did it, as the beginning of a sentence."""
        if self.by.name == self.by.role == "caller":
            return Message("case.timeline.the-caller")
        return Message("case.timeline.the-system") if self.by.role == "system" else person(self.by)

    @property
    def in_call(self) -> bool:
        """Whether it holds what a flow gave, by the names of the flow."""
        return self.kind in _GIVEN_BY_CALL and self.by.role in ("caller", "system") and "text" not in self.data


Sentence = Callable[[Happened], str]


def event_lines(events: Iterable[Mapping[str, Any]]) -> Iterator[Message]:
    """A line for each event of a report, in order."""
    before: dict[str, str] = {}
    for event in events:
        data = {name: on_one_line(str(value)) for name, value in event["data"].items()}
        if data.get("due") and data.get("due_at"):
            data["due"] = day_or_time(data["due"], data["due_at"])
        happened = Happened(event["kind"], By(event["by"], event["role"]), data, before)
        yield Message("case.timeline.line", at=clock_time(event["at"])[:16], what=sentence(happened))
        before = before | data


def sentence(event: Happened) -> str:
    """What happened, with the deadline where it is another one now, and with what staff wrote."""
    did = SENTENCES.get(event.kind, _unknown)(event)
    due = event.data.get("due", "")
    if due and due != event.before.get("due") and event.kind not in _DUE_TOLD:
        did = Message("case.timeline.due-now", did=did, due=due)
    name = _TEXTS.get(event.kind, "reason")
    text = "" if event.in_call or (event.by.role == "system" and name == "reason") else event.data.get(name, "")
    return Message("case.timeline.with-text", did=did, text=text) if text else did


def on_one_line(text: str) -> str:
    """A text without its line breaks: an event is one line."""
    return " ".join(text.split())


def _unknown(event: Happened) -> str:
    return Message("case.timeline.unknown", who=event.who, did=event.kind)


def _simple(code: str) -> Sentence:
    return lambda event: Message(code, who=event.who)


def _given(event: Happened) -> tuple[str, ...]:
    """What the caller gave that they had not given before."""
    house = (*_OF_THE_HOUSE, "language") if event.kind == "opened" else _OF_THE_HOUSE
    news = {n: value for n, value in event.data.items() if n not in house and event.before.get(n) != value}
    voice = RECORDING.fullmatch(news.get("story", "")) is not None
    if voice:
        del news["story"]
    return (*field_pairs(news), *((Message("case.timeline.voice"),) if voice else ()))


def _with_given(did: Message, event: Happened) -> Message:
    given = _given(event)
    return Message("case.timeline.with-fields", did=did, fields=given) if given else did


def _opened(event: Happened) -> str:
    kind, due = word("kind", event.data.get("kind", "")), event.data.get("due")
    if not due:
        return _with_given(Message("case.timeline.opened", kind=kind), event)
    clock = event.data.get("clock", "")
    return _with_given(Message("case.timeline.opened-due", kind=kind, due=due, clock=clock), event)


def _noted(event: Happened) -> str:
    if not event.in_call:
        return Message("case.timeline.noted", who=event.who)
    given = _given(event)
    if not given:
        return Message("case.timeline.called", who=event.who)
    return Message("case.timeline.gave", who=event.who, fields=given)


def _call_said(code: str) -> Sentence:
    return lambda event: _with_given(Message(code, who=event.who), event)


def _assigned(event: Happened) -> str:
    owner, team, who = event.data.get("owner", ""), event.data.get("team", ""), event.who
    if owner and team:
        return Message("case.timeline.assigned-both", who=who, owner=owner, team=team)
    if owner:
        return Message("case.timeline.assigned-owner", who=who, owner=owner)
    return Message("case.timeline.assigned-team", who=who, team=team)


def _conflicted(event: Happened) -> str:
    who, person_ = event.who, event.data["person"]
    dropped = event.data.get("owner") == ""
    if person_ == event.by.name:
        return Message("case.timeline.conflicted-drops" if dropped else "case.timeline.conflicted", who=who)
    if dropped:
        return Message("case.timeline.conflicted-other-drops", who=who, person=person_)
    return Message("case.timeline.conflicted-other", who=who, person=person_)


def _decided(event: Happened) -> str:
    who, outcome = event.who, word("outcome", event.data["outcome"])
    reasons, answer = event.data.get("reasons", ""), event.data.get("answer", "")
    if not reasons:
        return Message("case.timeline.decided", who=who, outcome=outcome)
    return Message("case.timeline.decided-with", who=who, outcome=outcome, reasons=reasons, answer=answer)


def _told(event: Happened) -> str:
    return Message("case.timeline.told", who=event.who, how=word("how", event.data["how"]))


def _attempted(event: Happened) -> str:
    said = Message(_RESULTS[event.data["result"]])
    due = event.data.get("due")
    return Message("case.timeline.attempted-due", said=said, due=due) if due else said


def _contact(event: Happened) -> str:
    phone = event.data.get("phone")
    if not phone:
        return Message("case.timeline.contact-erased", who=event.who)
    return Message("case.timeline.contact", who=event.who, phone=phone)


def _withdrawn(event: Happened) -> str:
    code = "case.timeline.withdrawn-by-caller" if event.by.role == "caller" else "case.timeline.withdrawn"
    return Message(code, who=event.who)


def _due_or_not(code: str, without: str) -> Sentence:
    def said(event: Happened) -> str:
        due = event.data.get("due")
        return Message(code, who=event.who, due=due) if due else Message(without, who=event.who)

    return said


def _extended(event: Happened) -> str:
    data = {name: event.data.get(name, "") for name in ("to", "approver", "due", "told_at")}
    who, due = event.who, data["due"] or data["to"]
    if not data["told_at"]:
        return Message("case.timeline.extended-untold", who=who, due=due, to=data["to"], approver=data["approver"])
    return Message(
        "case.timeline.extended", who=who, due=due, to=data["to"], approver=data["approver"],
        told=data["told_at"][:10],
    )  # fmt: skip


def _warned(event: Happened) -> str:
    return Message("case.timeline.warned", who=event.who, due=event.data["due"])


def _escalated(event: Happened) -> str:
    priority = word("priority", event.data.get("priority", ""))
    if event.by.role == "system":
        due = event.before.get("due", "")
        return Message("case.timeline.escalated-late", who=event.who, due=due, priority=priority)
    return Message("case.timeline.escalated", who=event.who, priority=priority)


def _prioritized(event: Happened) -> str:
    return Message("case.timeline.prioritized", who=event.who, priority=word("priority", event.data["priority"]))


def _coded(event: Happened) -> str:
    return Message("case.timeline.coded", who=event.who, fields=field_pairs(_only(event, CODES)))


def _represented(event: Happened) -> str:
    return Message("case.timeline.represented", who=event.who, role=word("represented", event.data["as"]))


def _linked(event: Happened) -> str:
    return Message("case.timeline.linked", who=event.who, case=event.data["case"])


def _triaged(event: Happened) -> str:
    if not event.data:
        return Message("case.timeline.triaged-nothing")
    return Message("case.timeline.triaged", fields=field_pairs(_only(event, PROPOSED)))


def _only(event: Happened, names: Iterable[str]) -> dict[str, str]:
    """What an event says by these names, in their order."""
    return {name: event.data[name] for name in names if name in event.data}


SENTENCES: Mapping[str, Sentence] = {
    "opened": _opened,
    "noted": _noted,
    "completed": _call_said("case.timeline.completed"),
    "answered": _call_said("case.timeline.answered"),
    "unanswered": _call_said("case.timeline.unanswered"),
    "assigned": _assigned,
    "taken": _simple("case.timeline.taken"),
    "conflicted": _conflicted,
    "decided": _decided,
    "told": _told,
    "attempted": _attempted,
    "unreached": _simple("case.timeline.unreached"),
    "contact": _contact,
    "withdrawn": _withdrawn,
    "reopened": _due_or_not("case.timeline.reopened-due", "case.timeline.reopened"),
    "extended": _extended,
    "paused": _simple("case.timeline.paused"),
    "resumed": _due_or_not("case.timeline.resumed-due", "case.timeline.resumed"),
    "warned": _warned,
    "watched": _simple("case.timeline.watched"),
    "escalated": _escalated,
    "prioritized": _prioritized,
    "coded": _coded,
    "represented": _represented,
    "linked": _linked,
    "triaged": _triaged,
}
"""For every kind of event. One that is missing here is told by its own name."""
