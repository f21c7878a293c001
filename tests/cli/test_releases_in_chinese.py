"""Diff, impact, publish, releases and rollback for a reader of Chinese: what is typed, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_here import Run, change_welcome, log

from ivr.messages import reader

WRONG = """\
call: wrong
at: 2026-03-02T10:00+08:00
turns:
  - {hear: 你好世界, press: 1}
ends: {disposition: abandoned, case: no}
"""


@pytest.fixture
def folder(small_folder: Path) -> Path:
    return small_folder


@pytest.fixture
def chinese(ivr: Run) -> Iterator[Run]:
    """The command as a reader of Chinese types it; what runs after it is English again."""
    yield lambda *words, given="", **environ: ivr(*words, given=given, IVR_LANG="zh-CN", **environ)
    reader.read_in("en")


def test_publishing_and_going_back_is_told_in_chinese(chinese: Run, folder: Path) -> None:
    calls = folder / "tests" / "calls"
    calls.mkdir(parents=True)
    first = chinese("publish", "-m", "第一版", "--author", "李伟")
    (calls / "wrong.call.yaml").write_text(WRONG, encoding="utf-8")
    change_welcome(folder, "Good day")
    changed = chinese("diff")
    refused = chinese("publish", "-m", "新的欢迎语", "--author", "李伟")
    forced = chinese("publish", "-m", "新的欢迎语", "--author", "李伟", "--force")
    back = chinese("rollback", "--author", "王芳")
    listed = chinese("releases").stdout.splitlines()

    new, old = (str(row["release"])[:12] for row in log(chinese)[1:])
    assert first.stdout.splitlines()[-2:] == [
        "impact    跳过  最近 7 天没有通话记录",
        f"版本 {old} 已上线：新来电立即使用。",
    ]
    assert changed.stdout.startswith(
        f"从版本 {old}，到文件夹“flows”里的文件：\n\n流程 main\n  播报“welcome”：话术变了（English）\n"
    )
    assert "lint      通过  4 个文件，0 处错误，0 处警告" in refused.stdout
    assert refused.stdout.splitlines()[-1] == (
        f"没有发布：fixtures 没有通过。新来电仍使用 {old}。请修改流程，或加 --force 再发布一次。"
    )
    assert forced.stdout.splitlines()[-3:] == [
        "强制发布：fixtures 没有通过，照样上线。`ivr releases` 里会注明。",
        f"版本 {new} 已上线：新来电立即使用。",
        f"{old} 上没有进行中的电话。",
    ]
    assert back.stdout.splitlines() == [f"版本 {old} 重新上线：新来电立即使用。", f"{new} 上没有进行中的电话。"]
    assert [line.partition("  20")[0] for line in listed] == [f"线上  {old}", f"      {new}", f"      {old}"]
    assert listed[0].endswith("  回退，王芳：没有说明")
    assert "李伟：新的欢迎语；强制发布（" in listed[1]


def test_calls_that_an_edit_diverts_are_told_in_chinese(chinese: Run, folder: Path) -> None:
    chinese("publish", "-m", "第一版")
    chinese("call", given="2\n/hang-up\n")
    path = folder / "flows" / "main.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("next: flow complaint", "next: hours"), encoding="utf-8")

    lines = chinese("impact", "--simulated").stdout.splitlines()

    assert re.fullmatch(r"2\S+ \S+ UTC 以来的 1 通电话：重放 1 通，跳过 0 通，无法读取 0 通。", lines[0])
    assert lines[1] == "1 通改道。"
    assert lines[3] == "main：菜单“menu”：按键 2（“投诉”）的去向改为步骤“hours”（原来：流程“complaint”）。"
    assert lines[4] == (
        "  1 位来电人（100.0%）在流程“main”的步骤“menu”选了“投诉”，接着改为流程“main”的步骤“hours”"
        "（原来：流程“complaint”）；此时：1 件投诉没有登记。"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("rollback",), ("rollback", "ffff"), ("rollback", "abcd", "--author", "x"), ("publish", "-m", " "),
        ("publish", "-m", "x" * 1001), ("diff", "yesterday"), ("diff", "ffff"), ("impact", "--since", "yesterday"),
        ("impact", "--since", "2026-03-02"), ("impact", "--since", "0001-01-01T00:00+08:00"),
        ("impact", "--release", "ffff"), ("impact", "--against", "yesterday"), ("call", "--at", "noon"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_is_wrong_is_told_in_chinese(chinese: Run, words: tuple[str, ...]) -> None:
    chinese("publish", "-m", "第一版")

    done = chinese(*words)

    assert done.returncode == 2
    assert done.stderr.startswith("ivr：") and done.stderr.endswith("。\n")
    said = re.sub(r"`[^`]*`|“[^”]*”", "", done.stderr)
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", said), said
