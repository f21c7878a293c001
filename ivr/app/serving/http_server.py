"""The HTTP server of one process that takes calls, or answers the API: waitress, with limits of time.

Waitress reads a request in whole before a thread sees it, so nobody who sends half of one holds a thread. What it
lacks for a telephone line stands here: a request that does not arrive, that does not say how long it is
(`request_parser`), or that waits too long for a thread, and an end that no caller notices (docs/adr/0012).
"""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from waitress.adjustments import Adjustments  # type: ignore[import-untyped]
from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
from waitress.server import TcpWSGIServer  # type: ignore[import-untyped]
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask  # type: ignore[import-untyped]

from ivr.app.observed.refusing import tell_refused_by_server
from ivr.app.serving.request_parser import RequestParser

LARGEST_BODY = 64 * 1024
ARRIVE_SECONDS = 2.0
"""From a request's first byte to its last."""
IDLE_SECONDS = 5.0
"""A connection that asks nothing is closed after so long."""
DRAINING_IDLE_SECONDS = 1.0
"""And after so long once the process is told to end."""
LOOK_SECONDS = 0.25
"""How often the times are looked at."""
LATE_SECONDS = 3.0
"""A request that waited so long for a thread is answered without the database: its caller has waited enough."""
STUCK_SECONDS = 12.0
"""Requests wait and none was finished for so long: the process is to be replaced. A database that is away holds a
request for five seconds at most."""
DRAIN_SECONDS, ABANDON_SECONDS = 10.0, 1.5
"""How long connections that are open may last when the process is told to end, and when its parent has ended."""
MOST_CONNECTIONS = 1000
SPARE_FILES = 40
"""Files a process needs beside its connections, each thread's database connection not counted."""
FILES_A_THREAD = 4
TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
UNKNOWN_LENGTH = ("411", "413")
"""Statuses of a request that was refused without its body: what comes next may be that body, and is no request."""
REFUSALS = {411: "no_length", 413: "too_large", 431: "too_large"}
"""Why the server itself refuses a request, by its status; any other is a bad request."""
HEALTH = ("/healthz", "/readyz")
"""Asked by machines that replace us if we are silent: threads of their own answer."""


class Task(WSGITask):  # type: ignore[misc]
    """One request. The application learns when it came."""

    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ["ivr.waited"] = time.monotonic() - self.channel.came
        environ["ivr.late"] = environ["ivr.waited"] > LATE_SECONDS
        return environ

    def build_response_header(self) -> bytes:
        if self.status.startswith(UNKNOWN_LENGTH):
            self.set_close_on_finish()
        head: bytes = super().build_response_header()
        return head


class Refusal(ErrorTask):  # type: ignore[misc]
    """A request that makes no sense as HTTP, is too large, or does not say how large it is: answered here."""

    def execute(self) -> None:
        error = self.request.error
        tell_refused_by_server(REFUSALS.get(error.code, "bad_request"), str(error.reason).lower())
        super().execute()


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    task_class, error_task_class, parser_class = Task, Refusal, RequestParser
    began = came = 0.0
    """When the first byte came of a request that is not whole yet (0: none), and when the last whole one was."""
    about_health = False

    def __init__(self, *given: Any, **named: Any) -> None:
        self.active = time.monotonic()  # when anything was last asked or answered; waitress has it by the wall clock
        super().__init__(*given, **named)

    def received(self, data: bytes) -> bool:
        before, self.active = self.request, time.monotonic()
        took: bool = super().received(data)
        if self.request is None:
            self.began = 0.0
        elif self.request is not before:
            self.began = self.active
        return took

    def service(self) -> None:
        about_health = self.about_health
        if self.server.draining:
            self.requests[0].headers["CONNECTION"] = "close"
        super().service()
        self.active = time.monotonic()
        if not about_health:
            self.server.finished = self.active

    def idle(self) -> bool:
        """Whether nothing is being done for it."""
        return not self.requests and not self.total_outbufs_len

    def refuse(self) -> None:
        """Say that the request came too slowly, if the client listens, and close."""
        tell_refused_by_server("slow_request", f"it did not arrive within {ARRIVE_SECONDS:.0f} s")
        with self.outbuf_lock:
            self.outbufs[-1].append(TOO_SLOW)
            self.total_outbufs_len += len(TOO_SLOW)
        self.began, self.close_when_flushed = 0.0, True


class HttpServer(TcpWSGIServer):  # type: ignore[misc]
    """Takes requests from a socket that listens already, shared with the other processes of this `ivr serve`."""

    channel_class = Channel

    def __init__(
        self, application: Callable[..., Any], listening: socket.socket, threads: int, largest: int = LARGEST_BODY
    ) -> None:
        self.most = most_connections(threads)
        adjustments = Adjustments(
            threads=threads,
            sockets=[listening],
            ident=None,
            backlog=1024,
            connection_limit=self.most + SPARE_FILES // 2,
            cleanup_interval=LOOK_SECONDS,
            channel_timeout=IDLE_SECONDS,
            asyncore_loop_timeout=LOOK_SECONDS,
            asyncore_use_poll=True,
            log_socket_errors=False,
            max_request_body_size=largest,
            max_request_header_size=LARGEST_BODY,
            server_name="localhost",
        )
        dispatcher, self.health_dispatcher = dispatcher_of(threads), dispatcher_of(len(HEALTH))
        self.accepting: bool
        self.next_channel_cleanup = float("inf")  # we look ourselves
        self.draining, self.until, self.finished = False, float("inf"), time.monotonic()
        self.well: Callable[[], None] = lambda: None
        where = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(application, {}, True, listening, dispatcher, adjustments, where, bind_socket=False)

    def handle_accept(self) -> None:
        """Take a connection; where there are too many, the one that has done nothing for the longest makes room."""
        super().handle_accept()
        if len(self.active_channels) > self.most:
            waiting = [one for one in list(self.active_channels.values()) if one.idle()]
            if waiting:
                min(waiting, key=lambda one: one.active).handle_close()

    def add_task(self, channel: Channel) -> None:
        """Have a thread answer; the health of this process is told at once, however busy all threads are."""
        channel.came = time.monotonic()
        channel.about_health = getattr(channel.requests[0], "path", "") in HEALTH
        if channel.about_health:
            self.health_dispatcher.add_task(channel)
            return
        if not self.task_dispatcher.queue:
            self.finished = max(self.finished, channel.came)  # nobody has waited before this one
        super().add_task(channel)

    def look(self) -> None:
        """Close what is too slow or idle, and say that the process is well unless it is stuck. By the clock that nobody
        sets: waitress would do it by the other."""
        at = time.monotonic()
        longest = DRAINING_IDLE_SECONDS if self.draining else self.adj.channel_timeout
        for channel in list(self.active_channels.values()):  # threads close connections too
            if channel.requests:
                continue
            if channel.began and at - channel.began > ARRIVE_SECONDS:
                channel.refuse()
            elif at - channel.active > (IDLE_SECONDS if channel.total_outbufs_len else longest):
                channel.will_close = True  # it asks nothing, or does not read its answer
        if not self.task_dispatcher.queue or at - self.finished < STUCK_SECONDS:
            self.well()

    def drain(self, seconds: float = DRAIN_SECONDS) -> None:
        """Take no further connection, and end once those that are open have had their answers, or after so long. Safe
        in a handler."""
        self.until = min(self.until, time.monotonic() + seconds)
        self.draining = True
        with suppress(OSError):  # it has ended already
            self.pull_trigger()

    def abandon(self) -> None:
        """Drain in a hurry: the parent has ended, and its successor needs the address."""
        self.drain(ABANDON_SECONDS)

    def run(self) -> None:
        """Answer until told to drain, and then until all is answered."""
        looked = float("-inf")
        while not (self.draining and (not self.active_channels or time.monotonic() > self.until)):
            self.asyncore.loop(timeout=LOOK_SECONDS, map=self._map, use_poll=True, count=1)
            if self.draining and self.accepting:
                self.accepting = False
                self.del_channel()
                self.socket.close()
            if time.monotonic() - looked >= LOOK_SECONDS:
                looked = time.monotonic()
                self.look()
        if self.accepting:
            self.socket.close()
        self.task_dispatcher.shutdown(timeout=1)
        self.health_dispatcher.shutdown(timeout=1)
        self.asyncore.close_all(self._map, ignore_all=True)


def dispatcher_of(threads: int) -> ThreadedTaskDispatcher:
    """Threads that answer requests."""
    made = ThreadedTaskDispatcher()
    made.queue_logger.disabled = True  # it has a line for each request that waits
    made.set_thread_count(threads)
    return made


def most_connections(threads: int) -> int:
    """How many connections a process may hold, so that no limit of open files is ever met."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(10, min(MOST_CONNECTIONS, files - SPARE_FILES - FILES_A_THREAD * threads))
