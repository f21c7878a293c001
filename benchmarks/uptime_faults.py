"""What goes wrong in the uptime run, one function a fault: each hurts a real `ivr serve` and says what callers met."""

from __future__ import annotations

import contextlib
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from chaos_servers import wait_until
from uptime_callers import Callers, percentile
from uptime_server import Served

HALF = (
    b"POST /voice HTTP/1.1\r\nHost: ivr.example.com\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 900\r\n\r\nCallSid="
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large the faults are: the real run, or one that only shows that they run."""

    calls: int = 3000
    at_once: int = 20
    open_calls: int = 200
    half_sent: int = 200
    lock_callers: int = 40
    lock_seconds: float = 30.0
    kill_every: float = 2.0


QUICK = Size(calls=12, at_once=6, open_calls=8, half_sent=20, lock_callers=6, lock_seconds=6.0, kill_every=1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: the fault, what was seen, what is wanted, and whether it was met. `sound` is what no load of
    the machine excuses: nothing acknowledged is lost, no call is recorded otherwise than it went, the line stays up."""

    fault: str
    seen: str
    wanted: str
    met: bool
    sound: bool = True


@contextlib.contextmanager
def again_and_again(do: Callable[[], None], every: float) -> Iterator[None]:
    """Something every so many seconds, while the context lasts."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(every):
            do()

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def workers_killed(hotline: Served, size: Size) -> Row:
    """A random process that takes calls is killed every two seconds."""
    chance, killed = Random(1), 0

    def kill() -> None:
        nonlocal killed
        victims = hotline.voice()
        if victims:
            chance.choice(victims).kill()
            killed += 1

    callers = Callers(hotline, thinks=0.2)
    with again_and_again(kill, size.kill_every):
        callers.phone(size.calls, size.at_once)
    alive = not hotline.ended()
    found = callers.judged()
    share = found["well"] / found["calls"]
    seen = (
        f"{found['calls']:,} calls, {killed} killed: {share:.2%} ended well, {found['lost']} lost an acknowledged turn"
    )
    sound = alive and not found["broken"]
    return Row("a worker killed every 2 s", seen, ">= 99.9%, 0 lost", sound and share >= 0.999, sound)


def worker_hung(hotline: Served, size: Size) -> Row:
    """A process that takes calls stops in the middle of everything."""
    victim = hotline.voice()[0]
    began = time.monotonic()
    victim.send_signal(signal.SIGSTOP)
    wait_until(lambda: victim.pid not in {one.pid for one in hotline.voice()}, 30)
    gone = time.monotonic() - began
    wait_until(lambda: len(hotline.voice()) == 2, 30)
    return Row("a worker hangs", f"replaced after {gone:.1f} s", "<= 10 s", gone <= 10)


def main_killed(hotline: Served, size: Size) -> Row:
    """The main process is killed with -9 and started again at once."""
    left = hotline.voice()
    hotline.send(signal.SIGKILL)
    began = time.monotonic()
    assert hotline.process is not None
    hotline.process.wait(10)
    ready = hotline.start()
    with contextlib.suppress(Exception):
        wait_until(lambda: not any(one.is_running() for one in left), 10)
    ended = time.monotonic() - began
    seen = f"its workers ended, and a new one answered after {ready:.1f} s"
    return Row("the main process killed, and started", seen, "the next start succeeds", ended < 15)


def restart(hotline: Served, size: Size) -> Row:
    """All processes are replaced while calls are open."""
    before = {one.pid for one in hotline.voice()}
    callers = Callers(hotline, thinks=2.0, seed=2)
    timer = threading.Timer(3.0, hotline.send, [signal.SIGHUP])
    timer.start()
    callers.phone(size.open_calls, size.open_calls)
    wait_until(lambda: before.isdisjoint(one.pid for one in hotline.voice()), 60)
    found = callers.judged()
    bad = found["calls"] - found["well"]
    seen = f"{found['calls']} calls open: {bad} failed, {found['heard']} heard of it, {found['lost']} lost; "
    seen += f"slowest answer {callers.slowest():.1f} s"
    sound = not found["broken"]
    return Row("a restart by SIGHUP", seen, "0, 0, 0", sound and not bad and not found["heard"], sound)


def stop_and_start(hotline: Served, size: Size) -> Row:
    """The service manager stops it and starts it, and holds the socket meanwhile."""
    callers = Callers(hotline, thinks=2.0, seed=3)

    def again() -> None:
        hotline.stop()
        hotline.start()

    timer = threading.Timer(3.0, again)
    timer.start()
    callers.phone(size.open_calls, size.open_calls)
    timer.join()
    found = callers.judged()
    bad = found["calls"] - found["well"]
    seen = f"{found['calls']} calls open: {bad} failed, {found['heard']} heard of it, {found['lost']} lost; "
    seen += f"slowest answer {callers.slowest():.1f} s"
    sound = not found["broken"]
    return Row("stopped and started, the socket held", seen, "0 failed, 0 lost", sound and not bad, sound)


def half_sent(hotline: Served, size: Size) -> Row:
    """Strangers send half of a request each, again as soon as they are refused, and others send nothing."""
    with contextlib.ExitStack() as stack:
        over = threading.Event()
        stack.callback(over.set)
        for number in range(size.half_sent):
            threading.Thread(target=_half, args=(hotline, over, number % 3), daemon=True).start()
        time.sleep(1)
        callers = Callers(hotline, thinks=0.3, seed=4)
        callers.phone(size.half_sent // 2, 10)
        health = max(hotline.seconds_to_answer("/healthz") for _ in range(20))
    seconds = [spent for one in callers.over for spent in one.line.seconds]
    p99, found = percentile(seconds, 0.99), callers.judged()
    seen = f"signed p99 {p99 * 1000:.0f} ms, /healthz at most {health * 1000:.0f} ms"
    sound = not found["broken"]
    met = sound and p99 < 1 and found["well"] == found["calls"]
    return Row(f"{size.half_sent} half-sent, dripping and idle connections", seen, "p99 < 1 s", met, sound)


def _half(hotline: Served, over: threading.Event, kind: int) -> None:
    """Half a request; one that drips; or a connection that says nothing."""
    while not over.is_set():
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", hotline.port), 5) as line:
            line.settimeout(0.5)
            if kind < 2:
                line.sendall(HALF)
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    if not line.recv(4096):
                        break
                if kind == 1:
                    line.sendall(b"A")


def lock(hotline: Served, size: Size) -> Row:
    """Somebody holds the database's lock."""
    callers = Callers(hotline, thinks=0.5, seed=5)
    slowest: list[float] = []
    locked = threading.Event()

    def hold() -> None:
        other = sqlite3.connect(hotline.database, isolation_level=None, timeout=10)
        other.execute("BEGIN IMMEDIATE")
        locked.set()
        until = time.monotonic() + size.lock_seconds
        while time.monotonic() < until:
            slowest.extend(hotline.seconds_to_answer(path) for path in ("/healthz", "/readyz"))
            time.sleep(0.2)
        other.execute("ROLLBACK")
        other.close()

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(20)
    callers.phone(size.lock_callers, size.lock_callers)
    holder.join()
    found = callers.judged()
    bad = found["calls"] - found["well"]
    seen = f"{found['calls']} callers: {found['failed requests']} timeouts, {bad} failed, slowest answer "
    seen += f"{callers.slowest():.1f} s; health routes at most {max(slowest) * 1000:.0f} ms"
    sound = not found["broken"]
    met = sound and not bad and not found["failed requests"] and callers.slowest() < 5 and max(slowest) < 0.1
    return Row(f"the database locked for {size.lock_seconds:.0f} s", seen, "0, 0, < 5 s, < 100 ms", met, sound)


FAULTS = {
    "killed": workers_killed, "hung": worker_hung, "main": main_killed, "restart": restart,
    "stop-start": stop_and_start, "half-sent": half_sent, "lock": lock,
}  # fmt: skip
