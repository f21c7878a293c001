"""The `ivr` command run in this process, which saves a second each time; otherwise as in one of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from linted_once import lint_once

from ivr.cli.main import main

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def command_here(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in `folder`, with an environment of its own."""
    lint_once(monkeypatch)

    def run(*words: str, given: str | bytes = "", **environ: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            for name in [name for name in os.environ if name.startswith(("IVR_", "TWILIO_", "GIT_", "XDG_"))]:
                patch.delenv(name)
            for name, value in {"HOME": str(folder), **environ}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", ["ivr", *words])
            raw = given.encode() if isinstance(given, str) else given
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))
            capsys.readouterr()
            before = dict(os.environ)  # `ivr serve` sets more, for its workers
            try:
                with pytest.raises(SystemExit) as left:
                    main()
            finally:
                os.environ.clear()
                os.environ.update(before)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(["ivr", *words], int(left.value.code or 0), out, err)

    return run


def change_welcome(folder: Path, new: str) -> None:
    """Another welcome of the small hotline, which makes another release."""
    path = folder / "flows" / "main.yaml"
    text = path.read_text(encoding="utf-8")
    assert "en-US: Welcome." in text
    path.write_text(text.replace("en-US: Welcome.", f"en-US: {new}."), encoding="utf-8")


def log(ivr: Run) -> list[dict[str, object]]:
    """What `ivr releases --json` tells."""
    found: list[dict[str, object]] = json.loads(ivr("releases", "--json").stdout)
    return found
