"""Proofs, coverage, replays and random calls for somebody who reads Chinese: all of it, and nothing of it in JSON."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_here import Run
from left_in_english import left_in_english

from ivr.messages.catalogue import ENGLISH
from ivr.messages.reader import read_in

SMALL = Path(__file__).parents[2] / "docs" / "small"
PROMISES = "promises:\n  - {choice: main.menu 1, leads to: complaint}\nwaive:\n  intake kept: 试用\nlimits:"
CALL = """\
call: 来电人询问营业时间
at: 2026-03-02T22:10
from: "+862155500123"
turns:
  - {hear: 请选择服务, press: 1}
  - hang up
ends: {disposition: abandoned, case: no}
"""
ZH = "zh-CN"


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """The language a command has chosen is of this process: other tests read English."""
    yield
    read_in(ENGLISH)


@pytest.fixture
def folder(folder: Path) -> Path:
    """A working directory with the small hotline, which breaks a promise, and a fixture."""
    shutil.rmtree(folder / "flows")
    shutil.copytree(SMALL, folder / "flows")
    hotline = folder / "flows" / "hotline.yaml"
    hotline.write_text(hotline.read_text("utf-8").replace("limits:", PROMISES), "utf-8")
    (folder / "tests").mkdir()
    (folder / "tests" / "hours.call.yaml").write_text(CALL, "utf-8")
    return folder


def test_a_broken_promise_says_why_in_chinese_and_is_saved_so(ivr: Run, folder: Path) -> None:
    done = ivr("explore", IVR_LANG="zh_CN.UTF-8")

    lines = done.stdout.splitlines()
    assert (done.returncode, left_in_english(lines)) == (1, [])
    assert "  不成立  choice: main.menu 1, leads to: complaint：这个选项到了 main.menu，而不是 complaint。" in lines
    assert "          请看 flows/main.yaml:9 main.menu，通话走到这里为止" in lines
    assert "              请选择服务。" in lines
    assert lines[-1] == "有 1 条承诺不成立。"
    (saved,) = (folder / "broken").iterdir()
    assert saved.read_text("utf-8").startswith("call: '违反承诺 choice: main.menu 1, leads to: complaint：")


@pytest.mark.parametrize(
    ("words", "lang", "heard"),
    [
        (["--lang", "en-US"], "", "How can we help?"),
        (["--lang", "en"], ZH, "How can we help?"),
        ([], "en", "How can we help?"),
        ([], ZH, "请选择服务。"),
        (["--lang", "zh"], "en", "请选择服务。"),
    ],
)
def test_the_call_is_shown_in_the_readers_language(ivr: Run, words: list[str], lang: str, heard: str) -> None:
    done = ivr("explore", *words, **({"IVR_LANG": lang} if lang else {}))

    assert f"              {heard}" in done.stdout.splitlines()
    chinese = "zh" in words or (not words and lang == ZH)
    assert done.stdout.splitlines()[-1] == ("有 1 条承诺不成立。" if chinese else "1 promise is broken.")


def test_json_is_english_with_the_values_of_its_sentences(ivr: Run) -> None:
    done = ivr("explore", "--json", IVR_LANG=ZH)

    promises = json.loads(done.stdout)["promises"]
    (broken,) = (promise for promise in promises if not promise["holds"])
    assert broken["why"] == "this choice leads to main.menu, not to complaint."
    assert broken["values"] == {"place": "main.menu", "goal": "complaint"}


def test_a_proof_that_is_kept_is_read_in_either_language(ivr: Run, folder: Path) -> None:
    hotline = folder / "flows" / "hotline.yaml"
    hotline.write_text(hotline.read_text("utf-8").replace("leads to: complaint", "leads to: main.hours"), "utf-8")
    first = ivr("explore")
    chinese, english = ivr("explore", IVR_LANG=ZH).stdout.splitlines(), ivr("explore").stdout.splitlines()

    assert first.returncode == 0, first.stdout
    assert left_in_english(chinese) == []
    assert (chinese[0][:6], chinese[-1]) == ("自上次证明（", "每条承诺都成立。")
    assert english[2:-2] == first.stdout.splitlines()[2:-2]


def test_replays_and_coverage_are_told_in_chinese(ivr: Run, folder: Path) -> None:
    for name, (old, new) in {
        "words": ("请选择服务", "您好吗"),
        "act": ("press: 1", "record: 你好"),
        "late": ("  - hang up\n", "  - hang up\n  - {press: 1}\n"),
        "ends": ("abandoned", "completed"),
        "case": ("case: no", "case: complaint"),
        "on": ("  - hang up\n", ""),
    }.items():
        (folder / "tests" / f"{name}.call.yaml").write_text(CALL.replace(old, new), "utf-8")

    for words in (["replay", "tests"], ["replay", "--diff", "tests"], ["coverage"], ["coverage", "--format", "html"]):
        done = ivr(*words, IVR_LANG=ZH)
        lines = [line for line in done.stdout.split("</style>")[-1].splitlines() if "Welcome" not in line]
        assert (done.returncode, left_in_english(lines)) == (1, []), words
        assert any("通过" in line for line in lines)


def test_random_calls_and_captured_ones_are_told_in_chinese(ivr: Run, folder: Path) -> None:
    database = {"IVR_DATABASE_URL": "sqlite:///calls.db", "IVR_LANG": ZH}
    said = [
        ivr("fuzz", "--calls", "10", IVR_LANG=ZH).stdout,
        ivr("fuzz", "--fill", "3d", "--calls-a-day", "40", **database).stdout,
        ivr("replay", "--since", "9d", **database).stdout,
        ivr("capture", "--since", "9d", **database).stdout,
        *(ivr(*words, **database).stderr.splitlines()[-1] for words in WRONG),
    ]

    assert left_in_english("\n".join(said).splitlines()) == []
    assert all(any("\u4e00" <= c <= "\u9fff" for c in each) for each in said)


WRONG = (
    ["explore", "nowhere"],
    ["coverage", "nowhere"],
    ["replay"],
    ["replay", "nowhere.yaml"],
    ["replay", "CAnowhere"],
    ["capture"],
    ["capture", "CAnowhere"],
    ["fuzz", "--fill", "1y"],
    ["fuzz", "--fill", "1d"],
    ["fuzz", "--fill", "1d", "--flow", "main"],
    ["fuzz", "--flow", "nowhere"],
    ["fuzz", "--url", "http://bank.example.com"],
)
