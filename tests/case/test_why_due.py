"""Why a case is due when it is, in both languages, from facts that a log keeps as text."""

from __future__ import annotations

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from clock_tables import HOUSE, calendars

from ivr.calendar import workdays
from ivr.case.clock import CLOCKS
from ivr.case.deadline import deadline
from ivr.case.why_due import said, source_of

CHINA = calendars()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def facts(clock: str, start: str = "2026-03-02 10:00", *pauses: tuple[str, str]) -> dict[str, str]:
    began, *ends = (
        datetime.fromisoformat(t).replace(tzinfo=SHANGHAI) for t in (start, *(e for p in pauses for e in p))
    )
    found = deadline(clock, began, CHINA, list(zip(ends[::2], ends[1::2], strict=True)))
    assert found is not None
    assert said(found.facts) == found.why
    kept: dict[str, str] = json.loads(json.dumps(dict(found.facts)))
    assert all(isinstance(value, str) for value in kept.values())
    return kept


@pytest.mark.parametrize(
    ("clock", "english", "chinese"),
    [
        (
            "cn-2020",
            "An answer is due within 15 calendar days (CBIRC Order 2020 No. 3).",
            "应在15个自然日内答复，依据：《银行业保险业消费投诉处理管理办法》（银保监会令2020年第3号）。",
        ),
        (
            "three-workdays",
            "An answer is due within 3 workdays (a promise of the house).",
            "应在3个工作日内答复，依据：本机构的服务承诺。",
        ),
        (
            "house+20",
            "An answer is due within 20 workdays (service handbook, page 12).",
            "应在20个工作日内答复，依据：service handbook, page 12。",
        ),
        (
            "16h office",
            'An answer is due within 16 hours of opening time, counted by the hours "office".',
            "应在16小时内答复，只计“office”的营业时间。",
        ),
        (
            "90m agents",
            "An answer is due within 90 minutes, day and night: "
            'hotline.yaml has no hours "agents", or they never open.',
            "应在90分钟内答复，昼夜连续计时：hotline.yaml中没有营业时间“agents”，或它从不营业。",
        ),
        ("two-hours-open", "An answer is due within 2 hours, day and night.", "应在2小时内答复，昼夜连续计时。"),
    ],
)
def test_a_deadline_says_what_was_counted(clock: str, english: str, chinese: str) -> None:
    why = said(facts(clock))

    assert why == f"The case came in on 2026-03-02 at 10:00. {english}"
    assert why.in_language("zh-CN") == f"案件于2026-03-02 10:00受理。{chinese}"


def test_a_clock_without_a_source_names_none() -> None:
    here = CHINA._replace(clocks={"house": HOUSE["house"]._replace(source="")})
    found = deadline("house", datetime(2026, 3, 2, 10, tzinfo=SHANGHAI), here)

    assert found is not None
    assert found.why.endswith("An answer is due within 10 workdays.")
    assert found.why.in_language("zh-CN").endswith("应在10个工作日内答复。")


def test_pauses_are_told_as_they_were_counted() -> None:
    why = said(
        facts(
            "16h office pauses", "2026-03-02 09:00", ("2026-03-03 10:00", "2026-03-03 12:00"),
            ("2026-03-03 11:00", "2026-03-03 13:00"), ("2026-03-05 10:00", "2026-03-05 12:00"),
        )
    )  # fmt: skip

    assert "The clock stood still from 2026-03-03 10:00 to 2026-03-03 13:00." in why
    assert "The clock stood still from 2026-03-05 10:00 to 2026-03-05 12:00." in why
    assert "2026-03-03 10:00至2026-03-03 13:00暂停计时。" in why.in_language("zh-CN")


def test_an_extension_and_a_reopening_are_told_with_who_approved_and_when_the_customer_was_told() -> None:
    extended = facts("cn-2020+30") | {"extended": "cn-2020+30", "approver": "head", "told": "2026-03-16"}
    reopened = facts("cn-2020", "2026-03-30 10:00") | {"reopened": "yes"}

    assert said(extended) == (
        "The case came in on 2026-03-02 at 10:00. An answer is due within 30 calendar days (CBIRC Order 2020 No. 3). "
        "The deadline was extended (cn-2020+30): head approved it, and the customer was told on 2026-03-16."
    )
    assert "期限已延长（cn-2020+30），批准人head，已于2026-03-16告知客户。" in said(extended).in_language("zh-CN")
    untold = said({name: value for name, value in extended.items() if name != "told"})
    assert untold.endswith("The deadline was extended (cn-2020+30): head approved it.")
    assert untold.in_language("zh-CN").endswith("期限已延长（cn-2020+30），批准人head。")
    assert said(reopened).startswith("The case was reopened on 2026-03-30 at 10:00, and its clock began anew.")
    assert said(reopened).in_language("zh-CN").startswith("案件于2026-03-30 10:00重新办理，时限重新起算。")


def test_a_deadline_in_a_year_whose_make_up_workdays_are_not_known_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays, "announced", lambda country, year: year != 2027)

    told = {clock: said(facts(clock, "2026-12-30 16:00")) for clock in ("three-workdays", "16h office", "cn-2020")}

    sentence = "The make-up workdays of 2027 are not announced yet, and may move this deadline."
    assert [clock for clock, why in told.items() if sentence in why] == ["three-workdays", "16h office"]
    assert "2027年的调休安排尚未公布，期限可能因此变动。" in told["three-workdays"].in_language("zh-CN")
    assert sentence not in said(facts("three-workdays", "2026-12-28 10:00"))


def test_a_year_that_only_the_day_of_receipt_lies_in_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workdays, "announced", lambda country, year: year != 2025)

    assert "unknown" not in facts("three-workdays", "2025-12-31 10:00")
    assert facts("three-workdays", "2025-12-30 10:00")["unknown"] == "2025"


@pytest.mark.parametrize("clock", [*CLOCKS, *HOUSE, "16h office pauses", "1m gone", "two-hours-open"])
def test_no_english_is_left_in_the_chinese(clock: str) -> None:
    extra = {"extended": "2026-05-01", "approver": "head", "told": "2026-03-16", "unknown": "2027 2028"}
    found = {name: value for name, value in facts(clock).items() if name != "source"}

    chinese = said({**found, **extra}).in_language("zh-CN")

    assert not re.search(r"[A-Za-z]{2,} [a-z]{2,}", chinese), chinese
    assert "2027、2028年" in chinese


@pytest.mark.parametrize("clock", CLOCKS)
def test_every_clock_of_ours_says_where_its_rule_comes_from(clock: str) -> None:
    assert source_of(clock)
