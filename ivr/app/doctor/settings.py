"""The settings, each for itself: all mistakes at once, and variables that nothing reads."""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ivr.app.doctor.line import Line, ok, problem, shown_url, warning
from ivr.config import LOOPBACK, Settings, read_settings
from ivr.errors import SettingInvalid
from ivr.messages.message import Message
from ivr.storage.database_url import is_postgres

READ_ELSEWHERE = ("IVR_LANG", "IVR_TEST_POSTGRES")
"""Read by every command, and by tests of this program."""


class _Asked(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def get(self, name: str, default: Any = None) -> Any:
        self.names.append(name)
        return default


def known_settings() -> list[str]:
    """The names that are read, in order; IVR_HOST last, for whether it may stand depends on others."""
    asked = _Asked()
    read_settings(asked)
    return sorted(dict.fromkeys(asked.names), key=lambda name: name == "IVR_HOST")


def examine_settings(environ: Mapping[str, str]) -> tuple[Settings, list[Line]]:
    """The settings, without those that make no sense, and what is to be said of them."""
    known, kept, lines = known_settings(), dict[str, str](), list[Line]()
    for name in known:
        if name not in environ:
            continue
        try:
            read_settings({**kept, name: environ[name]})
        except SettingInvalid as wrong:
            lines.append(problem("settings", wrong.message, Message("doctor.settings.correct")))
        else:
            kept[name] = environ[name]
    others = (name for name in sorted(environ) if name.startswith("IVR_") and name not in known)
    lines += [_unknown(name, known) for name in others if name not in READ_ELSEWHERE]
    settings = read_settings(kept)
    lines += _without_effect(settings, kept)
    if not lines:
        lines.append(ok("settings", _set(kept)))
    return settings, lines


def _set(kept: Mapping[str, str]) -> Message:
    return (
        Message("doctor.settings.set", count=len(kept), names=tuple(kept)) if kept else Message("doctor.settings.none")
    )


def _unknown(name: str, known: list[str]) -> Line:
    near = difflib.get_close_matches(name, known, 1, 0.75)
    do = Message("doctor.settings.similar", name=near[0]) if near else Message("doctor.settings.remove")
    return warning("settings", Message("doctor.settings.unknown", name=name), do)


def _without_effect(settings: Settings, kept: Mapping[str, str]) -> Iterator[Line]:
    if "IVR_SQLITE_SYNC" in kept and is_postgres(settings.database_url):
        yield warning("settings", Message("doctor.settings.sync-on-postgres"), Message("doctor.settings.remove"))
    if kept.get("IVR_DRAFT") == "yes":
        yield warning("settings", Message("doctor.settings.draft"), Message("doctor.settings.unset-draft"))


def examine_token(settings: Settings) -> Iterator[Line]:
    """Whether anybody can tell who calls."""
    count = len(settings.tokens)
    odd = sum(not re.fullmatch(r"[0-9a-f]{32}", token) for token in settings.tokens)
    if not count:
        yield problem("token", Message("doctor.token.missing"), Message("doctor.token.copy"))
    elif odd:
        yield warning("token", Message("doctor.token.odd", odd=odd, count=count), Message("doctor.token.copy-again"))
    elif count > 1:
        yield ok("token", Message("doctor.token.several", count=count))
    else:
        yield ok("token", Message("doctor.token.one"))


def examine_public_url(settings: Settings, environ: Mapping[str, str]) -> Iterator[Line]:
    """Whether the URL can be the one Twilio calls, and signs."""
    parts, url = urlsplit(settings.public_url), shown_url(settings.public_url)
    host, write = parts.hostname or "", Message("doctor.public-url.write")
    if not environ.get("IVR_PUBLIC_URL"):
        yield problem("public-url", Message("doctor.public-url.unset", url=url), write)
    elif _inside(host):
        yield problem("public-url", Message("doctor.public-url.inside", url=url), write)
    elif parts.path.rstrip("/").endswith("/voice"):
        yield problem("public-url", Message("doctor.public-url.voice", url=url), write)
    elif parts.username or parts.password:
        yield warning("public-url", Message("doctor.public-url.user"), Message("doctor.public-url.no-user"))
    elif parts.scheme == "http":
        says = Message("doctor.public-url.clear", url=url)
        yield warning("public-url", says, Message("doctor.public-url.use-https"))
    elif parts.port == 443:
        says = Message("doctor.public-url.standard-port", url=url)
        yield warning("public-url", says, Message("doctor.public-url.no-port"))
    else:
        yield ok("public-url", Message("doctor.public-url.right", url=url))


def _inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host in LOOPBACK or "." not in host or host.endswith((".local", ".internal", ".localhost"))
