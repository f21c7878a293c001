"""`ivr cases show`: a case as one page, from the call to the customer told, as staff read it in both languages."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from command_here import Run

from ivr.app.wiring import wire
from ivr.lint.formats.text import visible, width

sys.path.append(str(Path(__file__).parents[1]))
from left_in_english import left_in_english  # noqa: E402

NUMBER = "648808661"
CALLER = "+862155500123"
INTERNAL = (
    "warn_at",
    "ladder_at",
    "due_at",
    "told_at",
    "answered_at",
    "paused_at",
    "promised",
    "in_progress",
    "15 days",
)
"""What the log keeps for itself, and codes."""


class Hotline:
    """The command, with a clock that the test sets."""

    def __init__(self, ivr: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ivr = ivr
        self.at("2026-03-02 22:00")
        monkeypatch.setattr("ivr.app.database.wire", partial(wire, clock=lambda: self.now))

    def at(self, moment: str) -> Hotline:
        """From now on it is this moment, by the hotline's clock."""
        self.now = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        return self

    def cases(self, *words: str, **environ: str) -> str:
        """What `ivr cases …` prints; it must work."""
        done = self.ivr("cases", *words, **environ)
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    def complain(self, said: str = "信用卡被重复扣费，我要起诉", moment: str = "2026-03-02T22:10") -> str:
        """A call that leaves a complaint; its number."""
        given = f"1\n/silence\n3\n1\n/record {said}\n1\n2\n"
        return str(self.ivr("call", "--from", CALLER, "--at", moment, given=given).stdout.splitlines()[-1][5:])


@pytest.fixture
def hotline(ivr: Run, monkeypatch: pytest.MonkeyPatch) -> Hotline:
    made = Hotline(ivr, monkeypatch)
    assert made.complain() == NUMBER
    for name, role in (("wang", "lead"), ("li", "agent"), ("sun", "quality")):
        assert ivr("people", "add", name, "--role", role).returncode == 0
    return made


def handled(hotline: Hotline) -> None:
    """The complaint is taken, coded, extended, decided and told."""
    hotline.at("2026-03-03 09:12").cases("take", NUMBER, "--as", "li")
    hotline.cases("code", NUMBER, "--channel", "app", "--root-cause", "batch run", "--as", "sun")
    hotline.cases("represent", NUMBER, "--role", "proxy", "--names", "王小明", "--as", "li")
    hotline.at("2026-03-16 15:40").cases(
        "extend", NUMBER, "--to", "cn-2020+30", "--approver", "chen", "--told", "2026-03-16",
        "--reason", "a second bank\nis asked", "--as", "wang",
    )  # fmt: skip
    hotline.at("2026-03-20 10:05").cases(
        "decide", NUMBER, "upheld", "--reasons", "Posted twice.", "--answer", "我们退还重复扣费。", "--as", "li"
    )
    hotline.at("2026-03-20 10:20").cases("tell", NUMBER, "--by", "letter", "--as", "li")


def test_a_new_complaint_in_english(hotline: Hotline) -> None:
    page = hotline.at("2026-03-03 09:00").cases("show", NUMBER)

    head, *rest = page.split("\n\n")
    assert head.splitlines()[0] == f"{NUMBER}  complaint about card, high proposed: open, simulated"
    assert [part.splitlines()[0] for part in rest] == [
        "What the caller said", "Customer", "Deadline", "Proposed by the first analysis; nobody has decided it",
        "What happened (Asia/Shanghai)", "The call",
    ]  # fmt: skip
    story = rest[0].splitlines()
    assert story[1] == "  信用卡被重复扣费,我要起诉" and story[2].startswith("  https://api.twilio.com/")
    assert "due          2026-03-17, in 10 workdays" in page
    assert "why          The case came in on 2026-03-02 at 22:10. An answer is due within 15" in page
    assert "risk         40 of 100" in page and "next step    答复前先请主管过目" in page
    assert "because of   court: 起诉\n               fees: 重复扣费" in page
    assert "2026-03-02 22:10  the complaint came in, due 2026-03-17 (cn-2020)" in page
    assert "path         main.language:zh-CN > " in page
    assert not [word for word in INTERNAL if word in page.replace(story[2], "")]


def test_the_whole_way_in_chinese(hotline: Hotline) -> None:
    handled(hotline)

    page = hotline.at("2026-03-20 10:21").cases("show", NUMBER, IVR_LANG="zh-CN")

    assert page.splitlines()[0] == f"{NUMBER}  投诉（card）、建议较急：等待客户确认、经办人 li、模拟"
    for line in (
        "来电人所述\n  信用卡被重复扣费,我要起诉",
        "  代理人    代理人：王小明",
        "  到期日    2026-04-01，按时答复",
        "  结果      投诉成立\n  理由      Posted twice.\n  答复      我们退还重复扣费。",
        "  告知      2026-03-20 10:20，信函",
        "编码\n  渠道      app\n  根本原因  batch run",
        "经过（Asia/Shanghai）\n  2026-03-02 22:10  登记投诉，期限 2026-03-17（cn-2020）",
        "  2026-03-03 09:12  li（坐席）接手案件",
        "  2026-03-03 09:12  sun（质检）给案件编码：渠道 app、根本原因 batch run",
        "  2026-03-16 15:40  wang（主管）把期限延长到 2026-04-01（cn-2020+30），批准人 chen，"
        "已于 2026-03-16 告知客户：a second bank is asked",
        "  2026-03-20 10:20  li（坐席）已将决定告知客户（信函）",
    ):  # fmt: skip
        assert line in page, line
    ours = page.replace("a second bank is asked", "")
    assert not left_in_english(ours.splitlines()) and not [word for word in INTERNAL if word in ours]


def test_labels_stand_above_one_another_in_every_language(hotline: Hotline) -> None:
    handled(hotline)

    for language in ("en", "zh-CN"):
        page = hotline.cases("show", NUMBER, IVR_LANG=language)
        rows = [re.fullmatch(r"( {2}\S.*?) {2,}(\S.*)", line) for line in page.splitlines() if "  20" not in line[:3]]
        columns = {width(row[0]) - width(row[2]) for row in rows if row and not row[1].strip()[:4].isdecimal()}
        assert len(columns) == 1, columns


def test_a_warned_and_late_case_says_by_how_much(hotline: Hotline) -> None:
    assert hotline.ivr("worker", "--once", "--at", "2026-03-12T09:05+08:00").returncode == 0
    assert hotline.ivr("worker", "--once", "--at", "2026-03-18T09:05+08:00").returncode == 0

    page = hotline.at("2026-03-20 09:00").cases("show", NUMBER)

    assert page.splitlines()[0] == f"{NUMBER}  complaint about card, high: open, late by 3 workdays, simulated"
    assert "the system warned that the case is due on 2026-03-17" in page
    assert "the system escalated the case to priority high, since nobody was told by 2026-03-17" in page
    (line,) = hotline.cases("list").splitlines()
    assert line.endswith("complaint about card, high: open, due 2026-03-17, late by 3 workdays, simulated")
    assert json.loads(hotline.cases("show", NUMBER, "--json"))["clock"]["workdays_left"] == -3


def test_a_reopened_case_has_no_decision_any_more(hotline: Hotline) -> None:
    handled(hotline)
    hotline.at("2026-03-24 09:00").cases("close", NUMBER, "--unconfirmed", "--reason", "no answer", "--as", "wang")
    closed = hotline.cases("show", NUMBER)
    hotline.cases("reopen", NUMBER, "--reason", "phoned again", "--as", "wang")

    page = hotline.cases("show", NUMBER)

    assert closed.splitlines()[0].endswith(
        "complaint about card: closed without the customer's word, handled by li, simulated"
    )
    assert "\nDecision\n" in closed and "\nDecision\n" not in page
    assert "wang (lead) reopened the case, due 2026-04-08: phoned again" in page
    assert "2026-04-08, in " in page and "began anew" in page


def test_other_open_cases_of_the_customer_and_linked_ones(hotline: Hotline) -> None:
    others = [hotline.complain("再次投诉", f"2026-03-0{day}T10:00") for day in (3, 4, 5, 6, 7, 8)]
    hotline.cases("withdraw", others[0], "--reason", "settled", "--as", "li")
    hotline.cases("link", NUMBER, others[1], "--reason", "same matter", "--as", "li")

    page = hotline.cases("show", NUMBER)
    told = json.loads(hotline.cases("show", others[5], "--json"))

    newest = "".join(f"  {number}\n" for number in reversed(others[1:]))
    assert f"\nLinked cases\n  {others[1]}\n\nOther open cases of this customer\n{newest}" in page
    assert told["others"] == [*reversed(others[1:5]), NUMBER]


def test_what_others_wrote_does_not_move_the_cursor(hotline: Hotline) -> None:
    number = hotline.complain("钱\u202e没了\u20662J", "2026-03-03T10:00")
    hotline.cases("note", number, "first\tline\nsecond", "--as", "li")

    printed = [
        *hotline.cases("show", number, "--call").splitlines(), *hotline.cases("list").splitlines(),
        *hotline.cases("history", number).splitlines(),
    ]  # fmt: skip

    assert any("钱�没了�2J" in line for line in printed)
    assert all(visible(line) == line for line in printed)
    assert "li (agent) added a note: first line second" in "\n".join(printed)


def test_the_whole_call_is_shown_when_asked_for(hotline: Hotline) -> None:
    page = hotline.cases("show", NUMBER, "--call")
    chinese = hotline.cases("show", NUMBER, "--call", IVR_LANG="zh-CN")
    told = json.loads(hotline.cases("show", NUMBER, "--call", "--json"))

    assert "请在提示音后说明情况" not in hotline.cases("show", NUMBER)
    assert re.search(
        r"  > 22:10:\d\d  pressed 3 \(投诉\)\n"
        r"    很抱歉给您带来不便。请选择投诉的业务。\n"
        r"  > 22:10:\d\d  pressed 1 \(card\)\n"
        r"    请在提示音后说明情况，说完请按井号键。\n"
        r"  > 22:10:\d\d  left a message of \d seconds: 信用卡被重复扣费,我要起诉\n",
        page,
    ), page
    assert re.search(r"  > 22:10:\d\d  没有出声\n", chinese) and "按 3（投诉）" in chinese
    assert any("pressed 3" in line for line in told["dialogue"])
    assert "dialogue" not in json.loads(hotline.cases("show", NUMBER, "--json"))


def test_programs_get_every_key_and_all_that_the_log_says(hotline: Hotline) -> None:
    handled(hotline)

    told = json.loads(hotline.cases("show", NUMBER, "--json", IVR_LANG="zh-CN"))

    assert set(told["clock"]) == {"name", "state", "workdays_left", "why"}
    assert told["clock"]["why"].startswith("The case came in on 2026-03-02 at 22:10.")
    extended = next(event["data"] for event in told["events"] if event["kind"] == "extended")
    assert {"to", "approver", "told_at", "due", "due_at", "warn_at", "start", "count", "reason"} <= set(extended)
    assert {"story", "status", "triage", "codes", "others", "path", "release", "ending"} <= set(told)


def test_the_history_and_a_lost_race_are_sentences(hotline: Hotline) -> None:
    handled(hotline)

    history = hotline.cases("history", NUMBER, IVR_LANG="zh-CN").splitlines()
    late = hotline.ivr("cases", "note", NUMBER, "x", "--version", "9", "--as", "li").stderr

    assert history[-1] == "2026-03-20 10:20  li（坐席）已将决定告知客户（信函）"
    assert "li (agent): told the customer (2026-03-20 02:20 UTC)" in late


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (
            "UPDATE turns SET digest = x'00' WHERE turn = 3",
            "the call cannot be replayed as it was.",
            "通话无法照原样重放。",
        ),
        ("DELETE FROM turns WHERE turn = 3", "the call cannot be replayed as it was.", "通话无法照原样重放。"),
    ],
    ids=["other events", "not whole"],
)
def test_a_call_that_cannot_be_shown_says_so(
    hotline: Hotline, folder: Path, change: str, english: str, chinese: str
) -> None:
    with sqlite3.connect(folder / "ivr.db") as database:
        database.execute(change)

    assert f"  {english}\n" in hotline.cases("show", NUMBER, "--call")
    assert f"  {chinese}\n" in hotline.cases("show", NUMBER, "--call", IVR_LANG="zh-CN")


def test_a_release_that_was_removed_takes_the_way_of_its_calls_with_it(hotline: Hotline, folder: Path) -> None:
    with sqlite3.connect(folder / "ivr.db") as database:
        database.execute("DELETE FROM releases")

    page = hotline.cases("show", NUMBER, "--call")

    assert re.search(r"path +unknown: release [0-9a-f]{12} has been removed\n", page)
    assert page.endswith("has been removed\n") and page.count("has been removed") == 1
    assert re.search(r"due +2026-03-17 15:59, running\n", page), "without a release times are in UTC"
