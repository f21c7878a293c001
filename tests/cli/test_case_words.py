"""How cases are shown: one time zone in a report, an hour where the deadline has one, words in every language."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from ivr.call.case_kinds import CASE_KINDS
from ivr.call.events import DISPOSITIONS, Ending
from ivr.case.case import STATUSES, By
from ivr.case.case_fields import PRIORITIES as ALL_PRIORITIES
from ivr.case.case_words import (
    DISPOSITIONS as DISPOSITION_WORDS,
)
from ivr.case.case_words import (
    ENDINGS,
    EVENTS,
    KINDS,
    OUTCOMES,
    PRIORITIES,
    SPEAKS,
    TOLD_BY,
    person,
    word,
)
from ivr.case.move_checks import ROLES, STATUS_WORDS
from ivr.case.moves import MOVES
from ivr.case.moves import OUTCOMES as ALL_OUTCOMES
from ivr.case.moves import TOLD_BY as ALL_TOLD_BY
from ivr.cli.shared.case_lines import case_line
from ivr.service.people import ROLES as STAFF_ROLES

CASE = {
    "number": "648808661", "kind": "complaint", "status": "in_progress", "opened_at": "2026-03-02T22:10:00+08:00",
    "due": "2026-03-17", "due_at": "2026-03-17T23:59:59+08:00", "owner": "li", "team": None, "product": "card",
    "subject": None, "priority": "normal", "partial": True, "simulated": False, "stopped": False, "triage": {},
    "ended_at": None, "clock": {"name": "cn-2020", "state": "running", "workdays_left": 5},
}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (KINDS, CASE_KINDS),
        (STATUS_WORDS, STATUSES),
        (PRIORITIES, ALL_PRIORITIES),
        (DISPOSITION_WORDS, DISPOSITIONS),
        (ENDINGS, get_args(Ending)),
        (EVENTS, MOVES),
        (ROLES, {*STAFF_ROLES, "caller", "system"}),
        (OUTCOMES, ALL_OUTCOMES),
        (TOLD_BY, ALL_TOLD_BY),
        (SPEAKS, (MOVES["represented"].fields or {})["as"].one_of),
    ],
    ids=["kinds", "statuses", "priorities", "dispositions", "endings", "events", "roles", "outcomes", "told", "speaks"],
)
def test_every_value_has_its_word(words: dict[str, str], known: object) -> None:
    assert set(known) <= set(words)  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "complaint about card: in progress by li, due 2026-03-17, partial",
         "投诉（card）：处理中、经办人 li、2026-03-17 到期、未说完"),
        ({"due_at": "2026-03-03T00:14:00+08:00", "due": "2026-03-03", "priority": "urgent"},
         "complaint about card, urgent: in progress by li, due 2026-03-03 00:14, partial",
         "投诉（card）、紧急：处理中、经办人 li、2026-03-03 00:14 到期、未说完"),
        ({"due": None, "due_at": None, "status": "closed", "owner": None, "product": None, "partial": False},
         "complaint: closed, nothing due", "投诉：已办结、无期限"),
        ({"clock": {"state": "missed", "workdays_left": -3}, "partial": False, "triage": {"urgency": "high"}},
         "complaint about card, high proposed: in progress by li, due 2026-03-17, late by 3 workdays",
         "投诉（card）、建议较急：处理中、经办人 li、2026-03-17 到期、逾期 3 个工作日"),
        ({"clock": {"state": "missed", "workdays_left": -1}, "partial": False, "priority": "urgent",
          "triage": {"urgency": "high"}},
         "complaint about card, urgent: in progress by li, due 2026-03-17, late by 1 workday",
         "投诉（card）、紧急：处理中、经办人 li、2026-03-17 到期、逾期 1 个工作日"),
        ({"clock": {"state": "missed", "workdays_left": None}, "status": "acknowledged", "owner": None,
          "team": "cards"},
         "complaint about card: assigned and not taken, team cards, due 2026-03-17, overdue, partial",
         "投诉（card）：已分派、未接手、cards 组、2026-03-17 到期、已逾期、未说完"),
        ({"clock": {"state": "paused", "workdays_left": None}, "partial": False},
         "complaint about card: in progress by li, due 2026-03-17, paused",
         "投诉（card）：处理中、经办人 li、2026-03-17 到期、时限暂停"),
        ({"status": "follow_up_due", "clock": {"state": "met"}, "stopped": True, "partial": False},
         "complaint about card: waiting for the customer's word, handled by li, due 2026-03-17, wrong number",
         "投诉（card）：等待客户确认、经办人 li、2026-03-17 到期、号码不是本人"),
    ],
    ids=["a day", "an hour", "nothing", "late", "late by one", "of a team", "paused", "wrong number"],
)  # fmt: skip
def test_a_line_of_a_list(changes: dict[str, object], english: str, chinese: str) -> None:
    line = case_line({**CASE, **changes})

    assert line == f"648808661  2026-03-02T22:10:00+08:00  {english}"
    assert line.in_language("zh-CN") == f"648808661  2026-03-02T22:10:00+08:00  {chinese}"


def test_a_report_has_one_time_zone_and_names_it_once(ivr) -> None:
    number = ivr("call", "--at", "2026-03-02T22:10", given="1\n\n3\n\nspeak 信用卡\n").stdout.splitlines()[-1][5:]

    shown = ivr("cases", "show", number).stdout

    assert shown.count("Asia/Shanghai") == 1 and "+08:00" not in shown and "+00:00" not in shown
    assert "came in" in shown and "2026-03-17, late by " in shown
    told = json.loads(ivr("cases", "show", number, "--json").stdout)
    assert told["time_zone"] == "Asia/Shanghai"
    moments = re.findall(r"\d{4}-\d\d-\d\dT[\d:.]+([+-]\d\d:\d\d|Z)", json.dumps(told))
    assert set(moments) == {"+08:00"}


def test_what_no_table_knows_is_shown_as_it_is() -> None:
    assert word("kind", "a later one") == "a later one"
    assert person(By("caller", "caller")) == "caller" and person(By("li", "agent")) == "li (agent)"
