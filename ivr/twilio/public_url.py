"""One public URL in all the spellings that the provider may sign it in.

The provider signs the URL as its own settings spell it: with the standard port or without it, the host in capitals or
not, with `user:password@` or not. All of them are this one place. So all are right, as they are to the provider's own
validator, which tries a URL with its port and without.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

STANDARD = {"https": 443, "http": 80}


class Place(NamedTuple):
    """Scheme, host and port of a URL as far as they tell one server from another."""

    scheme: str
    host: str
    port: int


def place_of(parts: SplitResult) -> Place | None:
    """Where a URL leads; None where it leads nowhere."""
    try:
        port = parts.port or STANDARD.get(parts.scheme, 0)
    except ValueError:
        return None
    return Place(parts.scheme, (parts.hostname or "").lower(), port) if parts.hostname and port else None


def spellings(public_url: str) -> list[str]:
    """The URL as it is set, then as else it may be signed; without a slash at its end."""
    parts = urlsplit(public_url)
    path = parts.path.rstrip("/")
    user, at, place = parts.netloc.rpartition("@")
    host, standard = _host(place), STANDARD[parts.scheme]
    ports = dict.fromkeys([place[len(host) :], "", *([] if place[len(host) :] else [f":{standard}"])])
    found = [
        f"{parts.scheme}://{before}{name}{port}{path}"
        for before in dict.fromkeys([user + at, ""])
        for name in dict.fromkeys([host, host.lower()])
        for port in ports
    ]
    return list(dict.fromkeys(found))


def in_capitals_of(public_url: str, host: str) -> str:
    """The URL with its host written as a request's Host header writes it; empty where that is another host."""
    parts = urlsplit(public_url)
    user, at, place = parts.netloc.rpartition("@")
    ours, theirs = _host(place), _host(host)
    same = theirs.isascii() and theirs.lower() == ours.lower()
    return parts._replace(netloc=f"{user}{at}{theirs}{place[len(ours) :]}").geturl() if same else ""


def _host(place: str) -> str:
    """The host of a place without its port; an IPv6 address keeps its brackets."""
    return place[: place.find("]") + 1] if place.startswith("[") else place.partition(":")[0]
