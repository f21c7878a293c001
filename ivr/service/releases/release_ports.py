"""What publishing needs from outside: the stored releases, the log of publications, the time, somebody to report to."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from ivr.errors import IvrError
from ivr.messages.message import Message

PublicationKind = Literal["first", "publish", "rollback"]
SHORT = 12
"""Length of a release's name in messages, in characters of its hash."""


class PublishConflict(IvrError):
    """Another release went live while this one was being checked. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Check:
    """What a look at a draft has found: passed or not, in a few words, and the findings, a line each.

    `skipped`: there was nothing to look at, so it stops nobody and says nothing of the draft.
    """

    name: str
    passed: bool
    summary: str
    lines: Sequence[str] = ()
    skipped: bool = False

    @property
    def outcome(self) -> Message:
        """In a word, as it is printed."""
        if self.skipped:
            return Message("service.releases.skipped")
        return Message("service.releases.passed") if self.passed else Message("service.releases.failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A release going live: by whom, why, and the failed checks it went live in spite of (empty where none)."""

    release: str
    kind: PublicationKind
    at: datetime
    author: str
    note: str
    forced: str = ""
    checks: Sequence[Check] = ()


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """Who does it and why; `force` goes on in spite of failed checks."""

    author: str
    note: str
    force: bool = False


class StoredRelease(NamedTuple):
    """A release in the database."""

    name: str
    stored_at: datetime


class ReleaseStore(Protocol):
    """The stored releases. Every method: `StoreUnavailable` with the reason."""

    def live(self) -> str | None:
        """The release new calls get; its content may be gone."""

    def body(self, name: str) -> str | None:
        """A release's files, None where they are gone."""

    def stored(self) -> Sequence[StoredRelease]:
        """Every release in the database, drafts too."""

    def publications(self) -> Sequence[Publication]:
        """What went live, newest first. It outlives the releases it names."""

    def in_progress(self) -> Mapping[str, int]:
        """By release, how many calls that have not ended are on it."""

    def served_draft(self) -> str | None:
        """The draft a sandbox serves."""

    def served(self) -> Mapping[str, str]:
        """The releases that new calls get or are about to: by `live`, `draft` and `staged`."""

    def stage(self, name: str, body: str | None, at: datetime, *, instead_of: str) -> None:
        """Store `body` (None: it is stored already) and name the release as the one that goes live next: every process
        that serves calls compiles it now, and not while a caller waits. Errors as of `put_live`."""

    def put_live(self, publication: Publication, body: str | None, *, instead_of: str | None) -> None:
        """Store `body` (None: the release is stored already), make the release live and add a publication, in one
        transaction. Nothing is staged after it.

        `PublishConflict` where another one than `instead_of` is live by now; `NoSuch` where the content is gone.
        """

    def put_draft(self, name: str, body: str, at: datetime, *, serve: bool) -> None:
        """Store a draft; `serve` makes it the one a sandbox's new calls get. What is live stays as it is."""

    def remove(self, names: Sequence[str]) -> Sequence[str]:
        """Remove these; which went. One that is live, served or under a call that has not ended stays."""


@dataclass(frozen=True, slots=True)
class PublishPorts:
    """What publishing is given; `report` is called with each check as it is done, `pause` waits so many seconds."""

    store: ReleaseStore
    clock: Callable[[], datetime]
    report: Callable[[Check], None] = lambda check: None
    pause: Callable[[float], None] = time.sleep


def short(name: str) -> str:
    """A release as people name it."""
    return name[:SHORT]
