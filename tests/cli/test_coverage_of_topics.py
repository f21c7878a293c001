"""`ivr coverage --since`: what callers said at each menu that knows topics, by topic."""

from __future__ import annotations

import functools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_here import Run, command_here
from phoned import phoned
from small import small_files

from ivr.service.releases import publishing

STEPS = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {is: card, label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_*], words: {zh-CN: [丢卡]}}
    2: {is: loan, label: {zh-CN: 贷款, en-US: loans}, topics: [loan_*]}
    3: {is: account, label: {zh-CN: 账户, en-US: accounts}, topics: [account_*]}
  next: which
which:
  menu: {zh-CN: 哪一方面？, en-US: What about it?}
  choices:
    1: {label: {zh-CN: 利率, en-US: the rate}, topics: [loan_rate], next: goodbye}
    2: {label: {zh-CN: 别的, en-US: anything else}, next: goodbye}
"""
TOPICS = """\
topics:
  card_lost: {zh-CN: [我的卡掉了怎么办, 银行卡找不到了, 卡掉在车上了]}
  loan_rate: {zh-CN: [房贷利率是多少, 利息怎么算, 一年多少利息]}
  account_open: {zh-CN: [我想新开一个, 要什么证件, 怎么开]}
  other_balance: {zh-CN: [查一下余额, 还剩多少钱]}
"""
KEYS = """\
shortcuts:
  0: {next: flow agent, label: {zh-CN: 人工服务, en-US: a person}, topics: [other_*]}
"""
CALL = """\
call: one
at: 2026-03-02T14:00+08:00
turns: [{hear: 请选择。, press: 1}, {hear: 哪一方面？, press: 1}]
ends: {disposition: completed, case: no}
"""


@pytest.fixture
def ivr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str) -> Run:
    monkeypatch.setattr(publishing, "STAGED_SECONDS", 0)
    (tmp_path / "flows").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "one.call.yaml").write_text(CALL, encoding="utf-8")
    for name, raw in small_files(STEPS, keys=KEYS, topics=TOPICS).items():
        (tmp_path / "flows" / name).write_bytes(raw)
    run = command_here(tmp_path, monkeypatch, capsys)
    return functools.partial(run, IVR_DATABASE_URL=database_url, IVR_LANG="en")


def said(ivr: Run, *options: str) -> dict[str, Any]:
    done = ivr("coverage", "--format", "json", *options)
    assert done.stderr == "" and done.returncode in (0, 1)
    found: dict[str, Any] = json.loads(done.stdout).get("said", {})
    return found


def topic(menu: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [each for each in menu["topics"] if each["topic"] == name]
    return found  # type: ignore[no-any-return]


def test_each_topic_is_counted_by_how_it_was_heard_and_what_was_chosen_then(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 银行卡找不到了\n", 3)
    phoned(ivr, database_url, "/speak 丢卡\n", 2)
    phoned(ivr, database_url, "/speak 帮我查余额\n", 2)
    phoned(ivr, database_url, "/speak 外面下雨\n/hang-up\n", 4)
    for then, times in (("1", 5), ("2", 6), ("/speak 丢卡", 1), ("/hang-up", 7), ("/silence\n/hang-up", 1)):
        phoned(ivr, database_url, f"/speak 卡掉了，利息怎么算\n{then}\n", times)

    found = said(ivr, "--since", "7d")

    assert (found["calls"], found["unread"]) == (31, 0)
    menu, behind = found["menus"]
    assert (menu["at"], menu["language"], menu["said"]) == ("main.menu", "zh-CN", 32)
    assert (menu["by_words"], menu["asked_by_words"], menu["not_understood"]) == (3, 0, 4)
    card = topic(menu, "card_lost")
    loan = next((each for each in menu["topics"] if each["topic"] == "loan_rate"), {"asked": 0})
    asked = card if card["asked"] else loan
    assert (card["at_once"], card["asked"] + loan["asked"]) == (3, 20)
    assert sorted(asked["then"].values()) == [6, 6, 8]
    assert asked["then"]["else"] == 8
    assert topic(menu, "other_balance")["at_once"] == 2
    assert (behind["at"], behind["said"]) == ("main.which", 0)
    assert menu["never"] == ["account_open", *(["loan_rate"] if not loan["asked"] else [])]


def test_a_menu_that_the_same_words_answered_in_passing_counts_them_too(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 房贷利率是多少\n", 2)

    front, behind = said(ivr, "--since", "7d")["menus"]

    assert (front["at"], front["said"], topic(front, "loan_rate")["at_once"]) == ("main.menu", 2, 2)
    assert (behind["at"], behind["said"], topic(behind, "loan_rate")["at_once"]) == ("main.which", 2, 2)


def test_only_calls_of_customers_count_unless_others_are_asked_for(ivr: Run, database_url: str) -> None:
    assert ivr("call", given="/speak 银行卡找不到了\n").returncode == 0

    assert said(ivr, "--since", "7d")["calls"] == 0
    assert said(ivr, "--since", "7d", "--simulated")["calls"] == 1
    assert said(ivr) == {}


def test_the_lines_and_the_page_say_the_same(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 银行卡找不到了\n", 3)

    text, page = ivr("coverage", "--since", "7d").stdout, ivr("coverage", "--since", "7d", "--format", "html").stdout
    chinese = ivr("coverage", "--since", "7d", IVR_LANG="zh-CN").stdout

    assert "main.menu in zh-CN: 3 utterances" in text and "card_lost: 3 at once, 0 asked about" in text
    assert "never: account_open, loan_rate, other_balance" in text
    assert "<h2>What callers said</h2>" in page and '<td>card_lost</td><td class="n">3</td>' in page
    assert "card_lost：直接听懂 3 句" in chinese


def test_a_hotline_without_fixtures_begins_with_what_its_callers_say(
    ivr: Run, database_url: str, tmp_path: Path
) -> None:
    shutil.rmtree(tmp_path / "tests")
    phoned(ivr, database_url, "/speak 银行卡找不到了\n", 3)

    assert said(ivr, "--since", "7d")["calls"] == 3
    assert ivr("coverage").returncode == ivr("coverage", "--since", "7d", "nowhere").returncode == 2
    assert "nowhere" in ivr("coverage", "--since", "7d", "nowhere").stderr


def test_it_takes_a_time_and_a_database(ivr: Run, tmp_path: Path) -> None:
    alone = ivr("coverage", "--simulated")
    odd = ivr("coverage", "--since", "yesterday")

    assert (alone.returncode, "--since" in alone.stderr) == (2, True)
    assert (odd.returncode, "yesterday" in odd.stderr) == (2, True)
