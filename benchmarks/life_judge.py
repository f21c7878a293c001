"""What must hold of every life of a case, judged by what the exchange saw, what the customer heard and what the log of
the case says; the calendar here is our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

from life_house import ZONE, Dialogue, LifeHouse
from life_stories import Story

from ivr.carrier.exchange.judging import one
from ivr.carrier.exchange.placed_call import PlacedCall

DAYS_OFF = ((4, 4, 3), (5, 1, 5), (6, 19, 3), (9, 25, 3), (10, 1, 7))
FREE = {date(2026, month, day) + timedelta(days=n) for month, day, days in DAYS_OFF for n in range(days)}
MADE_UP = {date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)}
"""Of China's year 2026 from March on: days off, and weekend days that are worked."""
LAST_DAY = date(2027, 1, 1)
FIRST, LAST = time(9, 30), time(19, 30)


def judge(house: LifeHouse, story: Story, cases: Sequence[int], calls: Sequence[Dialogue]) -> Iterator[str]:
    """What does not hold of a life; nothing where all does. `calls` are those of its customer."""
    yield from _hours(call.placed for call in calls)
    reports = [house.report(number) for number in cases]
    yield from _one_call_an_attempt([call.placed for call in calls], reports)
    for report in reports:
        yield from _as_told(story, report)
        yield from _results_on_the_log(report)
        yield from _no_silent_end(report)
        yield from _reopened(report, calls)
    for call in calls:
        if call.refused:
            yield f"the network would refuse {call.refused}"
        if call.said and not call.hung_up and not _takes_leave(call.said[-1]):
            yield f"a call ends with {call.said[-1]!r}"


def _hours(calls: Iterator[PlacedCall]) -> Iterator[str]:
    for call in calls:
        at = (call.rang or call.made).astimezone(ZONE)
        day = at.date()
        assert day < LAST_DAY, "the calendar of this file does not reach so far"
        worked = day in MADE_UP or (day.weekday() < 5 and day not in FREE)
        if not worked or not FIRST <= at.time() < LAST:
            yield f"{call.to} was phoned on {at:%A %Y-%m-%d at %H:%M}"


def _one_call_an_attempt(calls: Sequence[PlacedCall], reports: Sequence[dict[str, Any]]) -> Iterator[str]:
    attempts = {attempt.attempt for report in reports for _, made in report["follow_ups"] for attempt in made}
    named = Counter(one(call.wishes, "Url").rsplit("/", 1)[-1] for call in calls)
    if named != dict.fromkeys(attempts, 1):
        yield f"{len(attempts)} attempts, and calls for them: {dict(named)}"
    spans = sorted((call.rang or call.made, call.ended or call.made) for call in calls)
    if any(begin < end for (_, end), (begin, _) in zip(spans, spans[1:], strict=False)):
        yield "two calls to one telephone at the same time"


def _as_told(story: Story, report: dict[str, Any]) -> Iterator[str]:
    if report["status"] != story.status:
        yield f"case {report['number']} is {report['status']}, not {story.status}"
    states = [row.state for row, _ in report["follow_ups"]]
    if states[-1:] != [story.state]:
        yield f"its follow-up is {states}, not {story.state}"
    if (found := _results(report)) != list(story.results):
        yield f"on its log stands {found}, not {list(story.results)}"


def _results(report: dict[str, Any]) -> list[str]:
    return [event["data"]["result"] for event in report["events"] if event["kind"] == "attempted"]


def _results_on_the_log(report: dict[str, Any]) -> Iterator[str]:
    made = [attempt for _, attempts in report["follow_ups"] for attempt in attempts]
    settled = [attempt.result for attempt in sorted(made, key=lambda attempt: attempt.intended_at)]
    if settled != _results(report) or None in settled:
        yield f"attempts came to {settled}, and on the log of the case stands {_results(report)}"


def _no_silent_end(report: dict[str, Any]) -> Iterator[str]:
    """A case that ended says why; one that did not has somebody who sees it."""
    results, kinds = _results(report), [event["kind"] for event in report["events"]]
    status = report["status"]
    if status == "closed" and results[-1:] != ["accepted"]:
        yield "closed, and the customer accepted nothing"
    if status == "closed_unconfirmed" and "unreached" not in kinds and results[-1:] != ["opted_out"]:
        yield "closed unconfirmed, and nothing says why"
    if status == "follow_up_due":
        row, _ = report["follow_ups"][-1]
        if row.state != "waiting" and not (row.state == "stopped" and row.reason):
            yield "it waits for a customer whom nobody phones, and nobody is told"
    if status == "in_progress" and not report["owner"]:
        yield "reopened, and nobody's"


def _reopened(report: dict[str, Any], calls: Sequence[Dialogue]) -> Iterator[str]:
    """A no gives the case a new date; whoever stays on the line hears it."""
    events = report["events"]
    noes = [n for n, event in enumerate(events) if event["data"].get("result") == "not_accepted"]
    if len(noes) != report["reopened"]:
        yield f"{len(noes)} times no, reopened {report['reopened']} times"
    for n in noes:
        before = next(e["data"]["due"] for e in reversed(events[:n]) if e["data"].get("due"))
        after = events[n]["data"].get("due", "")
        if after <= before:
            yield f"after the no it is due {after or 'never'}, before it {before}"
        day = date.fromisoformat(after)
        spoken = (f"{day:%B} {day.day}", f"{day.month}月{day.day}日")
        stayed = [call for call in calls if _asked_why(call)]
        if stayed and not any(date_said in said for call in stayed for said in call.said for date_said in spoken):
            yield f"the new date {after} was not spoken"


def _asked_why(call: Dialogue) -> bool:
    """Whether the customer left the question why behind them."""
    asked = [n for n, said in enumerate(call.said) if "press pound" in said or "按井号键" in said]
    return bool(asked) and asked[-1] < len(call.said) - 1


def _takes_leave(said: str) -> bool:
    return said.endswith(("Goodbye.", "再见。"))
