"""Importing has no effects: the WSGI application is made when it is first touched."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def python(code: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {"PATH": os.environ["PATH"], **environ}
    return subprocess.run([sys.executable, "-c", code], cwd=folder, env=clean, capture_output=True, text=True)


def test_importing_the_webhooks_opens_nothing(tmp_path: Path) -> None:
    done = python("import webhooks, ivr.app, ivr.cli.main", tmp_path, IVR_PORT="nonsense")

    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_application_is_made_on_first_touch(tmp_path: Path) -> None:
    done = python("import webhooks; print(webhooks.app is webhooks.app, webhooks.app.name)", tmp_path)

    assert done.stdout == "True webhooks\n"
    assert list(tmp_path.iterdir()) == []


def test_a_live_worker_loads_no_rule_of_lint_and_no_tool(tmp_path: Path) -> None:
    """Tools are for those who write flows; a worker that answers calls starts without them."""
    tools = ("lint", "explore", "change", "replay", "simulate", "carrier", "cli")
    code = "import webhooks, ivr.app.database, sys; print(*sys.modules)"

    loaded = set(python(code, tmp_path).stdout.split())

    assert "ivr.service" in loaded
    assert loaded.isdisjoint(f"ivr.{tool}" for tool in tools)
    assert "sqlalchemy" in loaded and "alembic" not in loaded  # only an upgrade needs it


def test_a_stored_release_is_taken_without_the_library_it_was_published_with(tmp_path: Path) -> None:
    """What Babel knew when the release was published is in the release (docs/adr/0014)."""
    flows = Path(__file__).parents[1] / "flows"
    publish = f"from ivr.flow.release import *; print(body_of(read_files({str(flows)!r})))"
    (tmp_path / "body").write_text(python(publish, tmp_path).stdout)
    take = """
import sys, webhooks
sys.modules["babel"] = None
from ivr.flow.release import from_body
from ivr.flow.words import words
release = from_body(open("body").read())
print(words(release, "agent.closed", "en-US", {"hours.agents.opens": "2026-10-08T09:00+08:00 later"}))
"""

    done = python(take, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "9 a.m. on October 8" in done.stdout
