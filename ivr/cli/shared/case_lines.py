"""Cases as people read them in a list."""

from __future__ import annotations

from typing import Any

import click

from ivr.case.case_fields import PRIORITIES, urgency
from ivr.case.case_words import day_or_time, word
from ivr.cli.shared.echo import echo
from ivr.lint.formats.text import visible
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.service.cases.case_report import CaseReports


def echo_line(text: str, *, err: bool = False) -> None:
    """Print one line: what a caller or a colleague wrote in it cannot move the cursor or turn the text round."""
    click.echo(visible(shown(text)), err=err)


def case_line(case: dict[str, Any]) -> Message:
    """A case in a list."""
    return Message(
        "case.line.whole", number=case["number"], opened=case["opened_at"], what=what_of(case),
        state=(*state_of(case), _due(case), *marks_of(case)),
    )  # fmt: skip


def what_of(case: dict[str, Any]) -> tuple[str, ...]:
    """What a case is about, and how urgent it is, also by what the first analysis proposes."""
    topics = " ".join(case[name] for name in ("product", "subject") if case[name])
    kind = word("kind", case["kind"])
    what = Message("case.line.about", kind=kind, topics=topics) if topics else kind
    urgent = () if case["priority"] == PRIORITIES[0] else (word("priority", case["priority"]),)
    proposed = case["triage"].get("urgency", "")
    if urgency(proposed) <= urgency(case["priority"]) or case["ended_at"]:
        return (what, *urgent)
    return (what, *urgent, Message("case.line.proposed", urgency=word("urgency", proposed)))


def state_of(case: dict[str, Any]) -> tuple[str, ...]:
    """How a case stands, and who has it."""
    status = word("status", case["status"])
    if case["owner"] and case["status"] == "in_progress":
        status = Message("case.line.taken", status=status, owner=case["owner"])
    elif case["owner"]:
        status = Message("case.line.owned", status=status, owner=case["owner"])
    return (status, Message("case.line.team", team=case["team"])) if case["team"] else (status,)


def marks_of(case: dict[str, Any]) -> tuple[Message, ...]:
    """What else must be seen at once."""
    marks = {
        "case.line.paused": case["clock"]["state"] == "paused",
        "case.line.wrong-number": case["stopped"],
        "case.line.partial": case["partial"],
        "case.line.simulated": case["simulated"],
    }
    late = late_by(case)
    return (*((late,) if late else ()), *(Message(code) for code, holds in marks.items() if holds))


def late_by(case: dict[str, Any]) -> Message | None:
    """By how many workdays a case is late that still has no answer; None where it is not late."""
    if case["clock"]["state"] != "missed":
        return None
    days = -(case["clock"]["workdays_left"] or 0)
    return Message("case.line.late", days=days) if days else Message("case.line.overdue")


def _due(case: dict[str, Any]) -> Message:
    if not case["due"]:
        return Message("case.line.nothing-due")
    return Message("case.line.due", when=day_or_time(case["due"], case["due_at"]))


def tell_damaged(reports: CaseReports) -> None:
    """On stderr the cases that a list leaves out because their rows cannot be read."""
    for damaged in {str(each): each for each in reports.damaged}.values():
        echo(Message("command.failed", why=damaged.message), err=True)
