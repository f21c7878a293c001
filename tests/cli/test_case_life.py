"""A case from intake to its end by commands: each move, each refusal with its exit code, and what it leaves."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import pytest
from command_here import Run

CALL = "1\n/silence\n3\n1\n/record 信用卡被重复扣费，我要起诉\n1\n1\n/hang-up\n"
DECISION = ("--reasons", "posted twice", "--answer", "我们退回多扣的款项。")


class Staff:
    """The commands on one case. It is made once, then copied."""

    made: ClassVar[dict[str, bytes]] = {}
    number: ClassVar[str] = ""

    def __init__(self, ivr: Run, folder: Path) -> None:
        self.ivr = ivr
        if Staff.made:
            for name, content in Staff.made.items():
                (folder / name).write_bytes(content)
            return
        for words in (
            ("add", "wang", "--role", "lead"), ("add", "li", "--role", "agent"),
            ("add", "zhao", "--role", "agent", "--team", "cards"), ("add", "anna", "--role", "auditor"),
            ("add", "gone", "--role", "agent"), ("disable", "gone"),
        ):  # fmt: skip
            assert ivr("people", *words).returncode == 0
        said = ivr("call", "--from", "+862155500123", "--at", "2026-03-02T22:10", given=CALL)
        Staff.number = re.findall(r"case (\d+)", said.stdout)[-1]
        Staff.made = {path.name: path.read_bytes() for path in folder.glob("ivr.db*")}

    def case(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ivr("cases", "show", self.number, "--json").stdout)
        return found

    def does(self, name: str, move: str, *words: str) -> None:
        done = self.ivr("cases", move, self.number, *words, "--as", name)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    def refused(self, name: str, move: str, *words: str, code: int = 1, **environ: str) -> str:
        """The one sentence; nothing has changed."""
        before = self.case()
        acts = ["--as", name] if name else []
        done = self.ivr("cases", move, self.number, *words, *acts, **environ)
        assert (done.returncode, done.stdout) == (code, ""), done
        assert self.case() == before
        assert done.stderr.count("\n") == 1
        return done.stderr.strip()


@pytest.fixture
def staff(ivr: Run, folder: Path) -> Staff:
    return Staff(ivr, folder)


def test_a_complaint_is_taken_decided_told_and_closed(staff: Staff) -> None:
    staff.does("li", "take")
    staff.does("li", "note", "asked the branch")
    staff.does("li", "code", "--channel", "phone", "--root-cause", "posting batch run twice")
    staff.does("li", "decide", "upheld", *DECISION)
    staff.does("li", "tell", "--by", "letter")
    assert staff.case()["status"] == "follow_up_due"
    staff.does("wang", "close", "--unconfirmed", "--reason", "three tries")
    case = staff.case()
    assert (case["status"], case["owner"], case["decision"]) == ("closed_unconfirmed", "li", "upheld")
    assert case["codes"] == {"channel": "phone", "root_cause": "posting batch run twice"}
    kinds = [event["kind"] for event in case["events"]]
    assert kinds[0] == "opened" and kinds[-6:] == ["taken", "noted", "coded", "decided", "told", "unreached"]
    assert case["events"][-3]["by"] == "li" and case["events"][-3]["data"]["outcome"] == "upheld"
    assert case["version"] == len(kinds)
    staff.does("wang", "reopen", "--reason", "the letter came back")
    again = staff.case()
    assert (again["status"], again["reopened"], again["late"], again["owner"]) == ("in_progress", 1, 1, "li")
    assert again["clock"]["state"] == "running" and again["clock"]["why"].startswith("The case was reopened on ")


def test_the_first_analysis_proposes_and_names_its_words(staff: Staff) -> None:
    found = staff.case()["triage"]
    assert (found["urgency"], found["risk"], found["category"]) == ("high", 40, "card_fees")
    assert found["marks"] == ["court: 起诉", "fees: 重复扣费"]
    assert staff.case()["priority"] == "normal", "a proposal decides nothing"


def test_every_refusal_is_one_sentence_and_changes_nothing(staff: Staff) -> None:
    assert staff.refused("li", "tell", "--by", "letter") == "ivr: there is no decision to tell. Decide the case first."
    assert "take the case before you decide it" in staff.refused("li", "decide", "upheld", *DECISION)
    assert "nobody is named who acts" in staff.refused("", "take")
    assert 'no person "nobody"' in staff.refused("nobody", "take")
    assert "gone is disabled" in staff.refused("gone", "take")
    assert "anna has the role auditor" in staff.refused("anna", "note", "hello")
    assert "needs the role lead" in staff.refused("li", "assign", "--to", "zhao")
    assert 'no person "who"' in staff.refused("wang", "assign", "--to", "who")
    assert "gone is disabled" in staff.refused("wang", "assign", "--to", "gone")
    assert "neither agent nor lead" in staff.refused("wang", "assign", "--to", "anna")
    assert 'in the team "loans"' in staff.refused("wang", "assign", "--team", "loans")
    assert "Add --unconfirmed" in staff.refused("wang", "close")
    assert "does not stop" in _after_take(staff).refused("li", "pause", "--reason", "papers")
    assert "Write upheld, partly, rejected or explained." in staff.refused("li", "decide", "maybe", *DECISION)
    long = staff.refused("li", "decide", "upheld", "--reasons", "r", "--answer", "x" * 121)
    assert "121 characters, the limit is 120" in long
    assert "请先作出决定" in staff.refused("li", "tell", "--by", "letter", "--lang", "zh-CN")


def _after_take(staff: Staff) -> Staff:
    staff.does("li", "take")
    return staff


def test_who_acts_may_stand_in_the_environment(staff: Staff) -> None:
    done = staff.ivr("cases", "take", staff.number, IVR_STAFF="li")
    assert done.returncode == 0 and staff.case()["owner"] == "li"
    assert "li has taken this case" in staff.refused("", "take", IVR_STAFF="zhao")


def test_a_conflict_of_interest_without_a_person_is_one_s_own(staff: Staff) -> None:
    staff.does("li", "take")
    staff.does("li", "conflict", "--reason", "a cousin")
    assert (staff.case()["owner"], staff.case()["conflicts"]) == (None, ["li"])
    assert "conflict of interest" in staff.refused("li", "take")
    staff.does("wang", "conflict", "zhao", "--reason", "a neighbour")
    assert staff.case()["conflicts"] == ["li", "zhao"]
    assert 'no person "who"' in staff.refused("wang", "conflict", "who", "--reason", "?")


def test_the_slower_of_two_is_told_what_came_between_and_by_whom(staff: Staff) -> None:
    version = str(staff.case()["version"])
    staff.does("wang", "note", "first")
    told = staff.refused("li", "take", "--version", version)
    assert "wang (lead): " in told and f"The case is version {int(version) + 1} now" in told
    staff.does("li", "take", "--version", str(int(version) + 1))


def test_an_extension_is_the_next_rung_and_why_says_so(staff: Staff) -> None:
    good = ("--to", "cn-2020+30", "--approver", "chen", "--reason", "a second bank", "--told", "2026-03-10")
    staff.does("wang", "extend", *good)
    case = staff.case()
    assert (case["due"], case["clock"]["name"]) == ("2026-04-01", "cn-2020+30")
    assert "cn-2020+30" in case["clock"]["why"] and "chen" in case["clock"]["why"]
    assert "the next extension of cn-2020+30 is cn-2020+60" in staff.refused("wang", "extend", *good)


def test_deadlines_are_warned_of_on_workday_mornings_and_late_cases_escalate(staff: Staff) -> None:
    for at in ("2026-03-12T08:59", "2026-03-12T09:05", "2026-03-15T09:05", "2026-03-16T09:05", "2026-03-18T09:05",
               "2026-03-19T09:05"):  # fmt: skip
        assert staff.ivr("worker", "--once", "--at", f"{at}+08:00").returncode == 0
    told = [(event["kind"], event["at"][:10]) for event in staff.case()["events"] if event["by"] == "system"]
    assert told[1:] == [("warned", "2026-03-12"), ("warned", "2026-03-16"), ("escalated", "2026-03-18")]
    assert (staff.case()["escalated"], staff.case()["priority"]) == (1, "high")


def test_what_has_to_be_done_is_listed(staff: Staff) -> None:
    lists = json.loads(staff.ivr("cases", "due", "--json").stdout)
    assert [case["number"] for case in lists["overdue"]] == [staff.number] == [c["number"] for c in lists["unassigned"]]
    staff.does("li", "take")
    lists = json.loads(staff.ivr("cases", "due", "--json", "--owner", "li").stdout)
    assert [case["number"] for case in lists["overdue"]] == [staff.number]
    staff.does("li", "decide", "upheld", *DECISION)
    staff.does("li", "tell", "--by", "phone")
    lists = json.loads(staff.ivr("cases", "due", "--json").stdout)
    assert {name for name, cases in lists.items() if cases} == {"waiting"}
    found = staff.ivr("cases", "list", "--status", "decided,follow_up_due", "--json").stdout
    assert [case["number"] for case in json.loads(found)] == [staff.number]
    assert json.loads(staff.ivr("cases", "list", "--risk", "40", "--json").stdout)[0]["number"] == staff.number
    assert json.loads(staff.ivr("cases", "list", "--risk", "41", "--json").stdout) == []
    assert json.loads(staff.ivr("cases", "list", "--overdue", "--json").stdout) == []


@pytest.mark.parametrize("words", [("--owner", "lee"), ("--team", "card")])
@pytest.mark.parametrize("view", ["list", "due"])
def test_cases_of_nobody_there_is_are_no_empty_list(staff: Staff, view: str, words: tuple[str, str]) -> None:
    done = staff.ivr("cases", view, *words)

    assert (done.returncode, done.stdout) == (2, "") and words[1] in done.stderr
    assert staff.ivr("cases", view, words[0], "gone" if words[0] == "--owner" else "cards").returncode == 0


def test_the_log_is_printed_event_by_event(staff: Staff) -> None:
    staff.does("li", "take")
    assert len(staff.ivr("cases", "history", staff.number).stdout.splitlines()) == staff.case()["version"]


def test_a_clock_that_is_taken_out_of_the_hotline_keeps_the_deadline_it_gave(staff: Staff, folder: Path) -> None:
    path = folder / "flows" / "hotline.yaml"
    text = path.read_text(encoding="utf-8").replace("clock: cn-2020, follow_up: followup", "clock: three-workdays")
    path.write_text(text.replace("country: CN\n", "country: US\n"), encoding="utf-8")
    assert staff.ivr("publish", "--force", "-m", "another clock").returncode == 0
    assert staff.case()["due"] == "2026-03-17"
    staff.does("wang", "extend", "--to", "cn-2020+30", "--approver", "chen", "--reason", "r", "--told", "2026-03-10")
    assert staff.case()["due"] == "2026-04-01"
    staff.does("li", "take")
    staff.does("li", "decide", "upheld", *DECISION)
    staff.does("li", "tell", "--by", "mail")
    assert staff.case()["status"] == "closed"
    staff.does("wang", "reopen", "--reason", "not content")
    assert staff.case()["clock"]["name"] == "three-workdays"


def test_people_have_names_that_can_be_read(ivr: Run) -> None:
    assert ivr("people", "add", "张伟", "--role", "lead").returncode == 0
    for name in ("caller", "SYSTEM", "", " li", "a" * 81, "a,b", "a\x07b", "a\u202eb"):
        done = ivr("people", "add", name, "--role", "agent")
        assert done.returncode == 2 and done.stderr.count("\n") == 1, name
    assert ivr("people", "add", "张伟", "--role", "agent").returncode == 2
    token = ivr("people", "token", "张伟").stdout.split()[-1]
    assert re.fullmatch(r"ivr_[\w-]{43}", token)
    assert ivr("people", "token", "who").returncode == 2
    assert ivr("people", "disable", "张伟").returncode == 0 and ivr("people", "token", "张伟").returncode == 2
    assert "停用" in ivr("people", "list", IVR_LANG="zh").stdout


def test_an_escalation_moves_no_deadline(staff: Staff) -> None:
    before = staff.case()
    staff.does("wang", "escalate", "--reason", "the press")
    after = staff.case()
    same = ("due", "due_at", "opened_at")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert after["clock"]["why"] == before["clock"]["why"] and after["priority"] == "high"


def test_an_extended_case_is_late_until_the_customer_is_told(staff: Staff) -> None:
    staff.does("wang", "extend", "--to", "cn-2020+30", "--approver", "chen", "--reason", "r", "--told", "2026-03-10")
    assert (staff.case()["told_at"], staff.case()["clock"]["state"]) == (None, "missed")
    staff.does("li", "withdraw", "--reason", "settled")
    staff.does("wang", "reopen", "--reason", "not settled")
    assert (staff.case()["status"], staff.case()["late"]) == ("in_progress", 1)


def test_an_extension_is_told_between_receipt_and_today_and_approved_by_somebody_else(staff: Staff) -> None:
    for told in ("2026-03-01", "2999-01-01"):
        said = staff.refused(
            "wang", "extend", "--to", "cn-2020+30", "--approver", "chen", "--reason", "r", "--told", told
        )
        assert "between the receipt and today" in said
    said = staff.refused(
        "wang", "extend", "--to", "cn-2020+30", "--approver", "WANG", "--reason", "r", "--told", "2026-03-10"
    )
    assert "neither who asks for it" in said


def test_a_case_whose_handler_had_an_interest_is_watched_again(staff: Staff) -> None:
    staff.does("li", "take")
    staff.does("li", "decide", "upheld", *DECISION)
    staff.does("li", "tell", "--by", "phone")
    staff.does("wang", "conflict", "li", "--reason", "a cousin")
    case = staff.case()
    assert (case["status"], case["owner"], case["told_at"], case["decision"]) == ("acknowledged", None, None, None)
    assert staff.ivr("worker", "--once", "--at", "2027-01-04T09:05+08:00").returncode == 0
    assert staff.case()["escalated"] == 1


def test_a_case_of_an_earlier_version_is_watched_from_the_next_round_on(staff: Staff, folder: Path) -> None:
    _by_hand(folder, "UPDATE cases SET warn_at = NULL")
    for at in ("2026-03-05T12:00", "2026-03-12T09:05"):
        assert staff.ivr("worker", "--once", "--at", f"{at}+08:00").returncode == 0
    told = [(event["kind"], event["at"][:10]) for event in staff.case()["events"] if event["by"] == "system"]
    assert told[1:] == [("watched", "2026-03-05"), ("warned", "2026-03-12")]


@pytest.mark.parametrize("column", ["life = '{broken'", "facts = '{broken'", "status = 'weird'", "clock = ''"])
def test_a_row_that_was_damaged_by_hand_is_named_and_stops_nobody_else(staff: Staff, folder: Path, column: str) -> None:
    other = staff.ivr("call", "--at", "2026-03-02T22:20", given=CALL).stdout.split()[-1]
    _by_hand(folder, f"UPDATE cases SET {column} WHERE number = {staff.number}")
    listed = staff.ivr("cases", "list", "--json")
    assert other in [case["number"] for case in json.loads(listed.stdout)]
    for words in (["take"], ["note", "x"], ["escalate", "--reason", "r"]):
        done = staff.ivr("cases", words[0], staff.number, *words[1:], "--as", "wang")
        assert "Traceback" not in done.stderr
        if "broken" in column or "weird" in column:
            assert done.returncode == 2 and f"the record of case {staff.number}" in done.stderr
            assert f"the record of case {staff.number}" in listed.stderr
    assert staff.ivr("worker", "--once", "--at", "2026-03-12T09:05+08:00").returncode == 0
    events = json.loads(staff.ivr("cases", "history", other, "--json").stdout)
    assert "warned" in [event["kind"] for event in events]


def _by_hand(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "ivr.db")) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_version_that_is_not_there_yet_is_said_so(staff: Staff) -> None:
    assert "it has no later one" in staff.refused("li", "take", "--version", "999")
    assert "needs --names" in staff.refused("li", "represent", "--role", "proxy", "--names", ";")
    assert "needs TEXT" in staff.refused("li", "note", "\u200b")
    assert "is not in the team cards" in staff.refused("wang", "assign", "--to", "li", "--team", "cards")
