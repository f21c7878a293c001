"""The parent of `ivr serve`: it starts processes, replaces those that end or hang, and never gives the line up.

It answers nothing and holds no database, so that nothing but a signal ends it. What it knows of a process comes by its
`Link`: ready, well, or ended.
"""

from __future__ import annotations

import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from ivr.app.serving.first_words import FirstWords
from ivr.app.serving.link import READY

SILENT_SECONDS = 5.0
"""A process that has not said that it is well for so long is hung, and is killed."""
BEGIN_SECONDS = 15.0
"""The same before it is ready: until its first word it loads the program."""
START_SECONDS = 120.0
"""How long a process may take until it is ready."""
DRAIN_SECONDS = 15.0
"""How long a process may take to end when it is told to; the provider has given up by then."""
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Before another try to start a process that ended before it was ready: the first pause, doubled up to the longest."""
SPARED_PAUSE = 60.0
"""The longest pause of those without which calls are taken: each start costs a second of a core."""
LOOK_SECONDS = 0.25
LONGEST_LOOK = 1.0
"""From one look to the next, unless this process stood still."""
MOST_TRIES = 3
"""How often a process of a restart may end before it is ready, until the restart is given up."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a process is for. `command` gets `--parent-fd N`; `count` of them run at once."""

    name: str
    command: tuple[str, ...]
    count: int = 1
    silent: float = SILENT_SECONDS
    files: tuple[int, ...] = ()
    """Open in it under the same numbers."""
    needed: bool = True
    """Whether calls cannot be taken without it."""
    steady: float = 0.0
    """Who ends within so long counts as one that was never ready: it is started later and later."""


@dataclass(slots=True, eq=False)
class Process:
    """A process that runs."""

    role: Role
    running: subprocess.Popen[bytes]
    link: socket.socket
    words: FirstWords
    started: float
    heard: float
    ready: bool = False
    told_to_end: float = 0.0


@dataclass(slots=True)
class Trouble:
    """How often a role's processes have ended in a row before they were ready, and when the next is started; the reason
    that was told last."""

    failures: int = 0
    not_before: float = 0.0
    told: str = ""


@dataclass(slots=True)
class Supervisor:
    """Keeps the processes of its roles running."""

    roles: Sequence[Role]
    complain: Callable[[str], None]
    when_ready: Callable[[], None] = lambda: None
    when_stopping: Callable[[], None] = lambda: None
    now: Callable[[], float] = time.monotonic
    processes: list[Process] = field(default_factory=list)
    old: list[Process] = field(default_factory=list)
    """Those that a restart replaces as soon as the new ones are ready."""
    _looked: float = 0.0
    _trouble: dict[str, Trouble] = field(default_factory=dict)
    _stopping: bool = False
    _restart: bool = False
    _was_ready: bool = False

    def run(self) -> None:
        """Until SIGTERM or SIGINT; SIGHUP replaces all processes by new ones, which listen before the old ones end."""
        woken, wakes = socket.socketpair()
        wakes.setblocking(False)
        signal.set_wakeup_fd(wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only wakes the loop
        signal.signal(signal.SIGTERM, lambda *_: self.stop())
        signal.signal(signal.SIGINT, lambda *_: self.stop())
        signal.signal(signal.SIGHUP, lambda *_: self.restart())
        while not (self._stopping and not self.processes and not self.old):
            self.look()
            links = [process.link for process in (*self.processes, *self.old) if process.link.fileno() >= 0]
            for readable in select.select([woken, *links], [], [], LOOK_SECONDS)[0]:
                if readable is woken:
                    woken.recv(4096)

    def stop(self) -> None:
        """Let every process finish what it does, and end."""
        if not self._stopping:
            self._stopping = True
            self.when_stopping()

    def restart(self) -> None:
        """Replace every process by a new one, of the program as it is installed now."""
        self._restart = True

    def look(self) -> None:
        """Do what is to be done now."""
        self._forgive_own_pause()
        for process in (*self.processes, *self.old):
            self._hear(process)
        self._collect()
        if self._restart and not self._stopping:
            self._begin_restart()
        if self._stopping:
            for process in (*self.processes, *self.old):
                self._end(process)
        else:
            self._start_missing()
            self._finish_restart()
        self._kill_hung()

    def _forgive_own_pause(self) -> None:
        """Where this process itself stood still (a machine or container was frozen), so did the others."""
        now = self.now()
        missed = now - self._looked - LONGEST_LOOK if self._looked else 0.0
        self._looked = now
        if missed > 0:
            for process in (*self.processes, *self.old):
                process.heard += missed
                process.started += missed
                process.told_to_end = process.told_to_end and process.told_to_end + missed

    def _begin_restart(self) -> None:
        if self.old:
            return  # once the last of the old ones has ended: the program may have changed again meanwhile
        self._restart = False
        self.old, self.processes = self.processes, []
        self._trouble.clear()

    def _finish_restart(self) -> None:
        if self._all_ready():
            if any(not process.told_to_end for process in self.old):
                self.complain("restarted: the new processes take calls, and the old ones end.")
            for process in self.old:
                self._end(process)
            if not self._was_ready:
                self._was_ready = True
                self.when_ready()
        elif self.old and any(self._tries(role) >= MOST_TRIES for role in self.roles if role.needed):
            self.complain("the restart is given up, the new processes do not get ready; the old ones go on.")
            for process in self.processes:
                self._end(process)
            self.old, self.processes = [], [*self.old, *self.processes]
            self._trouble.clear()

    def _tries(self, role: Role) -> int:
        """How often in a row each of a role's processes has ended before it was ready."""
        return self._trouble.get(role.name, Trouble()).failures // role.count

    def _all_ready(self) -> bool:
        """Whether as many processes are ready as calls need."""
        wanted = sum(role.count for role in self.roles if role.needed)
        ready = [one for one in self.processes if one.role.needed and one.ready and not one.told_to_end]
        return len(ready) >= wanted

    def _start_missing(self) -> None:
        for role in self.roles:
            if not role.needed and not self._all_ready():
                continue  # callers first: each process that starts costs a second of a core
            trouble = self._trouble.setdefault(role.name, Trouble())
            have = sum(1 for process in self.processes if process.role is role and not process.told_to_end)
            while have < role.count and self.now() >= trouble.not_before:
                try:
                    self._start(role)
                except OSError as failed:  # no memory, no file handles, the program is just being installed
                    pause = self._failed(role)
                    self.complain(f"no {role.name} process can be started, the next try is in {pause:g} s: {failed}")
                    break
                have += 1

    def _start(self, role: Role) -> None:
        """Start a process. The terminal's SIGINT is for this one alone, which then tells the others to end."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            with ExitStack() as undone, theirs:
                undone.callback(ours.close)
                words = FirstWords(ours)
                undone.callback(words.close)
                command, files = [*role.command, "--parent-fd", str(theirs.fileno())], (*role.files, theirs.fileno())
                with words.given() as stderr:
                    running = subprocess.Popen(command, pass_fds=files, stderr=stderr)  # noqa: S603 - our own
                undone.pop_all()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.processes.append(Process(role, running, ours, words, self.now(), self.now()))

    def _failed(self, role: Role) -> float:
        """Note that a process ended before it was ready; the pause until the next try."""
        trouble = self._trouble.setdefault(role.name, Trouble())
        longest = SPARED_PAUSE if role.steady else LONGEST_PAUSE
        pause: float = min(FIRST_PAUSE * 2.0 ** min(self._tries(role), 20), longest)
        trouble.failures += 1
        trouble.not_before = self.now() + pause
        return pause

    def _hear(self, process: Process) -> None:
        process.words.hear()
        try:
            said = process.link.recv(4096)
        except OSError:  # nothing was said
            return
        if said:
            process.heard = self.now()
        if READY in said:
            process.ready = True
            process.words.pass_on()
            if not process.role.steady:
                self._trouble[process.role.name] = Trouble()

    def _collect(self) -> None:
        """Take notice of those that have ended."""
        for group in (self.processes, self.old):
            for process in [one for one in group if one.running.poll() is not None]:
                self._hear(process)
                process.link.close()
                group.remove(process)
                if not process.told_to_end:
                    self._ended(process, replaced=group is self.old)
                process.words.close()

    def _ended(self, process: Process, *, replaced: bool) -> None:
        code = process.running.returncode
        how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
        next_one = "another starts at once"
        if replaced:
            next_one = "those that replace it are starting"
        elif not process.ready or self.now() - process.started < process.role.steady:
            next_one = f"another starts in {self._failed(process.role):g} s"
            how += self._why(process)
        else:
            self._trouble[process.role.name] = Trouble()
        self.complain(f"{process.role.name} process {process.running.pid} ended {how}; {next_one}.")

    def _why(self, process: Process) -> str:
        """The reason as a part of a sentence. Of processes that end in a row for the same one, it is told once."""
        trouble, reason = self._trouble[process.role.name], process.words.reason()
        told, trouble.told = trouble.told, reason
        if reason and reason == told:
            return " for the same reason"
        return f" ({reason})" if reason else ""

    def _kill_hung(self) -> None:
        for process in (*self.processes, *self.old):
            silent = self.now() - process.heard
            if process.told_to_end:
                hung = self.now() - process.told_to_end > DRAIN_SECONDS
            elif process.ready:
                hung = silent > process.role.silent
            else:
                hung = silent > BEGIN_SECONDS or self.now() - process.started > START_SECONDS
            if hung:
                if not process.told_to_end:
                    self.complain(f"{process.role.name} process {process.running.pid} hangs and is killed.")
                with suppress(ProcessLookupError):
                    process.running.kill()
                process.heard = process.started = self.now()
                process.told_to_end = process.told_to_end and self.now()

    def _end(self, process: Process) -> None:
        """Tell a process to finish what it does and end, once."""
        if not process.told_to_end:
            process.told_to_end = self.now()
            process.running.terminate()  # which does nothing to one that has ended


def python(module: str, *words: str) -> tuple[str, ...]:
    """The command that runs a module of this program in a new interpreter, whatever lies in the working directory."""
    return (sys.executable, "-P", "-m", module, *words)
