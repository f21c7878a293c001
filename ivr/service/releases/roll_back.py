"""Make an earlier release live again: content that was checked when it was published, under a new line in the log."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.errors import IvrError, NoSuch
from ivr.flow.release import why_unusable
from ivr.messages.message import Message
from ivr.service.releases.publishing import Published, go_live
from ivr.service.releases.release_ports import Publication, PublishPorts, PublishRequest, ReleaseStore, short


class ReleaseUnusable(IvrError):
    """A stored release cannot be run by this version."""


def roll_back(ports: PublishPorts, wanted: str, request: PublishRequest) -> Published:
    """Make an earlier release live again: `wanted` is the start of its hash; empty means the release before this one.

    `NoSuch` where none, several or only a draft begins so, or its body is gone; `ReleaseUnusable`; `PublishConflict`.
    """
    store = ports.store
    live, log = store.live(), store.publications()
    name = _named(store, log, wanted.lower()) if wanted else _before(log, live)
    body = store.body(name)
    if body is None:
        raise NoSuch(Message("service.releases.content-gone", release=short(name)))
    if name == live:
        return Published(release=name, replaced=live, unchanged=True)
    if reason := why_unusable(body):
        raise ReleaseUnusable(Message("service.releases.unusable", release=short(name), why=reason))
    publication = Publication(release=name, kind="rollback", at=ports.clock(), author=request.author, note=request.note)
    finishing = go_live(ports, publication, None, instead_of=live)
    return Published(release=name, replaced=live, done=True, in_progress=finishing)


def _named(store: ReleaseStore, log: Sequence[Publication], wanted: str) -> str:
    published = dict.fromkeys(entry.release for entry in log)
    found = [name for name in published if name.startswith(wanted)]
    if len(found) > 1:
        raise NoSuch(Message("service.releases.several", beginning=wanted, releases=tuple(map(short, found))))
    if found:
        return found[0]
    if any(stored.name.startswith(wanted) for stored in store.stored()):
        raise NoSuch(Message("service.releases.only-a-draft", beginning=wanted))
    raise NoSuch(Message("service.releases.none", beginning=wanted))


def _before(log: Sequence[Publication], live: str | None) -> str:
    """What was live before the live one was last published. A rollback does not count as publishing: whoever rolls
    back twice wants to go further back, not to the release they have just fled from."""
    if not log:
        raise NoSuch(Message("service.releases.nothing-published"))
    if live is None:
        return log[0].release
    published = next((n for n, entry in enumerate(log) if entry.release == live and entry.kind != "rollback"), 0)
    for entry in log[published:]:
        if entry.release != live:
            return entry.release
    raise NoSuch(Message("service.releases.nothing-before", release=short(live)))
