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


def test_the_difference_as_json(ivr, folder) -> None:
    with_old_flows(folder)
    edit(folder, "main.yaml", "next: flow complaint", "next: flow feedback")

    found = json.loads(ivr("diff", "old", "flows", "--json").stdout)

    assert list(found) == ["before", "after", "changes", "fixtures"]
    (change,) = found["changes"]
    assert list(change) == ["flow", "step", "what", "name", "changes_behavior", "sentence", "before", "after"]
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
