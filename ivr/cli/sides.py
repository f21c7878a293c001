"""The two sides of a comparison: releases by the first signs of their hash, folders, or the files on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ivr.change.impact.judges import parsed_body
from ivr.config import Settings
from ivr.errors import NoSuch, SettingInvalid
from ivr.flow.parse import Parsed, parse
from ivr.flow.release import Files, files_of, read_files
from ivr.lint.findings import compiled
from ivr.storage.release_bodies import ReleaseBodies
from ivr.storage.schema import engine, sqlite_path

SHORTEST = 4
HASH = re.compile(rf"[0-9a-f]{{{SHORTEST},64}}\Z")


@dataclass(frozen=True, slots=True)
class Side:
    """A release or a folder, as people name it, with its fields and files."""

    name: str
    parsed: Parsed
    files: Files
    release: str = ""


@contextmanager
def bodies(settings: Settings) -> Iterator[ReleaseBodies]:
    """The releases of the database. `NoSuch` where there is no database: looking must not make one."""
    path = sqlite_path(settings.database_url)
    if not Path(path).exists():
        raise NoSuch(f"there is no database {path} yet, so there are no releases; name two folders instead.")
    made = engine(settings.database_url)
    try:
        yield ReleaseBodies(made)
    finally:
        made.dispose()


def folder_side(folder: str) -> Side:
    """The files of a folder. `FlowInvalid` with their errors."""
    files = read_files(folder)
    compiled(files)
    return Side(f"the files in {folder}", parse(files), files)


def side(word: str, settings: Settings) -> Side:
    """What a word on the command line names: a folder if there is one, else a release."""
    if Path(word).is_dir():
        return folder_side(word)
    if not HASH.match(word):
        raise SettingInvalid(
            f'"{word}" is neither a folder nor a release; a release is named by the first {SHORTEST} or more signs '
            "of its hash."
        )
    with bodies(settings) as rows:
        return _release(rows, whole_hash(rows, word))


def live_side(settings: Settings) -> Side:
    """The live release."""
    with bodies(settings) as rows:
        live = rows.live()
        if live is None:
            raise NoSuch("no release is live yet; name two folders or releases to compare.")
        return _release(rows, live)


def whole_hash(rows: ReleaseBodies, beginning: str) -> str:
    """The one release whose hash begins so. `NoSuch` where there is none or more than one."""
    found = rows.hashes(beginning)
    if not found:
        raise NoSuch(f'no release begins with "{beginning}".')
    if len(found) > 1:
        raise NoSuch(f'{len(found)} releases begin with "{beginning}"; write more of the hash.')
    return found[0]


def _release(rows: ReleaseBodies, name: str) -> Side:
    body = rows.body(name)
    parsed = parsed_body(body) if body is not None else None
    if body is None or parsed is None:
        raise NoSuch(f"release {name[:12]} is gone.")
    if parsed.hotline is None:
        raise NoSuch(f"release {name[:12]} cannot be read by this version.")
    return Side(f"release {name[:12]}", parsed, files_of(body), name)
