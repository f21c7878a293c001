"""A served hotline's metrics: right under several workers, and after one was killed and replaced."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest
from served_hotline import Served, serving


def scraped(port: int) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


def take_turns(served: Served, calls: int) -> int:
    """Turns taken by so many calls; one that met a worker that was killed is none of ours."""
    turns = 0
    for _ in range(calls):
        phone = served.phone()
        phone.dial()
        phone.press("1")
        turns += 2
    return turns


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_counts_of_all_workers_add_up_and_a_killed_one_loses_none(folder: Path, port: int, tmp_path: Path) -> None:
    metrics = tmp_path / "metrics"
    environ = {"IVR_METRICS_PORT": str(port), "PROMETHEUS_MULTIPROC_DIR": str(metrics), "IVR_LOG": "json"}
    with serving(folder, "--workers", "2", **environ) as served:
        taken = 'ivr_turns_total{outcome="taken"}'
        settled(port, "ivr_worker_starts_total", 2)
        turns = take_turns(served, 5)
        before = settled(port, taken, turns)
        assert before["ivr_workers"] == 2 and before["ivr_worker_starts_total"] == 2 and before["ivr_ready"] == 1
        assert before["ivr_turn_seconds_count"] == turns and before["ivr_database_up"] == 1
        victim = int((metrics / "place_0.lock").read_text())
        os.kill(victim, signal.SIGKILL)
        settled(port, "ivr_worker_starts_total", 3)
        turns += take_turns(served, 5)
        after = settled(port, taken, turns)
        assert after["ivr_workers"] == 2 and after["ivr_turn_seconds_count"] == turns
        assert len(list(metrics.glob("*.db"))) == 4
        os.kill(process_of(served, "metrics_process"), signal.SIGKILL)
        assert settled(port, taken, turns)["ivr_ready"] == 1, "another one answers there"
        served.process.send_signal(signal.SIGHUP)
        settled(port, "ivr_worker_starts_total", 5)
        settled(port, "ivr_workers", 2)
        assert settled(port, taken, turns)["ivr_ready"] == 1, "counts outlive a restart"
        assert len(list(metrics.glob("*.db"))) <= 8
    ours = [json.loads(line) for line in served.said if line.startswith("{")]
    assert {event["outcome"] for event in ours if event["event"] == "answered" and "outcome" in event} == {"taken"}
    assert not [line for line in served.said if "Traceback" in line or "2025550123" in line]


def process_of(served: Served, module: str) -> int:
    """The process of this hotline that runs a module."""
    pid = served.process.pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        if module in Path(f"/proc/{child}/cmdline").read_text():
            return int(child)
    raise AssertionError(module)


def settled(port: int, name: str, value: float) -> dict[str, float]:
    """The figures once this one is reached; a turn is counted when its answer has left."""
    until = time.monotonic() + 60
    while True:
        try:
            found = scraped(port)
        except OSError:  # the port opens in a moment
            found = {}
        if found.get(name) == value:
            return found
        assert time.monotonic() < until, (name, found.get(name), value)
        time.sleep(0.1)
