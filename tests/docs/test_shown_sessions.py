"""What README.md, the first hours and the proof show as typed happens so."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from session import Session, pin_the_clock, pin_the_day
from small_flows import DOCS, ROOT, blocks

sys.path.append(str(ROOT / "tests" / "cli"))
from command_here import command_here  # noqa: E402
from proved_once import prove_once  # noqa: E402

from ivr.service.releases import publishing  # noqa: E402


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Session:
    """One who has cloned the project and reads on THE_DAY."""
    monkeypatch.setattr(publishing, "STAGED_SECONDS", 0)
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = Li Wei\n")
    pin_the_day(monkeypatch)
    prove_once(monkeypatch)
    return Session(tmp_path, command_here(tmp_path, monkeypatch, capsys))


def test_the_readmes_show_what_is_printed(reader: Session) -> None:
    reader.environ = {"IVR_FLOWS": "my-hotline", "IVR_DATABASE_URL": "sqlite:///demo.db"}
    reader.type("cp -r docs/small my-hotline", [])
    reader.type("ivr fuzz --fill 7d --calls-a-day 30", [])

    for page in ("README.md", "README.zh-CN.md"):
        for block in blocks(ROOT / page):
            if "ivr explore" in block.text:
                reader.edit("my-hotline/agent.yaml", "-    closed: goodby\n+    closed: goodbye\n")
            if "bin/ivr call" in block.text and block.info == "console":
                reader.environ |= {"IVR_FLOWS": str(ROOT / "flows"), "IVR_DATABASE_URL": f"sqlite:///{page}.db"}
            reader.follow(block)
        reader.edit("my-hotline/agent.yaml", "-    closed: goodbye\n")
        reader.environ = {"IVR_FLOWS": "my-hotline", "IVR_DATABASE_URL": "sqlite:///demo.db"}


@pytest.mark.parametrize(
    "page",
    [
        "tutorial.md",
        "zh-CN/tutorial.md",
        "testing.md",
        "proof.md",
        "triage.md",
        "what-callers-say.md",
        "zh-CN/what-callers-say.md",
    ],
)
def test_a_page_shows_what_is_printed(reader: Session, page: str) -> None:
    for block in blocks(DOCS / page):
        reader.follow(block)


@pytest.mark.parametrize("page", ["cases.md", "zh-CN/cases.md"])
def test_a_page_of_cases_shows_what_is_printed(reader: Session, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pin_the_clock(monkeypatch)

    for block in blocks(DOCS / page):
        reader.follow(block)
