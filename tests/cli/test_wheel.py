"""What is installed from the wheel works in an empty folder, without the checkout."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from served_hotline import serving

from ivr.storage.schema import why_not_current

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without a network."""
    made = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `ivr` of a virtual environment that holds the wheel, and sees our dependencies but not our checkout."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder)
    python = folder / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    install = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install, str(wheel)], check=True)
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))  # added, but its own .pth files are not read
    return folder / "bin" / "ivr"


def run(ivr: Path, folder: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(ivr), *words], cwd=folder, env=clean, input=given, capture_output=True, text=True, timeout=60
    )


def test_every_file_of_the_package_and_the_example_is_in_it_and_nothing_else(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "ivr", "webhooks.py", "flows", "tests/calls", "tests/flows"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    kept = [name for name in listed if (ROOT / name).exists()]
    wanted = {name if name.startswith(("ivr/", "webhooks")) else f"ivr/example/{name}" for name in kept}

    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert held == wanted


def test_it_runs_from_an_empty_folder_and_reads_nothing_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    made = run(installed, tmp_path, "new", "hotline")
    called = run(
        installed,
        tmp_path,
        "call",
        "--lang",
        "en-US",
        "--at",
        "2026-03-02T10:00+08:00",
        given="0\n/transfer answered\n",
    )

    assert (made.returncode, called.returncode) == (0, 0), made.stderr + called.stderr
    assert "How was our service?" in called.stdout and called.stdout.splitlines()[-1].startswith("case ")
    assert why_not_current(f"sqlite:///{tmp_path / 'ivr.db'}") is None


def test_it_serves_calls_though_another_webhooks_lies_in_the_folder(installed: Path, folder: Path) -> None:
    (folder / "webhooks.py").write_text("raise SystemExit('the wrong one')\n")

    with serving(folder, "--sandbox", "--workers", "1", command=installed) as served:
        phone = served.phone()
        phone.dial()
        assert phone.refused == [] and phone.heard
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(timeout=60) == 0


def test_nothing_is_overwritten_by_a_new_hotline(ivr, folder: Path) -> None:
    before = (folder / "flows" / "main.yaml").read_bytes()

    refused = ivr("new", "hotline")
    elsewhere = ivr("new", "hotline", "other")
    again = ivr("new", "hotline", "other")

    assert (refused.returncode, again.returncode, elsewhere.returncode) == (2, 2, 0)
    assert "flows exists already. Name another folder" in refused.stderr
    assert (folder / "flows" / "main.yaml").read_bytes() == before and not (folder / "tests").exists()
    linted = ivr("lint", "other/flows")
    played = ivr("replay", "other/tests/calls/a_third_language.call.yaml", IVR_FLOWS="other/flows")
    assert linted.returncode == 0 and played.returncode == 0, linted.stdout + played.stdout


def test_a_new_hotline_in_a_folder_nobody_may_write_is_one_sentence(ivr, folder: Path) -> None:
    (folder / "afile").touch()

    done = ivr("new", "hotline", "afile/within")

    assert done.returncode == 2 and "cannot be written" in done.stderr and "Traceback" not in done.stderr
