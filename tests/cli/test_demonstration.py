"""`make run`: one call is played on a database of its own, and nothing of it is left for the hotline."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from served_hotline import serving

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
