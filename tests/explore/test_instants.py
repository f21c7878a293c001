"""The moments explore tries: every way the opening hours stand together, nights that run over midnight too."""

from __future__ import annotations

from datetime import date

from small import small_release

from ivr.explore.asked_facts import instants

HOURS = """\
hours:
  agents: {open: {mon-fri: 08:30-20:00}, holidays: CN}
  night: {open: {mon-fri: 20:00-08:30}, holidays: CN}
"""
STEPS = """\
a: {hours: agents, open: told, closed: b}
b: {hours: night, open: told, closed: told, holiday: told}
told: {say: {zh-CN: 您好, en-US: Hi.}, next: goodbye}
"""


def test_a_night_is_tried_before_and_after_midnight_and_into_a_holiday() -> None:
    found = instants(small_release(STEPS, keys=HOURS), date(2026, 1, 1))

    together = {(instant.status["agents"], instant.status["night"]) for instant in found}

    assert {("open", "closed"), ("closed", "open"), ("closed", "closed"), ("holiday", "holiday")} <= together
    assert ("holiday", "open") in together  # the evening before runs into it
