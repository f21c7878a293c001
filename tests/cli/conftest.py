from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_here import Run, command_here
from proved_once import prove_once

from ivr.service.releases import publishing

ROOT = Path(__file__).parents[2]
IVR = Path(sys.executable).parent / "ivr"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with the shipped flows."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    return tmp_path


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A working directory with the small hotline: proved in a moment, where a test is not about the flows."""
    shutil.copytree(ROOT / "docs" / "small", tmp_path / "flows")
    return tmp_path


@pytest.fixture
def ivr(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in that directory, with an environment of its own, run in this process. What it publishes goes live
    without waiting until servers have compiled it."""
    monkeypatch.setattr(publishing, "STAGED_SECONDS", 0)
    prove_once(monkeypatch)
    return command_here(folder, monkeypatch, capsys)


@pytest.fixture
def ivr_alone(folder: Path) -> Run:
    """The command as a process of its own."""

    def run(*words: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **environ}
        return subprocess.run(
            [str(IVR), *words], cwd=folder, env=clean, input=given, capture_output=True, text=True, timeout=60
        )

    return run
