from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IVR = Path(sys.executable).parent / "ivr"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working directory with the shipped flows."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    return tmp_path


@pytest.fixture
def ivr(folder: Path) -> Run:
    """The command, run in that directory with an environment of its own."""

    def run(*words: str, given: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **environ}
        return subprocess.run(
            [str(IVR), *words], cwd=folder, env=clean, input=given, capture_output=True, text=True, timeout=60
        )

    return run
