"""`make run`: one call is played on a database of its own, and nothing of it is left for the hotline."""

from __future__ import annotations

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
