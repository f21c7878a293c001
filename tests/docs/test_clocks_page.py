"""The worked examples of docs/clocks.md, and of its Chinese page, are what the clocks say."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
import yaml
from small_flows import DOCS, blocks

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.week import parse_week
from ivr.calendar.workdays import Workdays
from ivr.case.clock import CLOCKS, DayClock
from ivr.case.deadline import Calendars, deadline, summary_until
from ivr.case.why_due import said
from ivr.flow.clock_fields import DayClockFields

PAGES = (DOCS / "clocks.md", DOCS / "zh-CN" / "clocks.md")
ZONES = {"CN": "Asia/Shanghai", "GB-ENG": "Europe/London", "US": "America/New_York"}
ROW = re.compile(r"^\| `([^`]+)` \| (CN|GB-ENG|US) \| ([^|]+) \| ([^|]*)\| ([^|]+) \| [^|]+ \|$", re.M)


class Example(NamedTuple):
    """A row of the table of a page."""

    page: Path
    clock: str
    region: str
    start: str
    paused: str
    due: str

    def __str__(self) -> str:
        return f"{self.page.parent.name}: {self.clock} {self.start}"


EXAMPLES = [
    Example(page, *(cell.strip() for cell in row)) for page in PAGES for row in ROW.findall(page.read_text("utf-8"))
]


def house(page: Path) -> dict[str, DayClock]:
    """The clock of the house's own, as the page writes it."""
    (block,) = (block for block in blocks(page) if block.info == "yaml hotline")
    written = yaml.safe_load(block.text)["clocks"]["house"]
    return {"house": DayClock("house", written["days"], written["of"], tuple(written["then"]))}


def in_region(example: Example) -> Calendars:
    holidays = Workdays(example.region)
    hours = {
        "office": OpeningHours(parse_week({"mon-fri": "09:00-17:00"}), holidays),
        "always": OpeningHours(parse_week({"mon-sun": "00:00-24:00"})),
    }
    return Calendars(ZoneInfo(ZONES[example.region]), holidays, hours, house(example.page))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_an_example_is_due_as_it_says(example: Example) -> None:
    here = in_region(example)
    start, *pause = (
        datetime.fromisoformat(text).replace(tzinfo=here.zone)
        for text in [example.start, *re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d", example.paused)]
    )
    if example.clock.endswith(" summary"):
        assert str(summary_until(example.clock.removesuffix(" summary"), start, here)) == example.due
        return

    found = deadline(example.clock, start, here, [(pause[0], pause[1])] if pause else [])

    assert found is not None
    assert (str(found.day) if found.spoken == "date" else f"{found.at:%Y-%m-%d %H:%M}") == example.due
    assert bool(example.paused) == ("pauses" in found.facts)


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh-CN"])
def test_the_page_has_every_clock_and_every_key_of_a_clock(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    rungs = [f"{name}+{days}" for name, clock in CLOCKS.items() for days in clock.then]
    keys = [key for key in DayClockFields.model_fields if key != "pauses"]

    assert [name for name in [*CLOCKS, *rungs, *keys] if f"`{name}`" not in text] == []
    assert sum(example.page == page for example in EXAMPLES) >= 15


@pytest.mark.parametrize(("page", "language"), list(zip(PAGES, ("en", "zh-CN"), strict=True)), ids=["en", "zh-CN"])
def test_the_reasons_are_told_as_the_page_shows_them(page: Path, language: str) -> None:
    (paused,) = (each for each in EXAMPLES if each.page == page and "13:00" in each.paused)
    here = in_region(paused)
    day = datetime(2026, 3, 6, tzinfo=here.zone)
    extended = deadline("cn-2020+30", datetime(2026, 3, 2, 22, 10, tzinfo=here.zone), here)
    pause = (day.replace(hour=10), day.replace(hour=13))
    stood = deadline(paused.clock, day.replace(day=5, hour=9), here, [pause])
    assert extended is not None
    assert stood is not None
    facts = {**extended.facts, "extended": "cn-2020+30", "approver": "head", "told": "2026-03-16"}

    shown = [re.sub(r"\s+", "", block.text) for block in blocks(page) if block.info == "text"]

    assert shown == [re.sub(r"\s+", "", why.in_language(language)) for why in (said(facts), stood.why)]
