"""Calls on record replayed for `ivr replay`, a range of them in each process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ivr.app.database import opened
from ivr.cli.shared.call_parts import parts_of
from ivr.cli.shared.command_line import local_settings
from ivr.cli.shared.spread import spread, with_bar
from ivr.config import Settings
from ivr.errors import InvalidArgument, NoSuch
from ivr.messages.message import Message
from ivr.replay.fixture_files import fixture_files
from ivr.replay.stored import ReplayTotals, replay_stored
from ivr.service.ports import CallFilter

A_PART = 500
"""Calls a process takes at a time."""


@dataclass(frozen=True, slots=True)
class ReplayTargets:
    """What the words of `ivr replay` name: fixtures, databases, and calls of the usual database by their ids."""

    fixtures: list[Path]
    databases: list[str]
    calls: list[str]

    @classmethod
    def of(cls, words: Sequence[str]) -> ReplayTargets:
        """Tell them apart. `InvalidArgument` where a word looks like a file or folder and is none with fixtures."""
        named = cls([], [], [])
        for word in words:
            root = Path(word)
            if "://" in word or (root.is_file() and root.read_bytes()[:15] == b"SQLite format 3"):
                named.databases.append(word)
            elif root.is_file():
                named.fixtures.append(root)
            elif root.is_dir() and (found := fixture_files(root)):
                named.fixtures.extend(found)
            elif root.is_dir() or "/" in word or "." in word:
                raise InvalidArgument(Message("replay.files.none-at", path=word))
            else:
                named.calls.append(word)
        return named


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSource:
    """The database calls are read from, whether documents are compared too, and which calls are wanted."""

    settings: Settings
    twiml: bool
    wanted: CallFilter


def settings_for(database: str) -> Settings:
    """The settings of the environment, with another database where one is named (a file or a URL)."""
    settings = local_settings()
    if not database:
        return settings
    return replace(settings, database_url=database if "://" in database else f"sqlite:///{database}")


def replay_targets(targets: ReplayTargets, wanted: CallFilter, *, twiml: bool, jobs: int) -> ReplayTotals:
    """Replay the wanted calls of each database, and the calls named; without either, those of the usual database."""
    whole = ReplayTotals()
    for database in targets.databases:
        whole.add(replay_calls(StoredSource(settings=settings_for(database), twiml=twiml, wanted=wanted), jobs))
    if targets.calls or not targets.databases:
        simulated = wanted.simulated or bool(targets.calls)
        named = CallFilter(calls=tuple(targets.calls), since=wanted.since, simulated=simulated)
        whole.add(replay_calls(StoredSource(settings=settings_for(""), twiml=twiml, wanted=named), jobs))
    return whole


def replay_calls(source: StoredSource, jobs: int) -> ReplayTotals:
    """Replay the calls. `NoSuch` where one that is named is not on record, `NoDatabase` where there is no database."""
    with opened(source.settings) as database:
        names = database.calls.names(source.wanted)
    missing = [call for call in source.wanted.calls if call not in names]
    if missing:
        raise NoSuch(Message("replay-command.no-call", call=missing[0], database=database.name))
    parts = parts_of(source.wanted, names, A_PART)
    whole = ReplayTotals()
    for totals in with_bar(spread(partial(_part, source), parts, jobs), len(parts), Message("replay-command.bar")):
        whole.add(totals)
    return whole


def _part(source: StoredSource, part: CallFilter) -> ReplayTotals:
    whole = ReplayTotals()
    with opened(source.settings) as database:
        ports = database.ports
        for totals in replay_stored(database.calls, part, ports.release, ports.render, twiml=source.twiml):
            whole.add(totals)
    return whole
