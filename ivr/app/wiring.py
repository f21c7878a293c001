"""What answers calls, wired from its settings: the webhooks are given a `Hotline` and know nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from ivr.config import Settings
from ivr.errors import FlowInvalid, NoSuch, StoreUnavailable
from ivr.flow.model import Release
from ivr.flow.release import from_body
from ivr.messages.message import Message
from ivr.service.calls.opening import CallDetails, Opening, by_number_dialled
from ivr.service.calls.replay_call import transfer_of
from ivr.service.outgoing.attempt_facts import by_attempt
from ivr.service.ports import Ports, Store
from ivr.service.releases.release_ports import short
from ivr.storage.opening import open_store
from ivr.twilio.fixed import FAREWELL, NEUTRAL
from ivr.twilio.signature import Verifier
from ivr.twilio.twiml import Documents


def system_clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


MOST_COMPILED = 100


class Releases:
    """Compiled releases by hash: immutable, so kept; nothing else is kept between webhooks. At most a hundred, for a
    watching sandbox makes one at every save; one that is needed again is compiled again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Release] = {}
        self._lock = threading.Lock()

    def get(self, name: str) -> Release:
        """The release of this name. `NoSuch` where it is gone. `StoreUnavailable` where this version cannot read it: a
        later one can, which runs beside it during a rolling upgrade, so the caller waits and meets that."""
        known = self._known.get(name)
        if known is not None:
            return known
        body = self._store.release_body(name)
        if body is None:
            raise NoSuch(Message("app.release.gone", release=short(name)))
        try:
            made = from_body(body)
        except FlowInvalid as invalid:
            why = invalid.findings[0].sentence()
            raise StoreUnavailable(Message("app.release.unreadable", release=short(name), why=why)) from invalid
        with self._lock:
            if len(self._known) >= MOST_COMPILED:
                del self._known[next(iter(self._known))]
            return self._known.setdefault(name, made)


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


def wire(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = system_clock,
    opening: Callable[[CallDetails], Opening | None] = by_number_dialled,
) -> Hotline:
    """Wire a hotline from its settings; `opening` says what a call begins from. No connection is opened: the first
    webhook does."""
    store = open_store(settings, clock)
    explained = by_attempt(store, opening)
    documents = Documents(urlsplit(settings.public_url).path, settings.last_resort)
    ports = Ports(
        store=store,
        render=documents.render,
        release=Releases(store).get,
        clock=clock,
        farewell=FAREWELL,
        neutral=NEUTRAL,
        seal_key=settings.seal_keys[-1].encode() if settings.seal_keys else b"",
        apology=documents.apology,
        opening=_simulated(explained) if settings.serves_draft else explained,
    )
    return Hotline(settings, ports, Verifier(settings.tokens, settings.public_url), documents)


def _simulated(opening: Callable[[CallDetails], Opening | None]) -> Callable[[CallDetails], Opening | None]:
    """The same, of calls that count nowhere."""

    def simulated(details: CallDetails) -> Opening | None:
        found = opening(details)
        return replace(found, simulated=True) if found else None

    return simulated
