"""What `ivr diff` and `ivr impact` compare: releases by the start of their hash, folders, or the files on disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ivr.app.database import opened
from ivr.change.impact.compare_calls import parsed_body
from ivr.config import Settings
from ivr.errors import InvalidArgument, NoSuch
from ivr.flow.parse import Parsed, parse
from ivr.flow.release import Files, files_of, read_files
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.service.releases.release_ports import short
from ivr.storage.release_bodies import ReleaseBodies

SHORTEST = 4
HASH = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}\Z")


@dataclass(frozen=True, slots=True)
class Revision:
    """A release or a folder, as people name it, with its fields and files."""

    name: str
    parsed: Parsed
    files: Files
    release: str = ""


def folder_revision(folder: str, *, sound: bool = True) -> Revision:
    """The files of a folder. `FlowInvalid` with their errors, but where they need not be `sound`: then they are read
    as they were meant."""
    files = read_files(folder)
    if sound:
        compiled(files)
    return Revision(Message("revision.files", folder=folder), parse(files, as_meant=not sound), files)


def revision(word: str, settings: Settings, *, sound: bool = True) -> Revision:
    """What a word on the command line names: a folder if there is one, else a release."""
    if Path(word).is_dir():
        return folder_revision(word, sound=sound)
    if not HASH.match(word):
        raise InvalidArgument(Message("revision.neither", word=word, shortest=SHORTEST))
    with opened(settings) as database:
        return _release(database.bodies, whole_hash(database.bodies, word))


def live_revision(settings: Settings) -> Revision:
    """The live release."""
    with opened(settings) as database:
        live = database.bodies.live()
        if live is None:
            raise NoSuch(Message("revision.nothing-live"))
        return _release(database.bodies, live)


def whole_hash(bodies: ReleaseBodies, beginning: str) -> str:
    """The one release whose hash begins so. `NoSuch` where there is none or more than one."""
    found = bodies.hashes(beginning)
    if not found:
        raise NoSuch(Message("revision.none", beginning=beginning))
    if len(found) > 1:
        raise NoSuch(Message("revision.several", n=len(found), beginning=beginning))
    return found[0]


def _release(bodies: ReleaseBodies, name: str) -> Revision:
    body = bodies.body(name)
    parsed = parsed_body(body) if body is not None else None
    if body is None or parsed is None:
        raise NoSuch(Message("revision.gone", release=short(name)))
    if parsed.hotline is None:
        raise NoSuch(Message("revision.unreadable", release=short(name)))
    return Revision(Message("revision.release", release=short(name)), parsed, files_of(body), name)
