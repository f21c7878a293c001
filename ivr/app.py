"""The composition root: the only place that knows every room."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ivr.config import Settings
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.flow.release import Files, body_of, compiled, from_body, hash_of, read_files
from ivr.service.ports import Ports
from ivr.service.refold import transfer_of
from ivr.storage.releases import live_release, put_release
from ivr.storage.schema import engine, sqlite_path, upgrade
from ivr.storage.sqlite import SqliteStore
from ivr.twilio.fixed import FAREWELL, apology
from ivr.twilio.signature import Verifier
from ivr.twilio.twiml import Documents


def system_clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Releases:
    """Compiled releases by hash: immutable, so kept for good; nothing else is kept between webhooks."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._known: dict[str, Release] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> Release:
        """The release of this name. `NoSuch` where it is gone."""
        known = self._known.get(name)
        if known is not None:
            return known
        body = self._store.release_body(name)
        if body is None:
            raise NoSuch(f"release {name[:12]} is gone")
        with self._lock:
            return self._known.setdefault(name, from_body(body))


@dataclass(frozen=True, slots=True)
class Hotline:
    """A wired hotline: what the webhooks are given."""

    settings: Settings
    ports: Ports
    verifier: Verifier
    documents: Documents

    def whisper(self, call: str, turn: int) -> str:
        """The document a desk hears before turn `turn`'s transfer is put through. `NoSuch` where there is none."""
        release, transfer = transfer_of(self.ports, call, turn)
        return self.documents.whisper(release, transfer.whisper, release.first_language, transfer.values)

    def check_ready(self) -> None:
        """`StoreUnavailable` or `NoSuch` where calls cannot be taken."""
        name = self.ports.store.live_release()
        if name is None:
            raise NoSuch("no release is live")
        self.ports.release(name)


def wire(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = system_clock,
    entry: str = "",
    language: str = "",
    facts: Mapping[str, str] | None = None,
    simulated: bool = False,
    release: str = "",
) -> Hotline:
    """Wire a hotline from its settings. Opens nothing: the first webhook does."""
    store = SqliteStore(sqlite_path(settings.database_url), synchronous=settings.sqlite_sync)
    documents = Documents(urlsplit(settings.public_url).path, settings.last_resort)
    ports = Ports(
        store=store,
        render=documents.render,
        release=Releases(store).get,
        clock=clock,
        farewell=FAREWELL,
        apology=apology(settings.last_resort),
        simulated=simulated,
        entry=entry,
        language=language,
        pinned_facts=facts,
        pinned_release=release,
    )
    return Hotline(settings, ports, Verifier(settings.tokens, settings.public_url), documents)


def prepare_database(settings: Settings) -> None:
    """Make the database, or bring it up to date. `StoreUnavailable` with the reason."""
    upgrade(settings.database_url)


def prepare(settings: Settings, now: datetime) -> str:
    """Bring the database up to date and make changed, clean flows the live release; the live release's name.

    `FlowInvalid` with the findings where there are errors and nothing is live yet; with a release live, a broken
    folder changes nothing.
    """
    prepare_database(settings)
    return store_release(settings, read_files(settings.flows), now, live=True)


def store_release(settings: Settings, files: Files, now: datetime, *, live: bool) -> str:
    """Store clean files as a release; the release's name."""
    compiled(files)
    body = body_of(files)
    name = hash_of(body)
    made = engine(settings.database_url)
    try:
        if not (live and live_release(made) == name):
            put_release(made, name, body, now, live=live)
    finally:
        made.dispose()
    return name
