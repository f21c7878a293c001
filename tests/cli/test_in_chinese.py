"""A reader who asks for Chinese reads Chinese: what commands print, refuse, explain, and what click says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ivr.cli.shared.help_layout import first_sentence
from ivr.lint.formats.text import width

COMPLAINT = "1\n\n3\n\nspeak 信用卡\nrecord 重复扣费\n1\nhang up\n"
NAMES = r"\bivr(?: [a-z]+)*|`[^`]*`|“[^”]*”|'[^']*'|[\w./-]*[A-Z_./:<>=-][\w./:*<>=+-]*"
"""What stays as it is in every language: commands, names of files, options and settings."""


def english_in(text: str) -> list[str]:
    """Lines with two English words one after another, which no Chinese sentence has."""
    lines = (re.sub(NAMES, "·", line) for line in text.splitlines())
    return [line for line in lines if re.search(r"[a-z]{2,} [a-z]{2,}", line)]


@pytest.mark.parametrize(
    ("words", "environ"),
    [
        ([], {}),
        (["--help"], {}),
        (["cases", "list", "--help"], {}),
        (["serve", "--help"], {}),
        (["hours"], {}),
        (["lint", "--formt", "x"], {}),
        (["lint", "a", "b"], {}),
        (["linnt"], {}),
        (["cases", "list", "--kind", "x"], {}),
        (["cases", "list", "--limit", "x"], {}),
        (["cases", "list", "--limit", "0"], {}),
        (["cases", "list", "--due-before", "x"], {}),
        (["cases", "list", "--owner", ""], {}),
        (["cases", "due", "--owner", ""], {}),
        (["cases", "list", "--owner", "nobody_here"], {}),
        (["cases", "due", "--team", "nobody_here"], {}),
        (["cases", "list", "--customer", "x"], {}),
        (["cases", "list"], {}),
        (["cases", "show", "123"], {}),
        (["call", "nowhere"], {}),
        (["call", "--lang", "fr-FR"], {}),
        (["call", "--save", "flows"], {}),
        (["call", "--save", "nowhere/x.call.yaml"], {}),
        (["serve"], {}),
        (["serve", "--play", "nowhere"], {}),
        (["serve", "--play", "flows/main.yaml"], {}),
        (["serve", "--watch"], {"TWILIO_AUTH_TOKEN": "an-invented-token"}),
        (["worker", "--at", "2026-03-02T22:10+08:00"], {}),
        (["db", "check"], {}),
        (["db", "check"], {"IVR_DATABASE_URL": ""}),
        (["db", "check"], {"IVR_DATABASE_URL": "mysql://host/calls"}),
        (["db", "check"], {"IVR_DATABASE_URL": "sqlite:///"}),
        (["db", "check"], {"IVR_DATABASE_URL": "sqlite:///calls.db?mode=ro"}),
        (["db", "check"], {"IVR_DATABASE_URL": "postgresql://host:port/calls"}),
        (["db", "backup", "copy.db"], {}),
        (["new", "hotline"], {}),
        (["new", "hotline", "there"], {}),
        (["lint", "nowhere"], {}),
    ],
)
def test_nothing_of_a_command_is_left_in_english(ivr, words: list[str], environ: dict[str, str]) -> None:
    done = ivr(*words, IVR_LANG="zh-CN", **environ)

    said = done.stdout + done.stderr
    assert re.search(r"[\u4e00-\u9fff]", said) and "Traceback" not in said
    assert english_in(said) == []


def test_a_call_and_its_case_are_told_in_chinese(ivr, folder: Path) -> None:
    called = ivr("call", "--at", "2026-03-02T22:10", given=f"hello\n{COMPLAINT}", IVR_LANG="zh")
    number = called.stdout.splitlines()[-1].removeprefix("案件 ")

    listed = ivr("cases", "list", IVR_LANG="zh").stdout
    shown = ivr("cases", "show", number, "--lang", "zh").stdout

    assert "（“hello”不是按键。要说这句话，请输入 /speak hello）" in called.stdout
    late = r"2026-03-17 到期、逾期 \d+ 个工作日、模拟\n"
    assert re.fullmatch(rf"{number}  2026-03-02T22:10:00\+08:00  投诉（card）：待处理、{late}", listed)
    assert shown.startswith(f"{number}  投诉（card）：待处理") and "来电人提供：业务 card" in shown
    assert english_in(shown) == []
    done = ivr("db", "backup", "copy.db", IVR_LANG="zh").stdout
    assert re.fullmatch(r"copy\.db 已生成并核对：0\.\d MB，1 通电话，最新一通在 2026-03-02 14:10 UTC\n", done)


def test_a_language_the_caller_speaks_and_no_catalogue_has_leaves_the_reader_s_own(ivr) -> None:
    done = ivr("call", "--lang", "fr-FR", IVR_LANG="zh-CN")

    assert done.stderr == "ivr：热线没有语言“fr-FR”。可用的语言：zh-CN、en-US。\n"


def test_click_says_the_same_as_before_to_who_reads_english(ivr) -> None:
    after_chinese = ivr("lint", "--formt", "x", IVR_LANG="zh-CN").stderr
    done = ivr("lint", "--formt", "x")

    assert after_chinese.endswith("错误：没有选项“--formt”。是不是想写“--format”？\n")
    assert done.stderr == (
        "Usage: ivr lint [OPTIONS] [PATH]\nTry 'ivr lint --help' for help.\n\n"
        "Error: No such option '--formt'. Did you mean '--format'?\n"
    )


def test_what_is_missing_is_a_whole_sentence(ivr) -> None:
    assert ivr("hours").stderr.endswith("Error: TIME is missing. Write it.\n")
    assert ivr("hours", IVR_LANG="zh-CN").stderr.endswith("错误：缺少参数 TIME，请补上。\n")


@pytest.mark.parametrize("words", [["--help"], ["serve", "--help"], ["replay", "--help"], ["doctor", "--help"]])
def test_help_fits_a_terminal_whose_chinese_characters_take_two_columns(ivr, words: list[str]) -> None:
    lines = ivr(*words, IVR_LANG="zh-CN").stdout.splitlines()

    assert max(map(width, lines)) <= 80
    assert not [line for line in lines if line.strip()[:1] in tuple("，。；：、！？）”")]


def test_a_command_in_the_list_is_told_by_its_first_sentence() -> None:
    assert first_sentence("检查流程。\n\n退出码 0：没有错误。") == "检查流程"
