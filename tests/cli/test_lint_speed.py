"""A service twice as large takes twice the work to lint, not four times; benchmarks/lint.py says how long that is."""

from __future__ import annotations

import sys
from pathlib import Path

from work import calls_made

from ivr.lint.findings import findings_of

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from large_service import large_service  # noqa: E402


def service(steps: int) -> dict[str, bytes]:
    return {name: text.encode() for name, text in large_service(steps).items()}


def test_a_large_service_holds_as_many_steps_as_asked_for_and_no_mistake() -> None:
    files = service(300)

    assert findings_of(files, "live") == []
    assert sum(text.count(b"\n    next:") + text.count(b"\n    yes_no:") for text in files.values()) > 150


def test_twice_the_steps_are_about_twice_the_work() -> None:
    findings_of(service(60), "live")  # what is read once only, such as a calendar, is no part of it
    one, two = service(150), service(300)

    assert calls_made(lambda: findings_of(two, "live")) < 2.5 * calls_made(lambda: findings_of(one, "live"))
