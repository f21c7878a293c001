"""`make run`: one call is played on a database of its own, and nothing of it is left for the hotline."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from served_hotline import IVR, serving

ROOT = Path(__file__).parents[2]
CALL = ROOT / "tests" / "calls" / "complaint_at_night.call.yaml"


@pytest.mark.parametrize("environ", [{}, {"IVR_DATABASE_URL": "sqlite:///mine.db"}], ids=["usual", "named"])
def test_a_demonstration_leaves_no_case_no_release_and_no_file(tmp_path: Path, environ: dict[str, str]) -> None:
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    (tmp_path / "tmp").mkdir()

    with serving(tmp_path, "--sandbox", "--play", str(CALL), TMPDIR=str(tmp_path / "tmp"), **environ) as served:
        served.wait_for("case ")
        served.wait_for("Ctrl-C")
        kept = [path.name for path in (tmp_path / "tmp").rglob("*.db")]

    assert kept == ["demonstration.db"]
    assert list((tmp_path / "tmp").glob("ivr-demonstration-*")) == []
    assert list(tmp_path.glob("*.db*")) == []


def test_a_demonstration_speaks_the_reader_s_language(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flows", tmp_path / "flows")

    with serving(tmp_path, "--sandbox", "--play", str(CALL), IVR_LANG="zh-CN") as served:
        served.wait_for("：投诉（card）、待处理、20")
        served.wait_for("  来电人的案情：信用卡被重复扣费")
        served.wait_for("按 Ctrl-C 停止热线")
    assert [line for line in served.said if re.search(r"、20\d\d年\d+月\d+日 到期$", line.strip())]


def test_a_call_that_cannot_be_played_is_told_by_its_findings(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    (tmp_path / "odd.call.yaml").write_text("call: odd\n", encoding="utf-8")

    with serving(tmp_path, "--sandbox", "--play", "odd.call.yaml") as served:
        served.wait_for("odd.call.yaml:1:1: error missing-key: ")


ANSWERS = "\n1\n2\n/record 又扣了一次\n5\n"


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_a_demonstration_prints_leads_the_case_to_the_customer_s_no(tmp_path: Path, language: str) -> None:
    """Typed as printed, line by line: the customer is phoned, says no, and the case is open again until a new day."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    (tmp_path / ".venv").symlink_to(IVR.parent.parent)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    reader = {"IVR_LANG": language, "IVR_EXCHANGE_PORT": port}

    with serving(tmp_path, "--sandbox", "--workers", "1", "--play", str(CALL), **reader) as served:
        served.wait_for("Ctrl-C")
        printed = "".join(served.said).splitlines()
        first = next(n for n, line in enumerate(printed) if "export IVR_DATABASE_URL=" in line)
        last = next(n for n, line in enumerate(printed) if "ivr cases show" in line)
        typed = [line.strip() for line in printed[first : last + 1] if re.match(r"\s*(export|\.venv/bin/ivr) ", line)]
        environ = {**os.environ, **reader, "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
        done = subprocess.run(
            ["sh", "-ec", "\n".join(typed)], cwd=tmp_path, env=environ, input=ANSWERS, capture_output=True, text=True
        )

    assert done.returncode == 0, done.stdout + done.stderr
    assert len(typed) == 8
    spoken = re.search(r"在(\d+)月(\d+)日之前再次答复您", done.stdout)
    assert spoken, done.stdout
    shown = done.stdout.split("> 5", 1)[1]
    month, day = map(int, spoken.groups())
    assert re.search(rf"20\d\d-{month:02d}-{day:02d}|20\d\d年{month}月{day}日", shown), shown
    assert ("重新" if language == "zh-CN" else "reopened") in shown
