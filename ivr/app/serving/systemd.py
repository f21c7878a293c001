"""What a service manager hands over and is told: a socket that listens already, and that calls can be taken.

Both by the environment, as sd_listen_fds(3) and sd_notify(3) describe; without it nothing happens.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress

from ivr.errors import InvalidArgument
from ivr.messages.message import Message

FIRST_FD = 3


def inherited_socket() -> socket.socket | None:
    """The listening socket that the service manager holds across restarts. The variables are for this process alone.
    `InvalidArgument` where they name something else."""
    fds, pid = os.environ.pop("LISTEN_FDS", ""), os.environ.pop("LISTEN_PID", "")
    os.environ.pop("LISTEN_FDNAMES", None)
    if not fds or pid != str(os.getpid()):
        return None
    if fds != "1":
        raise InvalidArgument(Message("app.systemd.several", fds=fds))
    try:
        os.set_inheritable(FIRST_FD, False)
        found = socket.socket(fileno=FIRST_FD)
        if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            return found
        found.detach()
    except OSError as failed:
        raise InvalidArgument(Message("app.systemd.not-open", fd=FIRST_FD, why=failed.strerror)) from failed
    raise InvalidArgument(Message("app.systemd.not-listening", fd=FIRST_FD))


def notify(state: str) -> None:
    """Tell the service manager, such as "READY=1"."""
    where = os.environ.get("NOTIFY_SOCKET", "")
    if not where:
        return
    if where[0] == "@":  # a name without a file
        where = "\0" + where[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.connect(where)
        told.sendall(state.encode())
