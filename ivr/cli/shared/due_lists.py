"""What has to be done with cases, as lists: overdue, today, soon, nobody's, waiting for the customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from ivr.case.case import UNDECIDED
from ivr.cli.shared.case_lines import case_line
from ivr.messages.message import Message
from ivr.service.cases.case_report import CaseReports
from ivr.service.rows import stamp
from ivr.service.stored_rows import CaseFilter

SOON_DAYS = 3
HEADS = {
    "overdue": "due-list.overdue", "today": "due-list.today", "soon": "due-list.soon",
    "unassigned": "due-list.unassigned", "waiting": "due-list.waiting",
}  # fmt: skip
Lists = dict[str, list[dict[str, Any]]]


class DueOptions(NamedTuple):
    """Whose cases, and at most how many of each list."""

    owner: str
    team: str
    limit: int


def due_now(reports: CaseReports, options: DueOptions) -> Lists:
    """The lists, by their names; each case as in `ivr cases list --json`. Cases of `ivr call` are among them."""
    now, zone = datetime.now(UTC), reports.zone_today()
    today = now.astimezone(zone).date()
    midnights = [stamp(datetime.combine(today + timedelta(days=days), time(), zone)) for days in (1, 1 + SOON_DAYS)]
    mine = CaseFilter(owner=options.owner, team=options.team, most=options.limit)
    wanted = {
        "overdue": replace(mine, overdue_at=stamp(now)),
        "today": replace(mine, due_since=stamp(now), due_until=midnights[0]),
        "soon": replace(mine, due_since=midnights[0], due_until=midnights[1]),
        "unassigned": None if options.owner else replace(mine, nobody=True, statuses=UNDECIDED),
        "waiting": replace(mine, statuses=("follow_up_due",)),
    }
    return {name: reports.page(filter_) if filter_ else [] for name, filter_ in wanted.items()}


def due_lines(found: Lists, limit: int) -> Iterator[str]:
    """The lists for people: a head, the cases, and at the end what each owner has overdue or due today."""
    for name, cases in found.items():
        if cases:
            yield Message(HEADS[name], cases=len(cases), more="+" if len(cases) == limit else "")
            for case in cases:
                yield Message("due-list.case", case=case_line(case))
    if not any(found.values()):
        yield Message("due-list.nothing")
    pressing = Counter(case["owner"] for name in ("overdue", "today") for case in found[name] if case["owner"])
    for owner, count in pressing.most_common():
        yield Message("due-list.owner", owner=owner, cases=count)
