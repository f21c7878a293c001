"""The public interface of the commands: exit codes, last lines, JSON fields."""

from __future__ import annotations

import json
import re
from pathlib import Path

COMPLAINT = "2\n/silence\n3\n1\n/record I was charged twice\n1\n/hang-up\n"
CASE_FIELDS = [
    *("number", "kind", "status", "language", "caller", "contact", "product", "story", "rating", "resolved"),
    *("opened_at", "due_at", "due", "partial", "disposition", "ending", "call", "release", "simulated"),
    *("subject", "priority", "owner", "ended_at", "time_zone", "version", "team", "clock", "told_at", "decision"),
    *("escalated", "reopened", "attempts", "late", "triage", "stopped", "conflicts", "linked", "represented", "codes"),
]


def test_without_arguments_it_says_what_to_do_next(ivr) -> None:
    done = ivr()

    assert done.returncode == 0
    assert "ivr serve --sandbox" in done.stdout and "ivr call" in done.stdout


def test_it_tells_its_version(ivr) -> None:
    assert ivr("--version").stdout.startswith("ivr, version 0.")


def test_an_unknown_command_is_refused_in_a_sentence(ivr) -> None:
    done = ivr("sing")

    assert done.returncode == 2
    assert "No such command 'sing'" in done.stderr


def test_a_complaint_by_pipe_ends_with_its_case_and_is_on_record(ivr) -> None:
    called = ivr("call", "--at", "2026-03-02T22:10", given=COMPLAINT)

    assert called.returncode == 0, called.stderr
    number = called.stdout.splitlines()[-1].removeprefix("case ")
    cases = json.loads(ivr("cases", "list", "--json").stdout)
    assert [case["number"] for case in cases] == [number]
    case = cases[0]
    assert list(case) == CASE_FIELDS
    assert case["kind"] == "complaint" and case["product"] == "card" and case["partial"] is False
    assert case["due"] == "2026-03-17" and case["opened_at"] == "2026-03-02T22:10:00+08:00"
    assert list(case["story"]) == ["text", "recording_url", "seconds"]
    assert case["story"]["text"] == "I was charged twice" and "/Recordings/RE" in case["story"]["recording_url"]
    assert case["rating"] is None and case["simulated"] is True


def test_a_lost_card_stands_in_the_list_as_urgent_with_the_hour_it_is_due(ivr) -> None:
    called = ivr("call", "--at", "2026-03-02T22:10", given="1\n/silence\n1\n/transfer busy\n/hang-up\n")

    number = called.stdout.splitlines()[-1].removeprefix("case ")
    [case] = json.loads(ivr("cases", "list", "--json").stdout)
    assert (case["number"], case["subject"], case["priority"]) == (number, "lost_card", "urgent")
    assert re.search(
        r" callback about lost_card, urgent: open, due 2026-03-03 00:10, late by \d+ workdays, simulated\n",
        ivr("cases", "list").stdout,
    )


def test_end_of_file_hangs_up_and_leaves_the_partial_case(ivr) -> None:
    called = ivr("call", given="1\n/silence\n3\n")

    assert called.stdout.splitlines()[-1].startswith("case ")
    case = json.loads(ivr("cases", "list", "--json").stdout)[0]
    assert case["partial"] is True and case["disposition"] == "abandoned"


def test_a_call_that_leaves_nothing_says_so(ivr) -> None:
    assert ivr("call", given="1\n").stdout.splitlines()[-1] == "no case"


def test_a_call_saved_is_a_fixture_that_passes_both_ways(ivr, folder: Path) -> None:
    assert ivr("call", "--save", "mine.call.yaml", given=COMPLAINT).returncode == 0

    replayed = ivr("replay", "mine.call.yaml", "--webhooks")

    assert replayed.returncode == 0, replayed.stdout
    assert replayed.stdout.splitlines()[-1] == "1 passed, 0 failed"


def test_a_wrong_line_is_explained_and_the_call_goes_on(ivr) -> None:
    called = ivr("call", given="hello\n/sing\n1\n")

    assert '"hello" is not a key. To say it, type /speak hello' in called.stdout
    assert '"/sing" is not known. Type keys, such as 1, 12# or star' in called.stdout
    assert called.stdout.splitlines()[-1] == "no case"


def test_an_act_that_does_not_fit_is_answered_with_what_the_question_takes(ivr) -> None:
    called = ivr("call", given="star\n1\nrecord hello\ntransfer busy\n")

    assert called.stdout.count("> star") == 1 and '"star" is not a key' not in called.stdout
    assert "(the caller cannot leave a message now: this question takes one key or speech. Type keys" in called.stdout
    assert "gather" not in called.stdout


def test_a_case_is_shown_with_its_events(ivr) -> None:
    number = ivr("call", given=COMPLAINT).stdout.splitlines()[-1].removeprefix("case ")

    shown = json.loads(ivr("cases", "show", number, "--json").stdout)

    assert list(shown) == [*CASE_FIELDS, "said_later", "others", "path", "events", "follow_ups"]
    assert "complaint.product:card" in shown["path"]
    assert all(list(event) == ["at", "kind", "by", "role", "data"] for event in shown["events"])
    opened = shown["events"][0]
    assert (opened["kind"], opened["by"], opened["role"]) == ("opened", "caller", "caller")
    assert opened["data"]["clock"] == "cn-2020" and opened["data"]["due"] == shown["due"]
    lines = ivr("cases", "show", number).stdout.splitlines()
    assert lines[0].startswith(f"{number}  complaint about card")
    assert any(line.endswith("  the caller gave product card") for line in lines)


def test_a_list_is_narrowed_and_goes_on_behind_a_case(ivr) -> None:
    numbers = []
    for minute in ("10", "11", "12"):
        called = ivr("call", "--at", f"2026-03-02T22:{minute}", given=COMPLAINT)
        numbers.append(called.stdout.splitlines()[-1].removeprefix("case "))

    def listed(*options: str) -> list[str]:
        return [case["number"] for case in json.loads(ivr("cases", "list", "--json", *options).stdout)]

    newest_first = numbers[::-1]
    assert listed("--limit", "2") == newest_first[:2]
    assert listed("--limit", "2", "--after", newest_first[1]) == newest_first[2:]
    assert listed("--open", "--kind", "complaint", "--simulated") == newest_first
    assert listed("--overdue") == listed("--due-before", "2026-03-18") == sorted(numbers)
    assert listed("--due-before", "2026-03-17") == []
    for nothing in (("--real",), ("--kind", "inquiry"), ("--status", "closed"), ("--since", "7d")):
        done = ivr("cases", "list", *nothing)
        assert (done.returncode, done.stdout) == (0, "There are no such cases.\n"), nothing


ANONYMOUS = 'ivr: --customer "anonymous" is not a whole telephone number. Write + and the country first: +862155500123.'


def test_odd_options_of_a_list_are_a_sentence(ivr) -> None:
    number = ivr("call", given=COMPLAINT).stdout.splitlines()[-1].removeprefix("case ")
    other = "648808661" if number != "648808661" else "526672727"

    for options, sentence in (
        (("--after", "12345"), 'ivr: "12345" is not a case number: a digit is wrong or missing.'),
        (("--after", other), f"ivr: there is no case {other}."),
        (("--due-before", "tomorrow"), 'ivr: --due-before "tomorrow" is not a day. Write 2026-03-17.'),
        (("--due-before", "2026-02-30"), 'ivr: --due-before "2026-02-30" is not a day. Write 2026-03-17.'),
        (("--customer", ""), "ivr: --customer is empty. Leave it out to see all, or write a value."),
        (("--after", " "), "ivr: --after is empty. Leave it out to see all, or write a value."),
        (
            ("--customer", "anonymous"),
            ANONYMOUS,
        ),
    ):
        done = ivr("cases", "list", *options)
        assert (done.returncode, done.stderr.strip()) == (2, sentence)


def test_a_case_number_with_a_wrong_digit_is_refused(ivr) -> None:
    number = ivr("call", given=COMPLAINT).stdout.splitlines()[-1].removeprefix("case ")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    done = ivr("cases", "show", wrong)

    assert done.returncode == 2 and "not a case number" in done.stderr and "Traceback" not in done.stderr


def test_cases_before_the_first_call_are_a_plain_sentence(ivr) -> None:
    done = ivr("cases", "list")

    assert done.returncode == 2
    assert (
        done.stderr
        == "ivr: there is no database ivr.db yet. `ivr db upgrade`, `ivr serve`, `ivr call` and `ivr publish` make it.\n"  # noqa: E501
    )


def test_lint_says_yes_to_the_shipped_flows(ivr) -> None:
    done = ivr("lint", "--format", "json", "--strict")

    assert done.returncode == 0
    assert json.loads(done.stdout) == {"findings": [], "files": 11, "errors": 0, "warnings": 0}


def test_lint_says_no_with_the_place_and_the_likely_fix(ivr, folder: Path) -> None:
    path = folder / "flows" / "complaint.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("next: story", "next: storry"), encoding="utf-8")

    done = ivr("lint", "--format", "json")

    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    target = next(finding for finding in found if finding["code"] == "unknown-target")
    assert list(target) == ["code", "severity", "file", "line", "column", "message", "hint", "values"]
    assert target["file"] == "flows/complaint.yaml" and target["line"] == 27 and "story" in target["hint"]
    assert "flows/complaint.yaml:27:" in ivr("lint").stdout


def test_warnings_alone_pass_unless_strict(ivr, folder: Path) -> None:
    head = "flow: unused\ntitle: {zh-CN: 空, en-US: Empty}\n"
    extra = f"{head}steps:\n  hello:\n    say: {{zh-CN: 您好。, en-US: Hello.}}\n    next: goodbye\n"
    (folder / "flows" / "unused.yaml").write_text(extra, encoding="utf-8")

    assert ivr("lint").returncode == 0
    assert ivr("lint", "--strict").returncode == 1


def test_lint_of_nothing_could_not_run(ivr) -> None:
    done = ivr("lint", "nowhere")

    assert (
        done.returncode == 2
        and done.stderr == 'ivr: there is no file or folder "nowhere". `ivr new hotline` makes an example.\n'
    )


def test_replay_of_a_failed_fixture_is_one_line_and_the_dialogue(ivr, folder: Path) -> None:
    fixture = (
        "call: wrong\nat: 2026-03-02T10:00+08:00\nturns:\n  - {hear: 你好世界, press: 1}\n"
        "ends: {disposition: abandoned, case: no}\n"
    )
    (folder / "wrong.call.yaml").write_text(fixture, encoding="utf-8")

    done = ivr("replay", "wrong.call.yaml")

    assert done.returncode == 1
    assert done.stdout.startswith('failed  wrong.call.yaml:4: expected to hear "你好世界", heard "欢迎')
    assert done.stdout.splitlines()[-1] == "0 passed, 1 failed"


def test_broken_flows_stop_a_call_with_their_findings(ivr, folder: Path) -> None:
    (folder / "flows" / "main.yaml").write_text("flow: main\nsteps: {a: {say: hello, next: nowhere}}\n")

    done = ivr("call", given="1\n")

    assert done.returncode == 2 and "Traceback" not in done.stderr
    assert "flows/main.yaml:1:1: error missing-key" in done.stderr


def test_hours_explains_the_calendar(ivr) -> None:
    done = ivr("hours", "2026-10-01T09:00")

    assert done.returncode == 0 and "agents: holiday: Thursday 2026-10-01 is National Day." in done.stdout


def test_the_database_is_made_and_checked(ivr) -> None:
    assert ivr("db", "check").returncode == 2
    assert ivr("db", "upgrade").returncode == 0
    assert ivr("db", "upgrade").stdout == "ivr.db is up to date\n"
    assert ivr("db", "check").returncode == 0


def test_a_database_of_another_kind_is_refused_in_a_sentence(ivr) -> None:
    done = ivr("db", "upgrade", IVR_DATABASE_URL="mysql://127.0.0.1/x")

    assert done.returncode == 2 and 'names a "mysql" database. Write "sqlite:///ivr.db" or' in done.stderr
