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
from ivr.storage.database_url import is_postgres

FOR_TESTS = ("IVR_TEST_POSTGRES",)


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
            lines.append(problem("settings", str(wrong), "Set it right where the hotline gets its environment."))
        else:
            kept[name] = environ[name]
    lines += [_unknown(name, known) for name in sorted(environ) if name.startswith("IVR_") and name not in known]
    lines = [line for line in lines if not line.says.startswith(FOR_TESTS)]
    settings = read_settings(kept)
    lines += _without_effect(settings, kept)
    if not lines:
        lines.append(ok("settings", f"{len(kept)} set: {', '.join(kept) or 'none'}"))
    return settings, lines


def _unknown(name: str, known: list[str]) -> Line:
    near = difflib.get_close_matches(name, known, 1, 0.75)
    do = f"Did you mean {near[0]}?" if near else "Remove it."
    return warning("settings", f"{name} is set, and nothing reads it.", do)


def _without_effect(settings: Settings, kept: Mapping[str, str]) -> Iterator[Line]:
    if "IVR_SQLITE_SYNC" in kept and is_postgres(settings.database_url):
        yield warning("settings", "IVR_SQLITE_SYNC does nothing for a PostgreSQL database.", "Remove it.")
    if kept.get("IVR_DRAFT") == "yes":
        yield warning("settings", "IVR_DRAFT serves drafts to callers.", "Unset it: only a watching sandbox needs it.")


def examine_token(settings: Settings) -> Iterator[Line]:
    """Whether anybody can tell who calls."""
    if not settings.tokens:
        says = "TWILIO_AUTH_TOKEN is missing: `ivr serve` refuses to start but as a sandbox."
        yield problem("token", says, "Copy the auth token from the provider's console.")
    elif odd := [token for token in settings.tokens if not re.fullmatch(r"[0-9a-f]{32}", token)]:
        says = f"{len(odd)} of {len(settings.tokens)} in TWILIO_AUTH_TOKEN: not 32 hexadecimal digits as tokens are."
        yield warning("token", says, "If calls are refused with 403, copy it again from the provider's console.")
    elif len(settings.tokens) > 1:
        yield ok("token", f"{len(settings.tokens)} are accepted; take the old one out when it is replaced")
    else:
        yield ok("token", "one is set")


def examine_public_url(settings: Settings, environ: Mapping[str, str]) -> Iterator[Line]:
    """Whether the URL can be the one Twilio calls, and signs."""
    parts, url = urlsplit(settings.public_url), shown_url(settings.public_url)
    host = parts.hostname or ""
    write = "Set it to the URL that stands at the number, such as https://ivr.example.com, without /voice."
    if not environ.get("IVR_PUBLIC_URL"):
        yield problem("public-url", f"IVR_PUBLIC_URL is not set; {url} is for this machine only.", write)
    elif _inside(host):
        yield problem("public-url", f"IVR_PUBLIC_URL is {url}, which nobody reaches from outside.", write)
    elif parts.path.rstrip("/").endswith("/voice"):
        says = f"IVR_PUBLIC_URL is {url}; the hotline puts /voice behind it, so its URL would end in /voice/voice."
        yield problem("public-url", says, write)
    elif parts.username or parts.password:
        says = "IVR_PUBLIC_URL has a user or password in it, which change what is signed."
        yield warning("public-url", says, "Leave them out, here and at the number.")
    elif parts.scheme == "http":
        says = f"IVR_PUBLIC_URL is {url}: callers' numbers and entries travel in the clear."
        yield warning("public-url", says, "Use https, here and at the number; a Caddy or nginx in front speaks it.")
    elif parts.port == 443:
        says = f"IVR_PUBLIC_URL is {url}; signatures are made over the URL as it is spelled."
        yield warning("public-url", says, "Leave out :443, here and at the number.")
    else:
        yield ok("public-url", f"{url}; at the number it is spelled alike, with /voice behind it")


def _inside(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host in LOOPBACK or "." not in host or host.endswith((".local", ".internal", ".localhost"))
