"""`ivr heard`: what nobody understood, in groups; what callers did next; and lines that teach it once pasted."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from command_here import Run, command_here
from phoned import phoned
from small import small_files
from sqlalchemy import update

from ivr.service.releases import publishing
from ivr.storage.bulk import engine
from ivr.storage.tables import calls

STEPS = """\
menu:
  menu: {zh-CN: 请选择。, en-US: Choose.}
  choices:
    1: {is: card, label: {zh-CN: 挂失, en-US: a lost card}, topics: [card_*], words: {zh-CN: [丢卡]}}
    2: {is: loan, label: {zh-CN: 贷款, en-US: loans}, topics: [loan_*]}
    3: {is: account, label: {zh-CN: 开户, en-US: accounts}, topics: [account_*]}
  next: number
number: {collect: {zh-CN: 请输入账号。, en-US: Which number?}, type: digits, save: number, next: goodbye}
"""
TOPICS = """\
topics:
  card_lost: {zh-CN: [我的卡丢了怎么办, 银行卡找不到了, 卡掉在车上了]}
  loan_rate: {zh-CN: [房贷利率是多少, 贷款利息怎么算, 贷款一年多少利息]}
  account_open: {zh-CN: [我想开一个账户, 开户要什么证件, 怎么开户]}
"""
PERSON = """\
shortcuts:
  0: {next: flow agent, label: {zh-CN: 人工服务, en-US: a person}, words: {zh-CN: [人工]}}
"""
SAID = {
    "怎么换外币": 100,
    "我要换点外币": 60,
    "换外币在哪里换": 40,
    "卡丢利息": 30,
}
"""Utterances of which the first call is copied so many times."""


@pytest.fixture
def ivr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database_url: str) -> Run:
    """The command with a small hotline, on a database of each kind."""
    monkeypatch.setattr(publishing, "STAGED_SECONDS", 0)
    (tmp_path / "flows").mkdir()
    for name, raw in small_files(STEPS, keys=PERSON, topics=TOPICS).items():
        (tmp_path / "flows" / name).write_bytes(raw)
    run = command_here(tmp_path, monkeypatch, capsys)
    return functools.partial(run, IVR_DATABASE_URL=database_url, IVR_LANG="en")


def report(ivr: Run, *options: str) -> dict[str, Any]:
    done = ivr("heard", "--json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def of(groups: list[Mapping[str, Any]], text: str) -> Mapping[str, Any]:
    """The group in which a text is shown."""
    (found,) = [group for group in groups if text in group["texts"]]
    return found


def test_hundreds_of_calls_come_to_a_few_groups(ivr: Run, database_url: str) -> None:
    for text, times in SAID.items():
        phoned(ivr, database_url, f"/speak {text}\n2\n/hang-up\n", times)

    found = report(ivr)

    assert (found["calls"], found["unread"], found["understood_by_now"]) == (230, 0, 0)
    money, mixed = found["groups"]
    assert money["texts"] == ["怎么换外币", "我要换点外币", "换外币在哪里换"]
    assert (money["at"], money["language"], money["utterances"], money["calls"]) == ("main.menu", "zh-CN", 200, 200)
    assert (money["next"]["key"], money["chosen"]) == (200, {"loan": 200})
    assert (mixed["asked"], mixed["chosen"], mixed["calls"]) == (30, {"loan": 30}, 30)
    assert mixed["nearest"]["topic"] in {"card_lost", "loan_rate"}


def test_each_way_a_caller_goes_on_is_counted(ivr: Run, database_url: str) -> None:
    for then in ("/hang-up", "0\n/hang-up", "/silence\n/hang-up", "/speak 房贷利率是多少\n/hang-up", "1\n/hang-up"):
        phoned(ivr, database_url, f"/speak 怎么换外币\n{then}\n")

    (group,) = report(ivr)["groups"]

    assert group["next"] == {"key": 1, "words": 1, "silence": 1, "person": 1, "went_on": 0, "hung_up": 1}
    assert group["chosen"] == {"card": 1, "loan": 1}
    text = ivr("heard").stdout
    assert "1 hung up" in text and "1 reached a person" in text and '"card" 1 time, "loan" 1 time' in text


def test_a_group_of_one_call_is_shown_only_when_all_are_asked_for(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 怎么换外币\n/speak 换外币\n/hang-up\n")

    assert (report(ivr)["groups"], report(ivr)["groups_of_few"]) == ([], 1)
    assert "1 group of a single call not shown" in ivr("heard").stdout
    (group,) = report(ivr, "--all")["groups"]
    assert (group["utterances"], group["calls"]) == (2, 1)


@pytest.mark.parametrize(
    "number", ["13800001234", "1380 000 1234", "一三八零零零零一二三四", "1-3-8-0-0", "one three eight oh oh"]
)
def test_numbers_are_hidden_however_they_are_said(ivr: Run, database_url: str, number: str) -> None:
    phoned(ivr, database_url, f"/speak 外币{' ' if number.isascii() else ''}{number} 换\n/hang-up\n", 2)

    (group,) = report(ivr)["groups"]

    assert group["texts"] in (["外币•••• 换"], ["外币 •••• 换"])
    assert number not in "".join(ivr("heard", form).stdout for form in ("--json", "--yaml", "--all"))


def test_what_a_caller_says_cannot_move_the_cursor(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 外币\x1b[2J\x1b]0;x\x07换‮吧\n/hang-up\n", 2)

    for form in ("--json", "--yaml", "--all"):
        done = ivr("heard", form).stdout
        assert "外币" in done and not [each for each in done if not each.isprintable() and each != "\n"]


def test_calls_of_the_terminal_phone_count_only_when_asked_for(ivr: Run) -> None:
    for _ in range(2):
        assert ivr("call", given="/speak 怎么换外币\n/hang-up\n").returncode == 0

    assert report(ivr)["groups"] == []
    assert report(ivr, "--simulated")["groups"][0]["calls"] == 2


def test_an_erased_caller_has_said_nothing(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 怎么换外币\n/hang-up\n", 3)
    assert report(ivr)["groups"]
    made = engine(database_url)
    with made.begin() as connection:
        connection.execute(update(calls).values(erased_at=calls.c.started_at, state=None, customer=""))
    made.dispose()

    assert (report(ivr, "--all")["calls"], report(ivr, "--all")["groups"]) == (0, [])


def test_one_question_and_one_language_are_picked(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 怎么换外币\n1\n/speak 不知道放哪了\n/hang-up\n", 2)

    assert [group["at"] for group in report(ivr)["groups"]] == ["main.menu", "main.number"]
    assert [group["at"] for group in report(ivr, "--at", "main.number")["groups"]] == ["main.number"]
    assert report(ivr, "--language", "en-US")["groups"] == []


def test_pasted_lines_teach_the_hotline(ivr: Run, database_url: str, tmp_path: Path) -> None:
    for text, times in SAID.items():
        phoned(ivr, database_url, f"/speak {text}\n{'2' if '利息' in text else '/hang-up'}\n", times)
    phoned(ivr, database_url, "/speak 我不想贷款\n/hang-up\n", 9)
    assert "我不想贷款" in ivr("heard").stdout

    pasted = ivr("heard", "--yaml").stdout
    topics = tmp_path / "flows" / "topics.yaml"
    topics.write_text(topics.read_text("utf-8") + pasted, "utf-8")
    linted = ivr("lint")

    assert linted.returncode == 0, linted.stdout
    assert [*yaml.safe_load(pasted)] == ["loan_rate_said", "new_said"]
    assert "我不想贷款" not in pasted  # what a caller does not want is no example
    found = report(ivr)
    assert found["understood_by_now"] == 30  # the choice lists loan_*; nothing lists new_said yet
    assert len([group for group in found["groups"] if "怎么换外币" in group["texts"]]) == 1
    assert "怎么换外币" not in ivr("heard", "--yaml").stdout


def test_a_hotline_without_topics_gets_its_first(ivr: Run, database_url: str, tmp_path: Path) -> None:
    (tmp_path / "flows" / "topics.yaml").unlink()
    flow = tmp_path / "flows" / "main.yaml"
    without = flow.read_text("utf-8")
    for name in ("card", "loan", "account"):
        without = without.replace(f", topics: [{name}_*]", "")
    flow.write_text(without, "utf-8")
    phoned(ivr, database_url, '/speak 我说"外币": #换\n3\n/hang-up\n', 2)

    pasted = ivr("heard", "--yaml").stdout
    (tmp_path / "flows" / "topics.yaml").write_text(pasted, "utf-8")
    linted = ivr("lint")

    assert yaml.safe_load(pasted) == {"topics": {"account_said": {"zh-CN": ['我说"外币": #换']}}}
    assert linted.returncode == 0, linted.stdout
    assert report(ivr)["groups"][0]["nearest"]["topic"] == "account_said"


def test_it_says_what_it_cannot_do(ivr: Run, database_url: str) -> None:
    phoned(ivr, database_url, "/speak 怎么换外币\n/hang-up\n", 2)

    for words, told in (
        (("--yaml", "--json"), "--yaml and --json are two forms of one report"),
        (("--at", "main.menus"), 'there is no step "menus" in "main"'),
        (("--language", "fr"), 'the hotline does not speak "fr"'),
        (("--since", "lately"), "--since"),
    ):
        done = ivr("heard", *words)
        assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr
    assert "nothing to paste" in ivr("heard", "--yaml", "--at", "main.number").stderr
