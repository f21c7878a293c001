"""What `ivr publish` and `ivr rollback` record and say alike: who does it, and what it means for calls."""

from __future__ import annotations

import getpass
import subprocess

import click

from ivr.errors import InvalidArgument
from ivr.service.releases.publishing import Published
from ivr.service.releases.release_ports import PublishRequest, short

LONGEST = 1000


def request_of(author: str | None, note: str | None, *, force: bool = False) -> PublishRequest:
    """The request as recorded, on one line. `InvalidArgument` where a note says nothing or too much; None is none."""
    text, by = " ".join((note or "").split()), " ".join((author or usual_author()).split())
    by = by.encode("utf-8", "replace").decode()
    if not text and note is not None:
        raise InvalidArgument("the note is empty; say in a few words what changes for callers.")
    if len(text) > LONGEST:
        raise InvalidArgument(f"the note has {len(text)} characters; at most {LONGEST} are kept.")
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


def say_done(published: Published, *, again: str = "") -> None:
    """The sentence about what is live now and what becomes of calls in progress."""
    click.echo(f"release {short(published.release)} is live{again}: new calls use it at once.")
    if published.replaced and published.replaced != published.release:
        calls = published.in_progress
        some = f"{calls} call{'' if calls == 1 else 's'} in progress finish{'es' if calls == 1 else ''}"
        click.echo(f"{some if calls else 'No call is in progress'} on {short(published.replaced)}.")
