"""Every figure that an alert or the manual names exists, with its labels and their values."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
SCRIPT = """
import sys
from prometheus_client import generate_latest, CollectorRegistry
from ivr.app.metrics.collected import Counted, OfDatabase
from ivr.app.metrics.port import operators_app
from ivr.app.metrics.start import counting_of
from ivr.app.observed.seen import Seen
from ivr.config import Settings
from ivr.storage.figures import Figures, WorkFigures

settings = Settings(metrics_port=9464, database_url=sys.argv[1])
counting = counting_of(settings)
seen = Seen()
seen.cases = ("complaint",)
counting.saw(seen)
work = [WorkFigures("sweep", 1, 1, 0, 0)]
OfDatabase._read = lambda self: Figures(1, 0, work, 0, [("live", "abc"), ("staged", "abc"), ("draft", "abc")])
body = operators_app(settings)({"PATH_INFO": "/metrics", "REQUEST_METHOD": "GET", "QUERY_STRING": ""}, lambda *_: None)
sys.stdout.write(b"".join(body).decode())
"""


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scrape of a process that has counted."""
    folder = tmp_path_factory.mktemp("metrics")
    environ = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(folder)}
    command = [sys.executable, "-c", SCRIPT, f"sqlite:///{folder / 'none.db'}"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


def named(page: str) -> set[str]:
    return set(re.findall(r"\bivr_[a-z_]+", (DOCS / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", ["alerts.md", "operating.md", "zh-CN/operating.md"])
def test_every_figure_that_is_named_exists(exposed: str, page: str) -> None:
    exist = set(re.findall(r"^(ivr_[a-z_]+)", exposed, re.MULTILINE)) | {"ivr_turn_seconds"}
    assert named(page) - {"ivr_console"} <= exist


def test_every_figure_is_in_the_manual(exposed: str) -> None:
    families = set(re.findall(r"^# TYPE (ivr_[a-z_]+)", exposed, re.MULTILINE))
    assert families <= named("operating.md")


def test_every_label_an_alert_chooses_by_exists(exposed: str) -> None:
    text = (DOCS / "alerts.md").read_text(encoding="utf-8")
    chosen = re.findall(r'(ivr_[a-z_]+)\{([a-z]+)=~?"([a-z_|]+)"\}', text)
    assert len(chosen) >= 4
    for figure, label, values in chosen:
        for value in values.split("|"):
            assert re.search(rf'^{figure}\{{[^}}]*{label}="{value}"', exposed, re.MULTILINE), (figure, label, value)


def test_there_are_five_alerts_and_each_says_what_callers_notice_and_what_to_do() -> None:
    text = (DOCS / "alerts.md").read_text(encoding="utf-8")
    alerts = re.split(r"^## \d\. ", text.partition("## Worth")[0], flags=re.MULTILINE)[1:]
    assert len(alerts) == 5
    for alert in alerts:
        assert "```promql" in alert and ("**Callers**" in alert or "**no caller" in alert) and "**First**" in alert


def test_every_reason_of_a_refusal_is_in_the_manual() -> None:
    from ivr.app.metrics.counting import APOLOGIES, OUTCOMES, REFUSALS

    text = (DOCS / "operating.md").read_text(encoding="utf-8")
    for word in (*APOLOGIES, *OUTCOMES, *REFUSALS):
        assert re.search(rf"\b{word}\b", text), word


def test_whoever_finds_the_database_damaged_is_led_to_the_steps_of_a_restore() -> None:
    down = (DOCS / "alerts.md").read_text("utf-8").split("\n## ")[1]
    steps = (DOCS / "operating.md").read_text("utf-8").split("\n## Backup and restore\n")[1]

    assert "(operating.md#backup-and-restore)" in down and "**Restore.**" in steps
