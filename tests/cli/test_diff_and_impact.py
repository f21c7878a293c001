"""`ivr diff` and `ivr impact`: what they print, their exit codes, and what they say when they cannot run."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

COMPLAINT = "1\n\n3\n1\n/record I was charged twice\n1\n/hang-up\n"
FEEDBACK = "1\n\n4\n5\n1\n\n"


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "flows" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def with_old_flows(folder: Path) -> None:
    shutil.copytree(folder / "flows", folder / "old")


def test_a_folder_against_itself_has_no_difference(ivr) -> None:
    done = ivr("diff", "flows")

    assert done.returncode == 0
    assert done.stdout == "From the files in flows to the files in flows nothing changed.\n"


def test_an_edit_is_reported_with_the_fixtures_that_have_a_different_result(ivr, folder) -> None:
    with_old_flows(folder)
    calls = folder / "tests" / "calls"
    calls.mkdir(parents=True)
    for name in ("complaint_at_night", "feedback_in_silence", "silence_at_the_menu"):
        shutil.copy(Path(__file__).parents[1] / "calls" / f"{name}.call.yaml", calls)
    edit(folder, "main.yaml", "next: flow complaint", "next: flow feedback")
    edit(folder, "feedback.yaml", "请为我们的服务打分，1分最低，5分最高，请按1到5。", "请打分，5分最高，请按1到5。")

    done = ivr("diff", "old")

    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert '  menu "menu": key 3 ("投诉") now leads to the flow "feedback" (before: the flow "complaint")' in lines
    assert "      now:    请打分，5分最高，请按1到5。" in lines
    assert "3 fixtures played: 1 has a different result, 1 only hear other words." in lines
    assert any(line.startswith("  fails now tests/calls/complaint_at_night.call.yaml:") for line in lines)


CHOICE = """\
      6:
        label: {zh-CN: 网点查询, en-US: our branches}
        next: person
"""


def with_fixtures(folder: Path, *names: str) -> None:
    calls = folder / "tests" / "calls"
    calls.mkdir(parents=True)
    for name in names:
        shutil.copy(Path(__file__).parents[1] / "calls" / f"{name}.call.yaml", calls)


def test_words_that_follow_from_a_new_choice_are_folded_under_it(ivr, folder) -> None:
    with_old_flows(folder)
    with_fixtures(folder, "complaint_at_night", "silence_at_the_menu", "wrong_keys_at_the_menu")
    edit(folder, "main.yaml", "        next: elderly\n", f"        next: elderly\n{CHOICE}")

    lines = ivr("diff", "old").stdout.splitlines()

    assert lines[2:] == [
        "flow main",
        '  menu "menu": new: key 6 ("网点查询") leads to "person"',
        "      2 fixtures hear other words for it, such as tests/calls/complaint_at_night.call.yaml",
        "",
        "3 fixtures played: 1 has a different result, 2 only hear other words.",
        lines[-1],
    ]
    assert lines[-1].startswith("  fails now tests/calls/wrong_keys_at_the_menu.call.yaml:")


def test_choices_that_move_behind_a_new_one_are_one_line_and_their_fixtures_one_more(ivr, folder) -> None:
    with_old_flows(folder)
    with_fixtures(folder, "complaint_at_night", "feedback_in_silence", "silence_at_the_menu")
    path = folder / "flows" / "main.yaml"
    text = path.read_text(encoding="utf-8")
    for key in (5, 4, 3, 2):
        text = text.replace(f"\n      {key}:\n", f"\n      {key + 1}:\n")
    path.write_text(text.replace("\n      3:\n", f"\n{CHOICE.replace('6', '2')}      3:\n"), encoding="utf-8")

    lines = ivr("diff", "old").stdout.splitlines()

    moved = (
        '"业务咨询" from key 2 to 3, "投诉" from key 3 to 4, "意见和评价" from key 4 to 5, "长者服务" from key 5 to 6'
    )
    assert f'  menu "menu": 4 choices moved, {moved}' in lines
    assert "3 fixtures played: 2 have a different result, 1 only hear other words." in lines
    assert '            and 1 other like it, from the step "menu" of "main"; --json lists them' in lines
    assert len(lines) < 12


def test_words_that_follow_from_the_hotline_s_are_folded_under_those(ivr, folder) -> None:
    with_old_flows(folder)
    with_fixtures(folder, "complaint_at_night", "silence_at_the_menu", "agents_busy")
    edit(folder, "hotline.yaml", 'announce: "{label}，请按{key}。"', 'announce: "按{key}，{label}。"')

    lines = ivr("diff", "old").stdout.splitlines()

    assert "the hotline itself" in lines
    assert any("fixtures hear other words for it" in line for line in lines)
    assert not any(line.startswith("  words ") for line in lines)


def test_a_new_name_of_a_choice_is_words_only(ivr, folder) -> None:
    with_old_flows(folder)
    with_fixtures(folder, "complaint_at_night", "silence_at_the_menu")
    edit(
        folder, "main.yaml", "label: {zh-CN: 投诉, en-US: a complaint}", "label: {zh-CN: 我要投诉, en-US: a complaint}"
    )

    found = json.loads(ivr("diff", "old", "--json").stdout)["fixtures"]

    assert [(change["words"], change["flow"], change["step"]) for change in found["changed"]] == [
        (True, "main", "menu")
    ]


def test_the_difference_as_json(ivr, folder) -> None:
    with_old_flows(folder)
    edit(folder, "main.yaml", "next: flow complaint", "next: flow feedback")

    found = json.loads(ivr("diff", "old", "flows", "--json").stdout)

    assert list(found) == ["before", "after", "changes", "fixtures"]
    (change,) = found["changes"]
    assert list(change) == ["flow", "step", "what", "name", "changes_behavior", "sentence", "before", "after", "values"]
    assert (change["flow"], change["step"], change["name"]) == ("main", "menu", "投诉")
    assert change["changes_behavior"] is True


def test_a_release_is_named_by_the_start_of_its_hash(ivr, folder) -> None:
    ivr("call", given="1\n")
    releases = {
        case["release"]
        for case in [json.loads(ivr("impact", "--simulated", "--json").stdout)]
        for case in [{"release": next(iter(case["releases"]))}]
    }
    (name,) = releases
    edit(folder, "main.yaml", "请选择服务。", "请选。")

    done = ivr("diff", name[:8])

    assert done.returncode == 1
    assert done.stdout.startswith(f"From release {name[:12]} to the files in flows:")


def test_what_cannot_be_compared_is_told_in_a_sentence(ivr, folder) -> None:
    nothing = ivr("diff")
    word = ivr("diff", "yesterday")
    ivr("call", given="1\n")
    unknown = ivr("diff", "abcdef12")
    empty = ivr("diff")

    assert [done.returncode for done in (nothing, word, unknown, empty)] == [2, 2, 2, 2]
    assert "there is no database ivr.db yet" in nothing.stderr
    assert '"yesterday" is neither a folder nor a release' in word.stderr
    assert 'no release begins with "abcdef12"' in unknown.stderr
    assert "no release is live yet" in empty.stderr


def test_diverted_calls_are_reported_with_an_example(ivr, folder) -> None:
    ivr("call", "--at", "2026-03-02T22:10", given=COMPLAINT)
    ivr("call", "--at", "2026-03-02T22:20", given=FEEDBACK)
    with_old_flows(folder)
    edit(folder, "main.yaml", "next: flow complaint", "next: flow feedback")

    done = ivr("impact", "--simulated", "--since", "2026-03-01T00:00+08:00", "--examples", "examples")

    assert done.returncode == 0, done.stderr
    assert "2 calls since 2026-02-28 16:00 UTC: 2 replayed, 0 skipped, 0 unreadable.\n1 diverted, 1 the same." in (
        done.stdout
    )
    assert '1 caller (50.0%) who chose "投诉" at "menu" of "main" reaches the flow "feedback"' in done.stdout
    (example,) = (folder / "examples").glob("*.call.yaml")
    written = example.read_text(encoding="utf-8")
    assert "charged twice" not in written and "+12025550123" not in written
    assert ivr("replay", "examples", IVR_FLOWS="old").returncode == 0
    assert ivr("replay", "examples").returncode == 1


def test_real_calls_only_unless_it_is_asked_for_others(ivr) -> None:
    ivr("call", given=COMPLAINT)

    found = json.loads(ivr("impact", "--json").stdout)

    assert (found["calls"], found["groups"]) == (0, [])


def test_the_report_as_json(ivr, folder) -> None:
    ivr("call", given=COMPLAINT)
    edit(folder, "complaint.yaml", "with: [product, story, phone]", "with: [product, story]")

    found = json.loads(ivr("impact", "--simulated", "--json", "--jobs", "1").stdout)

    assert (found["calls"], found["replayed"], found["diverted"]) == (1, 1, 1)
    (group,) = found["groups"]
    assert (group["what"], group["flow"], group["step"]) == ("other record", "complaint", "open")
    assert group["because"] == ['case "open": "phone" is no longer put on the case (before: "{phone}")']
    assert re.fullmatch(r"CA[0-9a-f]{32}", group["example"])


def test_impact_that_cannot_run_is_told_in_a_sentence(ivr, folder) -> None:
    nothing = ivr("impact")
    ivr("call", given="1\n")
    when = ivr("impact", "--since", "yesterday")
    edit(folder, "main.yaml", "next: flow complaint", "next: nowhere")
    broken = ivr("impact")

    assert [done.returncode for done in (nothing, when, broken)] == [2, 2, 2]
    assert "there is no database" in nothing.stderr and "--since" in when.stderr
    assert "nowhere" in broken.stderr and "Traceback" not in nothing.stderr + when.stderr + broken.stderr
