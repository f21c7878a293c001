"""`ivr explore` as ops and testers use it: what it prints, what it saves, what it answers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

BUILT_IN = 13
"""Of calls of any kind and of our own; and that every step and exit is reached."""
SMALL = Path(__file__).parents[2] / "docs" / "small"


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "flows" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def small(folder: Path) -> Path:
    """Instead of the shipped flows the small hotline."""
    shutil.rmtree(folder / "flows")
    shutil.copytree(SMALL, folder / "flows")
    return folder


@pytest.fixture
def wrong(folder: Path) -> Path:
    """Instead of the shipped flows the small hotline, which breaks a promise."""
    shutil.rmtree(folder / "flows")
    shutil.copytree(SMALL, folder / "flows")
    promise = "promises:\n  - {choice: main.menu 1, leads to: complaint}\nlimits:"
    change(folder, "hotline.yaml", "limits:", promise)
    return folder


def test_the_shipped_flows_are_proved_and_it_says_what_is_not_covered(ivr) -> None:
    done = ivr("explore")

    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Walked ") and "the walk knew all of them" in lines[1]
    promised = yaml.safe_load((Path(__file__).parents[2] / "flows" / "hotline.yaml").read_bytes())["promises"]
    assert sum(line.startswith("  holds") for line in lines) == BUILT_IN + len(promised)
    assert lines[-2].startswith("Not covered: what the words mean")
    assert lines[-1] == "Every promise holds."


def test_a_broken_promise_is_a_dialogue_and_a_fixture_that_replays(ivr, folder: Path) -> None:
    change(folder, "main.yaml", "next: flow feedback", "next: flow inquiry")

    done = ivr("explore")

    assert done.returncode == 1
    said = "choice: main.menu 4, leads to: feedback: this choice leads to inquiry.topic, not to feedback."
    assert f"  BROKEN  {said}" in done.stdout
    saved = sorted(path.name for path in (folder / "broken").glob("*.call.yaml"))
    assert saved == ["choice-main-menu-4-leads-to-feedback.call.yaml"]
    assert f"saved as broken/{saved[0]}" in done.stdout
    assert "            > press 4" in done.stdout
    replayed = ivr("replay", "broken")
    assert replayed.returncode == 0, replayed.stdout


def test_a_step_no_call_comes_to_is_named_with_its_line(ivr, folder: Path) -> None:
    change(folder, "contact.yaml", "      - {next: ask}", "      - {next: same}")
    change(folder, "contact.yaml", "    no: ask\n", "    no: return none\n")
    change(folder, "contact.yaml", "tries: 2, next: ask", "tries: 2, next: return none")

    done = ivr("explore", "--json")

    assert done.returncode == 1
    found = json.loads(done.stdout)["never_reached"]
    lines = (folder / "flows" / "contact.yaml").read_text(encoding="utf-8").splitlines()
    at = {"file": "flows/contact.yaml", "line": lines.index("  ask:") + 1}
    assert {**at, "flow": "contact", "step": "ask", "exit": None} in found


def test_json_says_what_was_walked_checked_and_promised(ivr, small: Path) -> None:
    found = json.loads(ivr("explore", "--json").stdout)

    assert found["proved"] is True and found["complete"] is True
    assert found["states"] > 50 and found["edges"] > found["states"]
    assert found["checked"]["turns"] > 10_000 and found["checked"]["unknown_turn"] == ""
    assert all(promise["holds"] and promise["evidence"] for promise in found["promises"])


def test_a_cap_on_states_is_said_and_never_called_proved(ivr) -> None:
    done = ivr("explore", "--states", "300")

    assert done.returncode == 2
    assert "nothing is proved" in done.stdout
    assert "What takes the most different forms is " in done.stdout
    assert "Every promise holds" not in done.stdout


def test_one_flow_can_be_walked_alone(ivr) -> None:
    done = ivr("explore", "feedback")

    assert done.returncode == 0, done.stdout
    assert "never endless" in done.stdout
    assert "leads to" not in done.stdout


def test_what_cannot_be_walked_is_refused_in_a_sentence(ivr, folder: Path) -> None:
    assert 'there is no flow "complaints"' in ivr("explore", "complaints").stderr
    change(folder, "main.yaml", "next: flow inquiry", "next: flow inquiri")
    broken = ivr("explore")

    assert broken.returncode == 2
    assert "unknown-target" in broken.stderr
    assert "Traceback" not in broken.stderr


def test_a_folder_that_cannot_be_written_is_a_sentence(ivr, wrong: Path) -> None:
    (wrong / "taken").write_text("a file", encoding="utf-8")

    done = ivr("explore", "--save", "taken")

    assert done.returncode == 2
    assert done.stderr.startswith("ivr: taken/") and done.stderr.endswith(" Name another --save.\n")


@pytest.fixture
def survey(folder: Path) -> Path:
    """A line of one question and nobody to cycle, which waives the promise of a person."""
    shutil.rmtree(folder / "flows")
    shutil.copytree(SMALL, folder / "flows")
    for file in ("complaint.yaml", "agent.yaml"):
        (folder / "flows" / file).unlink()
    hotline = (folder / "flows" / "hotline.yaml").read_text(encoding="utf-8").replace("flow agent", "goodbye")
    waived = "waive: {a person: a survey has no agents, intake kept: nothing is kept}\n"
    (folder / "flows" / "hotline.yaml").write_text(hotline + waived, encoding="utf-8")
    (folder / "flows" / "main.yaml").write_text(
        "flow: main\ntitle: {zh-CN: 调查, en-US: Survey}\nsteps:\n"
        "  rating: {yes_no: {zh-CN: 满意吗？, en-US: Are you content?}, next: goodbye}\n",
        encoding="utf-8",
    )
    return folder


WARNING = "  WARNING intake kept is waived (nothing is kept), but holds: take it out of waive in hotline.yaml."


@pytest.mark.usefixtures("survey")
def test_a_promise_that_is_waived_is_said_with_its_reason_and_one_waived_for_nothing_is_told(ivr) -> None:
    done, whole = ivr("explore"), json.loads(ivr("explore", "--json").stdout)

    assert done.returncode == 0, done.stdout
    assert "  waived  a person: a survey has no agents (else: " in done.stdout
    assert WARNING in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1] == "Every promise holds that is not waived."
    assert [(w["promise"], w["flow"], w["reason"], w["holds"]) for w in whole["waived"]] == [
        ("a person", None, "a survey has no agents", False),
        ("intake kept", None, "nothing is kept", True),
    ]
    assert whole["proved"] is True


@pytest.mark.usefixtures("survey")
def test_publishing_says_what_is_waived_and_why(ivr) -> None:
    done = ivr("publish", "-m", "a survey", "--author", "ops")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "7 promises hold in " in done.stdout and ", 1 waived" in done.stdout
    assert "waived  a person: a survey has no agents" in done.stdout
    assert "WARNING intake kept is waived" in done.stdout


@pytest.mark.usefixtures("wrong")
def test_publishing_asks_for_proof_and_can_be_forced_past_it(ivr) -> None:
    refused = ivr("publish", "-m", "a wrong target")
    forced = ivr("publish", "-m", "a wrong target", "--force", "--author", "ops")

    assert refused.returncode == 1
    assert "explore   FAILED" in refused.stdout and "BROKEN  choice: main.menu 1" in refused.stdout
    assert forced.returncode == 0
    assert "Forced: published although explore failed." in forced.stdout


def reword(folder: Path) -> None:
    change(folder, "main.yaml", "en-US: Welcome.", "en-US: Welcome to us.")


def test_a_reworded_prompt_is_proved_in_a_moment_and_fresh_walks_again(ivr, small: Path) -> None:
    first = ivr("explore")
    reword(small)

    again, fresh = ivr("explore"), ivr("explore", "--fresh")

    assert first.stdout.startswith("Walked ")
    assert again.stdout.startswith("Only words changed since an earlier proof")
    assert fresh.stdout.startswith("Walked ")
    assert again.stdout.splitlines()[1:] == fresh.stdout.splitlines()[1:]
    assert not list((small / "flows").glob("**/*.json"))


def test_publishing_uses_a_proof_that_is_kept(ivr, small: Path) -> None:
    ivr("explore")
    reword(small)

    done = ivr("publish", "-m", "reworded", "--author", "ops")

    assert done.returncode == 0, done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("explore")]
    assert line.endswith("; only words changed since they were proved")


def test_a_call_that_breaks_a_promise_says_why_and_where_to_look(ivr, small: Path) -> None:
    change(small, "agent.yaml", "transfer: agents\n", "transfer: agents\n    closed: goodbye\n")
    change(small, "hotline.yaml", "limits:", "promises: [{from: everywhere, press: 0, reaches: a person}]\nlimits:")

    done = ivr("explore", "--lang", "en-US")
    replayed = ivr("replay", "broken")
    data = json.loads(ivr("explore", "--json").stdout)

    assert done.returncode == 1
    said = "at 00:00, agents closed, key 0 leads to goodbye and not to a person"
    assert said in done.stdout
    assert "see flows/hotline.yaml:70 the promise" in done.stdout
    assert "How can we help?" in done.stdout and "请选择服务" not in done.stdout
    assert replayed.returncode == 0, replayed.stdout
    broken = next(each for each in data["promises"] if each["promise"].startswith("from: everywhere, press: 0"))
    assert broken["facts"]["hours.agents"] == "closed" and broken["at"].endswith("T00:00:00+08:00")
    assert any(each.startswith("flows/main.yaml:") for each in broken["look_at"])


def test_a_language_the_hotline_does_not_speak_is_refused_with_those_it_does(ivr) -> None:
    done = ivr("explore", "--lang", "fr-FR")

    assert done.returncode == 2
    assert done.stderr == 'ivr: there is no language "fr-FR" in the flows. Write zh-CN or en-US.\n'
