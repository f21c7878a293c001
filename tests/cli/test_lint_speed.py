"""A service of a thousand steps is linted in under two seconds, the command's start included."""

from __future__ import annotations

import importlib.util
import resource
from pathlib import Path

from ivr.lint.findings import findings_of

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def large_service(steps: int) -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("large_service", BENCHMARKS / "large_service.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    files: dict[str, str] = module.large_service(steps)
    return files


def seconds_of_processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_large_service_holds_as_many_steps_as_asked_for_and_no_mistake() -> None:
    files = {name: text.encode() for name, text in large_service(300).items()}

    assert findings_of(files, "live") == []
    assert sum(text.count(b"\n    next:") + text.count(b"\n    yes_no:") for text in files.values()) > 150


def test_a_thousand_steps_are_linted_in_two_seconds_of_processor(ivr, folder: Path) -> None:
    (folder / "large").mkdir()
    for name, text in large_service(1000).items():
        (folder / "large" / name).write_text(text, encoding="utf-8")
    before = seconds_of_processor()

    done = ivr("lint", "large", "--profile", "live")

    assert done.returncode == 0, done.stdout
    assert seconds_of_processor() - before < 2
