"""Counts of several processes add up, whoever is killed; and files do not grow in number."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.multiprocess import MultiProcessCollector

from ivr.app.metrics import places
from ivr.app.metrics.collected import Counted
from ivr.app.metrics.places import NoPlace, Places, folder_of

COUNTING = Path(__file__).with_name("counting_process.py")


class Process:
    """A process that counts."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, str(COUNTING), str(folder)]
        pipe = subprocess.PIPE
        self.running = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        self.kind = self.says()

    def says(self) -> str:
        assert self.running.stdout is not None
        return self.running.stdout.readline().strip()

    def count(self, what: str = "turn") -> None:
        """Count once; when this returns it is counted."""
        assert self.running.stdin is not None
        self.running.stdin.write(f"{what}\n")
        self.running.stdin.flush()
        assert self.says() == "counted"

    def kill(self) -> None:
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()
        for pipe in (self.running.stdin, self.running.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "metrics"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def processes(folder: Path) -> Iterator[list[Process]]:
    started = [Process(folder) for _ in range(3)]
    yield started
    for process in started:
        process.kill()


def figure(folder: Path, name: str, **labels: str) -> float:
    samples = [sample for family in Counted(folder).collect() for sample in family.samples]
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


def test_counts_add_up_whoever_is_killed_and_files_do_not_grow(folder: Path, processes: list[Process]) -> None:
    dice, counted = random.Random(1), 0
    for _ in range(6):
        for _ in range(40):
            dice.choice(processes).count()
            counted += 1
        victim = dice.randrange(3)
        processes[victim].kill()
        processes[victim] = Process(folder)
        assert figure(folder, "ivr_turns_total", outcome="taken") == counted
    assert sorted(path.name for path in folder.glob("*.db")) == sorted(
        f"{kind}_{place}.db" for kind in places.FILES for place in range(3)
    )
    assert figure(folder, "ivr_worker_starts_total") == 9
    assert figure(folder, "ivr_workers") == 3
    assert figure(folder, "ivr_turn_seconds_count") == counted
    assert figure(folder, "ivr_turn_seconds_bucket", le="0.01") == 0
    assert figure(folder, "ivr_turn_seconds_bucket", le="0.025") == counted


def test_counts_outlive_a_restart_of_all(folder: Path, processes: list[Process]) -> None:
    for process in processes:
        process.count("case")
    for number, process in enumerate(processes):
        process.kill()
        processes[number] = Process(folder)
    assert figure(folder, "ivr_turns_total", outcome="taken") == 3
    assert figure(folder, "ivr_cases_opened_total", kind="complaint") == 3
    assert len(list(folder.glob("*.db"))) == 6


def test_a_process_that_was_forked_counts_in_a_place_of_its_own(folder: Path, processes: list[Process]) -> None:
    for _ in range(3):
        processes[0].count("fork")
    processes[0].count()
    assert figure(folder, "ivr_turns_total", outcome="taken") == 4
    assert len(list(folder.glob("counter_*.db"))) == 4


def test_a_file_that_cannot_be_read_costs_its_own_counts_alone(folder: Path, processes: list[Process]) -> None:
    for process in processes:
        process.count()
    processes[0].kill()
    place = next(path for path in folder.glob("place_*.lock") if not _held(path))
    broken = folder / place.name.replace("place", "counter").replace("lock", "db")
    broken.write_bytes(b"\xff\x00\x00\x00" + b"\xee" * 5000)
    assert figure(folder, "ivr_turns_total", outcome="taken") == 2
    processes[0] = Process(folder)
    processes[0].count()
    assert figure(folder, "ivr_turns_total", outcome="taken") == 3


def _held(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDWR)
    try:
        return not places._locked(descriptor)
    finally:
        os.close(descriptor)


def test_files_have_their_bytes_from_the_beginning(folder: Path, processes: list[Process]) -> None:
    """A file with holes in it ends its process when the disk is full at the first write into one."""
    for path in folder.glob("*.db"):
        found = path.stat()
        assert found.st_size == places.SIZE and found.st_blocks * 512 >= places.SIZE


def test_where_nothing_can_be_counted_the_process_goes_on(folder: Path) -> None:
    folder.chmod(0o777)
    process = Process(folder)
    assert process.kind == "NoCounting"
    process.count()
    process.kill()


def test_the_folder_is_ours_alone_and_the_same_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(places.VARIABLE, raising=False)
    monkeypatch.setattr(places, "MEMORY", str(tmp_path))
    found = folder_of(9464)
    assert found == folder_of(9464) != folder_of(9465)
    assert stat.S_IMODE(found.stat().st_mode) == 0o700


def test_a_folder_somebody_else_may_write_to_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir(mode=0o700)
    link = tmp_path / "link"
    link.symlink_to(target)
    for named in (link, tmp_path / "no" / "such", tmp_path / "file"):
        (tmp_path / "file").touch()
        monkeypatch.setenv(places.VARIABLE, str(named))
        with pytest.raises(NoPlace, match="for metrics"):
            folder_of(9464)


def test_looking_takes_no_place(folder: Path) -> None:
    looking = Places(folder)
    assert [looking.taken() for _ in range(3)] == [0, 0, 0] and not list(folder.glob("place_*"))


def test_the_library_still_merges_as_we_use_it(folder: Path) -> None:
    assert list(MultiProcessCollector.merge([])) == []  # type: ignore[no-untyped-call]
