"""What hotline.yaml lacks is named by lint, before publish refuses the flows for what comes of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from small import small_files

from ivr.errors import Finding
from ivr.lint.findings import findings_of

ASK = "ask: {collect: {zh-CN: 请输入电话。, en-US: Your number.}, type: phone, save: reach, next: goodbye}"
DUE = '{say: {zh-CN: "{case.due:date}前答复。", en-US: "We answer by {case.due:date}."}, next: goodbye}'
SHARED = 'prompts: {due: {zh-CN: "{case.due:date}前答复。", en-US: "We answer by {case.due:date}."}}\n'


def found(code: str, steps: str = "", keys: str = "", **flows: str) -> list[Finding]:
    files = small_files(steps, keys=keys, **flows)
    return [finding for finding in findings_of(files, "live") if finding.code == code]


def test_a_deadline_of_a_kind_that_hotline_yaml_lacks_is_an_error_where_it_is_spoken() -> None:
    (one,) = found("due-without-clock", f"keep: {{case: inquiry, next: told}}\ntold: {DUE}")

    assert (one.severity, one.line, one.column) == ("error", 5, 24)
    assert "{case.due}" in one.message and "kind inquiry has no deadline" in one.message
    assert one.hint.startswith("Write inquiry: {clock: three-workdays} under cases")
    assert one.message.in_language("zh-CN") == "话术要说 {case.due}，而 inquiry 案件没有期限：来电人会听到空白。"


@pytest.mark.parametrize(
    "steps",
    [
        "keep: {case: inquiry, next: told}\ntold: {say: due, next: goodbye}",
        f"keep: {{case: complaint, next: again}}\nagain: {{case: inquiry, next: told}}\ntold: {DUE}",
        "first: {yes_no: {zh-CN: 好吗？, en-US: Is it?}, yes: keep, no: other}\nkeep: {case: inquiry, next: told}\n"
        f"other: {{case: complaint, next: told}}\ntold: {DUE}",
    ],
)
def test_the_last_case_before_the_words_counts(steps: str) -> None:
    assert len(found("due-without-clock", steps, keys=SHARED)) == 1


@pytest.mark.parametrize(
    "steps",
    [
        f"keep: {{case: complaint, next: told}}\ntold: {DUE}",
        f"keep: {{case: inquiry, next: again}}\nagain: {{case: complaint, next: told}}\ntold: {DUE}",
        "keep: {case: inquiry, next: known}\n"
        "known: {branch: [{when: {case.due: {known: yes}}, next: told}, {next: goodbye}]}\n"
        f"told: {DUE}",
    ],
)
def test_a_kind_with_a_clock_and_a_deadline_asked_for_first_are_left_alone(steps: str) -> None:
    assert found("due-without-clock", steps) == []


def test_a_flow_without_a_case_of_its_own_speaks_of_the_calls_last_one() -> None:
    keep = "keep: {case: inquiry, next: flow told}"
    told = f"flow: told\ntitle: {{zh-CN: 说, en-US: Told}}\nsteps:\n  told: {DUE}\n"

    assert found("due-without-clock", keep, told=told) == []  # the small hotline opens complaints too
    endless = found("due-without-clock", keep, keys="cases: {complaint: {clock: none}}\n", told=told)
    assert {one.file for one in endless} == {"told.yaml", "complaint.yaml"}


def test_a_phone_number_cannot_be_entered_without_a_country() -> None:
    each = found("no-country", ASK, keys='country: ""\ncalls_to: [CN]\n')

    assert {one.file for one in each} == {"agent.yaml", "complaint.yaml", "main.yaml"}
    one = each[0]
    assert one.severity == "error" and one.message.endswith("no number is accepted.")
    assert one.hint == "Write country in hotline.yaml, such as country: CN."
    assert "输入什么号码都不会被接受" in one.message.in_language("zh-CN")
    assert found("no-country", ASK) == []


def test_a_destination_in_a_hotline_that_names_no_country_is_told_to_name_it() -> None:
    (one,) = found("not-phoned", keys='country: ""\n')

    assert "hotline.yaml names no country to phone" in one.message
    assert one.hint == "Write country: CN in hotline.yaml."


@pytest.mark.parametrize(
    ("lacking", "code"), [(r"^cases:\n(?:  .*\n)+", "due-without-clock"), (r"^country: CN\n", "no-country")]
)
def test_publish_names_what_hotline_yaml_lacks(lacking: str, code: str, tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    flows.mkdir()
    for name, raw in small_files(keys='numbers: {"+862155500000": main}\n').items():
        (flows / name).write_bytes(raw)
    hotline = flows / "hotline.yaml"
    hotline.write_text(re.sub(lacking, "", hotline.read_text("utf-8"), flags=re.M), "utf-8")
    settings = {"IVR_FLOWS": str(flows), "IVR_DATABASE_URL": f"sqlite:///{tmp_path}/ivr.db"}

    done = subprocess.run(
        [sys.executable, "-c", "from ivr.cli.main import main; main()", "publish", "-m", "x"],
        env={**os.environ, **settings},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "lint      FAILED" in done.stdout and code in done.stdout, done.stdout + done.stderr
