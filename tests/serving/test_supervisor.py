"""The parent of `ivr serve`: what ends is replaced, what hangs is killed, and the line is never given up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ivr.app.serving import supervisor as module
from ivr.app.serving.supervisor import Role, Supervisor

CHILD = """
import os, signal, sys, time
from ivr.app.serving.link import Link
how, folder = sys.argv[1], sys.argv[2]
link = Link(int(sys.argv[4]))
open(os.path.join(folder, str(os.getpid())), "w").close()
if how == "ends at once" or os.path.exists(os.path.join(folder, "broken")):
    sys.exit(3)
if how == "speaks":
    print("before it is ready", file=sys.stderr)
running = True
def stop(*_):
    global running
    running = how == "does not end"
signal.signal(signal.SIGTERM, stop)
link.when_parent_ends(lambda: os._exit(0))
link.ready()
if how == "speaks":
    os.write(2, b"and after\\n")
while running:
    if how != "hangs":
        link.well()
    time.sleep(0.02)
"""


class Kept:
    """A supervisor that is looked after by hand, and what it complained of."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said, self.ready = folder, [], 0
        self.supervisor = Supervisor([], self.said.append, when_ready=self._is_ready)

    def _is_ready(self) -> None:
        self.ready += 1

    def role(self, how: str = "works", count: int = 1, silent: float = 60.0) -> None:
        command = (sys.executable, "-c", CHILD, how, str(self.folder))
        self.supervisor.roles = [*self.supervisor.roles, Role("voice", command, count, silent)]

    def until(self, true: Callable[[], object], seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < until, self.said
            self.supervisor.look()
            time.sleep(0.01)

    def all_ready(self) -> bool:
        wanted = sum(role.count for role in self.supervisor.roles)
        return [one.ready for one in self.supervisor.processes] == [True] * wanted

    def pids(self) -> set[int]:
        return {one.running.pid for one in self.supervisor.processes}


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    made = Kept(tmp_path)
    yield made
    for process in (*made.supervisor.processes, *made.supervisor.old):
        process.running.kill()
        process.running.wait()
        process.link.close()


def test_all_processes_of_a_role_are_started_and_it_is_said_once_that_they_are_ready(kept: Kept) -> None:
    kept.role(count=2)

    kept.until(kept.all_ready)
    kept.until(lambda: kept.ready)
    kept.supervisor.look()

    assert len(kept.pids()) == 2 and kept.ready == 1 and kept.said == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_killed_processes_are_replaced_however_often(kept: Kept, how: signal.Signals) -> None:
    kept.role(count=2)
    kept.until(kept.all_ready)

    for _ in range(3):
        before = kept.pids()
        for pid in before:
            os.kill(pid, how)
        kept.until(lambda before=before: kept.all_ready() and before.isdisjoint(kept.pids()))

    assert len(kept.said) == 6
    assert f"ended by signal {int(how)}; another starts at once." in kept.said[0]


def test_a_process_that_ends_before_it_is_ready_is_tried_again_after_growing_pauses(kept: Kept) -> None:
    kept.role("ends at once")
    clock = [0.0]
    kept.supervisor.now = lambda: clock[0]

    pauses = []
    for tries in range(1, 8):
        kept.until(lambda tries=tries: len(kept.said) == tries)
        began = clock[0]
        started = len(list(kept.folder.iterdir()))
        while len(list(kept.folder.iterdir())) == started:
            clock[0] += 0.05
            kept.supervisor.look()
            if kept.supervisor.processes:
                kept.supervisor.processes[0].running.wait()
        pauses.append(round(clock[0] - began, 1))

    assert pauses[:4] == [0.2, 0.5, 1.0, 2.0] or pauses[:4] == [0.3, 0.5, 1.0, 2.0]
    assert max(pauses) <= 5.1
    assert "with exit code 3" in kept.said[0]


def test_a_process_that_hangs_is_killed_and_replaced(kept: Kept) -> None:
    kept.role("hangs", silent=0.3)
    kept.until(kept.all_ready)
    hung = kept.pids()

    kept.until(lambda: hung.isdisjoint(kept.pids()) and kept.pids())

    assert "hangs and is killed" in kept.said[0]


def test_a_stopped_process_is_killed_and_replaced(kept: Kept) -> None:
    kept.role(count=2, silent=3.0)
    kept.until(kept.all_ready)
    (hung, other) = kept.pids()
    os.kill(hung, signal.SIGSTOP)

    kept.until(lambda: hung not in kept.pids() and kept.all_ready())

    assert other in kept.pids()


def test_a_process_that_hangs_before_it_is_ready_is_killed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEGIN_SECONDS", 0.5)
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    kept.supervisor.roles = [Role("voice", command)]

    kept.until(lambda: kept.said)

    assert "hangs and is killed" in kept.said[0]


def test_a_restart_starts_new_processes_before_it_ends_the_old_ones(kept: Kept) -> None:
    kept.role(count=2)
    kept.until(kept.all_ready)
    old = kept.pids()
    kept.supervisor.restart()
    kept.supervisor.look()
    assert {one.running.pid for one in kept.supervisor.old} == old
    assert all(one.running.poll() is None for one in kept.supervisor.old)

    kept.until(lambda: not kept.supervisor.old)

    assert kept.all_ready() and old.isdisjoint(kept.pids())
    assert kept.said == ["restarted: the new processes take calls, and the old ones end."]


def test_a_restart_whose_new_processes_do_not_start_leaves_the_old_ones(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    kept.role(count=2)
    kept.until(kept.all_ready)
    old = kept.pids()
    (kept.folder / "broken").touch()
    kept.supervisor.restart()

    kept.until(lambda: "given up" in kept.said[-1] if kept.said else False)
    (kept.folder / "broken").unlink()
    kept.until(kept.all_ready)

    assert kept.pids() == old
    kept.supervisor.restart()
    kept.until(lambda: kept.all_ready() and old.isdisjoint(kept.pids()) and not kept.supervisor.old)


def test_an_old_process_that_dies_during_a_restart_is_not_replaced_by_a_third(kept: Kept) -> None:
    kept.role(count=2)
    kept.until(kept.all_ready)
    victim = min(kept.pids())
    kept.supervisor.restart()
    kept.supervisor.look()
    os.kill(victim, signal.SIGKILL)

    kept.until(lambda: not kept.supervisor.old and kept.all_ready())

    assert len(kept.pids()) == 2


def test_a_process_that_does_not_end_when_it_is_told_to_is_killed(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DRAIN_SECONDS", 0.3)
    kept.role("does not end")
    kept.until(kept.all_ready)
    kept.supervisor.stop()

    kept.until(lambda: not kept.supervisor.processes)

    assert kept.said == []


def test_a_program_that_cannot_be_started_is_tried_again_and_the_old_processes_go_on(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    kept.role()
    kept.until(kept.all_ready)
    old = kept.pids()
    role = kept.supervisor.roles[0]
    kept.supervisor.roles = [Role("voice", ("/nowhere/python",))]
    kept.supervisor.restart()

    kept.until(lambda: "given up" in kept.said[-1] if kept.said else False)

    assert "no voice process can be started, the next try is in" in kept.said[0]
    assert kept.pids() == old
    kept.supervisor.roles = [role]


def test_one_hiccup_of_several_processes_does_not_give_a_restart_up(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    kept.role(count=4)
    kept.until(kept.all_ready, 60)
    old = kept.pids()
    (kept.folder / "broken").touch()
    kept.supervisor.restart()
    kept.until(lambda: len(kept.said) >= 4)
    (kept.folder / "broken").unlink()

    kept.until(lambda: kept.all_ready() and old.isdisjoint(kept.pids()) and not kept.supervisor.old, 60)

    assert not [line for line in kept.said if "given up" in line]


def test_nobody_is_killed_for_a_time_in_which_the_parent_itself_stood_still(kept: Kept) -> None:
    kept.role("hangs", count=2, silent=5.0)
    clock = [100.0]
    kept.supervisor.now = lambda: clock[0]
    kept.until(kept.all_ready)

    clock[0] += 3600
    kept.supervisor.look()
    kept.supervisor.look()

    assert kept.said == []


def test_a_restart_asked_for_while_the_old_processes_end_is_done_after_them(kept: Kept) -> None:
    kept.role("does not end")
    kept.until(kept.all_ready)
    first = kept.pids()
    kept.supervisor.restart()
    kept.supervisor.look()
    kept.until(lambda: kept.all_ready() and all(one.told_to_end for one in kept.supervisor.old))
    second = kept.pids()
    kept.supervisor.restart()
    for _ in range(5):
        kept.supervisor.look()
    assert len(kept.said) == 1 and kept.pids() == second

    for one in kept.supervisor.old:
        one.running.kill()
    kept.until(lambda: kept.all_ready() and second.isdisjoint(kept.pids()))

    assert first.isdisjoint(kept.pids())


def test_a_restart_asked_for_while_the_new_processes_start_is_done_after_it(kept: Kept) -> None:
    kept.role()
    kept.until(kept.all_ready)
    first = kept.pids()
    kept.supervisor.restart()
    kept.supervisor.look()
    second = kept.pids()
    kept.supervisor.restart()

    kept.until(lambda: len(kept.said) == 2 and kept.all_ready() and not kept.supervisor.old)

    assert (first | second).isdisjoint(kept.pids())


def test_what_calls_can_do_without_delays_neither_the_first_word_nor_a_restart(kept: Kept) -> None:
    kept.role()
    never = (sys.executable, "-c", "raise SystemExit(3)")
    kept.supervisor.roles = [*kept.supervisor.roles, Role("metrics", never, needed=False)]

    kept.until(lambda: kept.ready == 1)
    old = {one.running.pid for one in kept.supervisor.processes if one.role.needed}
    kept.supervisor.restart()
    kept.supervisor.look()
    kept.until(lambda: not kept.supervisor.old and kept.supervisor.processes and kept.supervisor._all_ready())

    assert old.isdisjoint(kept.pids())


def test_a_file_is_open_in_the_processes_of_its_role_alone(kept: Kept) -> None:
    with (kept.folder / "file").open("w") as file:
        fd = file.fileno()
        show = f"import os, sys; print(os.path.exists('/proc/self/fd/{fd}'), file=open(sys.argv[1], 'w'))"
        roles = [
            Role(name, (sys.executable, "-c", show, str(kept.folder / name)), files=files, needed=False)
            for name, files in (("with", (fd,)), ("without", ()))
        ]
        kept.supervisor.roles = roles
        kept.until(lambda: len(kept.said) >= 2)

    assert (kept.folder / "with").read_text() == "True\n"
    assert (kept.folder / "without").read_text() == "False\n"


PARENT = """
import sys
from ivr.app.serving.supervisor import Role, Supervisor
role = Role("voice", (sys.executable, "-c", sys.argv[1], "works", sys.argv[2]), 2)
Supervisor([role], lambda line: print(line, flush=True), when_ready=lambda: print("ready", flush=True)).run()
"""


@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 0), (signal.SIGKILL, -9)])
def test_no_process_outlives_its_parent(tmp_path: Path, how: signal.Signals, code: int) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == "ready\n"
        children = [int(file.name) for file in tmp_path.iterdir()]
        parent.send_signal(how)
        watchdog = threading.Timer(30, parent.kill)
        watchdog.start()
        assert parent.wait() == code
        watchdog.cancel()

    until = time.monotonic() + 10
    while any(runs(child) for child in children):
        assert time.monotonic() < until
        time.sleep(0.02)
    assert len(children) == 2


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


BROKEN = """
def start():
    import no_such_module
import sys
sys.stderr.write("x" * int(sys.argv[1]) + "\\n")
start()
"""


@pytest.mark.parametrize("much", [0, 1_000_000])
def test_new_code_that_dies_at_import_is_told_in_a_line_each_and_its_reason_once(
    kept: Kept, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], much: int
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    kept.role(count=2)
    kept.until(kept.all_ready)
    old = kept.pids()
    works = kept.supervisor.roles
    kept.supervisor.roles = [Role("voice", (sys.executable, "-c", BROKEN, str(much)), 2)]
    kept.supervisor.restart()

    kept.until(lambda: "given up" in kept.said[-1] if kept.said else False)
    kept.supervisor.roles = works
    for process in kept.supervisor.processes:
        process.role = works[0]

    assert "ModuleNotFoundError: No module named 'no_such_module' (<string>:3)" in kept.said[0]
    assert sum("no_such_module" in line for line in kept.said) == 1
    assert all("for the same reason" in line for line in kept.said[1:-1]) and len(kept.said) <= 8
    assert not [line for line in kept.said if "\n" in line or len(line) > 500]
    assert capfd.readouterr().err == "" and old <= kept.pids()


def test_a_new_reason_is_told_and_the_old_one_again_at_the_next_restart(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(module, "MOST_TRIES", 100)
    kept.role()
    kept.until(kept.all_ready)
    kept.supervisor.roles = [Role("voice", (sys.executable, "-c", "raise SystemExit('ivr: no flows')"))]
    kept.supervisor.restart()
    kept.until(lambda: len(kept.said) == 2)
    kept.supervisor.roles = [Role("voice", (sys.executable, "-c", "raise SystemExit('ivr: no database')"))]

    kept.until(lambda: "no database" in kept.said[-1])

    assert "no flows" in kept.said[0] and "for the same reason" in kept.said[1]


def test_what_a_process_says_until_it_is_ready_is_passed_on_as_it_is(
    kept: Kept, capfd: pytest.CaptureFixture[str]
) -> None:
    kept.role("speaks")

    kept.until(kept.all_ready)
    said = ""
    while said.count("\n") < 2:
        said += capfd.readouterr().err
        time.sleep(0.01)

    assert sorted(said.splitlines()) == ["and after", "before it is ready"]


def test_one_that_calls_do_not_need_is_started_later_and_later_even_if_it_was_ready(kept: Kept) -> None:
    kept.role()
    command = (sys.executable, "-c", CHILD, "works", str(kept.folder))
    kept.supervisor.roles = [*kept.supervisor.roles, Role("console", command, needed=False, steady=60.0)]
    kept.until(kept.all_ready)
    [voice] = [one.running.pid for one in kept.supervisor.processes if one.role.needed]

    for pause in ("0.25", "0.5", "1"):
        [spared] = [one.running for one in kept.supervisor.processes if not one.role.needed]
        os.kill(spared.pid, signal.SIGKILL)
        kept.until(lambda text=f"; another starts in {pause} s.": kept.said and kept.said[-1].endswith(text))
        kept.until(kept.all_ready)

    assert voice in kept.pids()
    assert all(line.startswith("console process") for line in kept.said)
