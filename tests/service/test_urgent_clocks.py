"""A case that a flow calls urgent runs on the clock of its priority, day and night; its own log says so."""

from __future__ import annotations

from datetime import datetime

import pytest
from small import small_release

from ivr.case.case import Case
from ivr.replay.engine_phone import EnginePhone
from ivr.replay.fixture import FixtureFields
from ivr.replay.scene import Scene

KEYS = """
hours:
  agents: {open: {mon-fri: 08:30-20:00}, holidays: CN}
  always: {open: {mon-sun: 00:00-24:00}}
cases:
  complaint: {clock: cn-2020, urgent: {within: 24h, hours: always}}
  callback:
    clock: {within: 2h, hours: agents}
    high: {within: 4h, hours: always}
    urgent: {within: 30m, hours: always}
"""
ASK = """
which:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {label: {zh-CN: 普通, en-US: normal}, next: normal}
    2: {label: {zh-CN: 较急, en-US: high}, next: high}
    3: {label: {zh-CN: 紧急, en-US: urgent}, next: urgent}
normal: {case: callback, with: {subject: question}, next: told}
high: {case: callback, with: {priority: high}, next: told}
urgent: {case: callback, with: {priority: urgent}, next: told}
told:
  say: {zh-CN: "{case.due:time}。", en-US: "By {case.due:time}."}
  next: which
"""
NIGHT = {"call": "at three in the morning", "at": "2026-03-02T03:00+08:00", "from": "+862155500123",
         "turns": ["hang up"], "ends": {"disposition": "completed"}}  # fmt: skip


def called(presses: str) -> tuple[list[str], Case]:
    phone = EnginePhone(
        small_release(ASK, keys=KEYS), "main", Scene(FixtureFields.model_validate(NIGHT)), caller="+862155500123"
    )
    phone.dial()
    heard = []
    for key in presses:
        phone.press(key)
        heard.append(phone.heard[0].text)
    return heard, phone.cases["callback"]


@pytest.mark.parametrize(
    ("presses", "heard", "clock", "due"),
    [
        ("1", ["上午10点半。"], "2h agents", "2026-03-02T10:30:00+08:00"),
        ("2", ["上午7点。"], "4h always", "2026-03-02T07:00:00+08:00"),
        ("3", ["凌晨3点半。"], "30m always", "2026-03-02T03:30:00+08:00"),
        ("13", ["上午10点半。", "凌晨3点半。"], "30m always", "2026-03-02T03:30:00+08:00"),
        ("123", ["上午10点半。", "上午7点。", "凌晨3点半。"], "30m always", "2026-03-02T03:30:00+08:00"),
        ("31", ["凌晨3点半。", "凌晨3点半。"], "30m always", "2026-03-02T03:30:00+08:00"),
        ("32", ["凌晨3点半。", "凌晨3点半。"], "30m always", "2026-03-02T03:30:00+08:00"),
    ],
)
def test_the_caller_hears_what_is_on_record_in_whatever_order(
    presses: str, heard: list[str], clock: str, due: str
) -> None:
    said, case = called(presses)

    assert said == heard
    assert case.clock == clock
    assert case.due_at == datetime.fromisoformat(due)
    assert case.due == case.promised == "2026-03-02"
