"""What `ivr publish` and `ivr rollback` record and say alike: who does it, and what it means for calls."""

from __future__ import annotations

import getpass
import subprocess

from ivr.cli.shared.echo import echo
from ivr.errors import InvalidArgument
from ivr.messages.message import Message
from ivr.service.releases.publishing import Published
from ivr.service.releases.release_ports import PublishRequest, short

LONGEST = 1000


def request_of(author: str | None, note: str | None, *, force: bool = False) -> PublishRequest:
    """The request as recorded, on one line. `InvalidArgument` where a note says nothing or too much; None is none."""
    text, by = " ".join((note or "").split()), " ".join((author or usual_author()).split())
    by = by.encode("utf-8", "replace").decode()
    if not text and note is not None:
        raise InvalidArgument(Message("publish.empty-note"))
    if len(text) > LONGEST:
        raise InvalidArgument(Message("publish.long-note", length=len(text), most=LONGEST))
    return PublishRequest(by[:LONGEST], text, force)


def usual_author() -> str:
    """Git's name for whoever is at work here, else the system's."""
    try:
        asked = subprocess.run(["git", "config", "user.name"], capture_output=True, timeout=5, check=False)  # noqa: S607
        if name := asked.stdout.decode("utf-8", "replace").strip():
            return name
    except (OSError, subprocess.TimeoutExpired):
        pass
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment and none for this user id
        return "unknown"


def say_done(published: Published, done: str = "publish.done") -> None:
    """The sentence about what is live now, by its code, and what becomes of calls in progress."""
    echo(Message(done, release=short(published.release)))
    if published.replaced and published.replaced != published.release:
        before, calls = short(published.replaced), published.in_progress
        if calls:
            echo(Message("publish.in-progress", calls=calls, release=before))
        else:
            echo(Message("publish.none-in-progress", release=before))
