"""Settings, read from the environment once and validated with a sentence for each mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast
from urllib.parse import urlsplit

from ivr.errors import SettingInvalid
from ivr.messages.message import Message

LEAST_KEY = 32
"""Characters of a key: fewer can be guessed."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this installation runs. Secrets are kept out of its text form.

    `sandbox`: no call comes from a customer or goes to one; those that are placed ring in the exchange of this machine.
    `accounts`: ours at the provider, then its sub-accounts; calls of others are refused. Empty: any whose token it is.
    `seal_keys`: the first seals, the last is the key of hashes. `outgoing`: whether this process may place calls.
    """

    database_url: str = "sqlite:///ivr.db"
    flows: str = "flows"
    public_url: str = field(default="http://127.0.0.1:8000", repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    threads: int = 8
    sqlite_sync: str = "FULL"
    serves_draft: bool = False
    last_resort: str = ""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    console_host: str = "127.0.0.1"
    console_port: int = 8100
    exchange_port: int = 8102
    sandbox: bool = False
    log: Literal["json", "text", ""] = ""
    accounts: tuple[str, ...] = ()
    tokens: tuple[str, ...] = field(default=(), repr=False)
    seal_keys: tuple[str, ...] = field(default=(), repr=False)
    outgoing: bool = False
    api_key: str = ""
    api_secret: str = field(default="", repr=False)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """The settings an environment gives. `SettingInvalid` names the variable and what is expected."""
    host = environ.get("IVR_HOST", "127.0.0.1")
    port = _port(environ.get("IVR_PORT", "8000"))
    if not port:
        raise SettingInvalid(Message("settings.number", name="IVR_PORT", most="65535"))
    sync = environ.get("IVR_SQLITE_SYNC", "full").upper()
    if sync not in ("FULL", "NORMAL"):
        raise SettingInvalid(Message("settings.flag", name="IVR_SQLITE_SYNC", known=("full", "normal")))
    if environ.get("IVR_DRAFT", "no") not in ("yes", "no"):
        raise SettingInvalid(Message("settings.draft"))
    if environ.get("IVR_SANDBOX", "no") not in ("yes", "no"):
        raise SettingInvalid(Message("settings.flag", name="IVR_SANDBOX", known=("yes", "no")))
    last_resort = environ.get("IVR_LAST_RESORT", "")
    if last_resort and not re.fullmatch(r"\+[1-9]\d{5,14}", last_resort):
        raise SettingInvalid(Message("settings.last-resort"))
    metrics_host, metrics_port = _metrics_port(environ.get("IVR_METRICS_PORT", ""), port)
    log = environ.get("IVR_LOG", "")
    if log not in ("", "json", "text"):
        raise SettingInvalid(Message("settings.log"))
    tokens = tuple(token.strip() for token in environ.get("TWILIO_AUTH_TOKEN", "").split(",") if token.strip())
    return Settings(
        database_url=environ.get("IVR_DATABASE_URL", "sqlite:///ivr.db"),
        flows=environ.get("IVR_FLOWS", "flows"),
        public_url=_public_url(environ.get("IVR_PUBLIC_URL", ""), host, port),
        host=host,
        port=port,
        workers=_count(environ, "IVR_WORKERS", 2, most=64),
        threads=_count(environ, "IVR_THREADS", 8, most=100),
        sqlite_sync=sync,
        serves_draft=environ.get("IVR_DRAFT") == "yes",
        last_resort=last_resort,
        metrics_host=metrics_host,
        metrics_port=metrics_port,
        console_host=_console_host(environ.get("IVR_CONSOLE_HOST", "127.0.0.1")),
        console_port=_own_port(environ, "IVR_CONSOLE_PORT", "8100", "settings.console-own"),
        exchange_port=_own_port(environ, "IVR_EXCHANGE_PORT", "8102", "settings.exchange-own"),
        sandbox=environ.get("IVR_SANDBOX") == "yes",
        log=cast('Literal["json", "text", ""]', log),
        accounts=_accounts(environ.get("TWILIO_ACCOUNT_SID", "")),
        tokens=tokens,
        seal_keys=_seal_keys(environ.get("IVR_SEAL_KEYS", "")),
        outgoing=_outgoing(environ.get("IVR_OUTGOING", "no")),
        **_api_key(environ.get("TWILIO_API_KEY", ""), environ.get("TWILIO_API_SECRET", "")),
    )


def _seal_keys(text: str) -> tuple[str, ...]:
    """The keys, the one that seals first; none where the setting is empty."""
    found = tuple(key.strip() for key in text.split(",")) if text.strip() else ()
    if any(len(key) < LEAST_KEY or not key.isascii() or not key.isprintable() for key in found):
        raise SettingInvalid(Message("settings.seal-keys", least=LEAST_KEY))
    return found


def _outgoing(text: str) -> bool:
    if text not in ("yes", "no"):
        raise SettingInvalid(Message("settings.outgoing"))
    return text == "yes"


def _accounts(text: str) -> tuple[str, ...]:
    """Our account, then its sub-accounts; none where the setting is empty."""
    found = [account.strip() for account in text.split(",")] if text.strip() else []
    for account in found:
        if not re.fullmatch("[Aa][Cc][0-9a-fA-F]{32}", account):
            raise SettingInvalid(
                Message("settings.account", account=account) if account else Message("settings.no-account")
            )
    return tuple(found)


def _port(text: str) -> int:
    """A port; 0 where the text is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 65536 else 0


def _count(environ: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = environ.get(name, str(usual))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:6]) <= most:
        raise SettingInvalid(Message("settings.number", name=name, most=most))
    return int(text)


def _metrics_port(text: str, voice: int) -> tuple[str, int]:
    """Host and port; port 0 where no metrics are wanted."""
    if not text:
        return "127.0.0.1", 0
    host, _, digits = text.rpartition(":")
    port = _port(digits)
    bare = host.removeprefix("[").removesuffix("]")
    if not port or (host and not re.fullmatch(r"[A-Za-z0-9.:-]+", bare)):
        raise SettingInvalid(Message("settings.metrics-port"))
    if port == voice:
        raise SettingInvalid(Message("settings.metrics-own"))
    return bare or "127.0.0.1", port


def _console_host(text: str) -> str:
    bare = text.removeprefix("[").removesuffix("]")
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", bare):
        raise SettingInvalid(Message("settings.console-host"))
    return bare


def _own_port(environ: Mapping[str, str], name: str, usual: str, taken: str) -> int:
    """A port beside the one calls come to; `taken` is the sentence where it is the same. One that nobody has chosen
    may be: whoever has it keeps it."""
    text = environ.get(name, "")
    port = _port(text or usual)
    if not port:
        raise SettingInvalid(Message("settings.number", name=name, most=65535))
    if text and port == _port(environ.get("IVR_PORT", "8000")):
        raise SettingInvalid(Message(taken))
    return port


def _api_key(key: str, secret: str) -> dict[str, str]:
    """An API key to place calls with, instead of the account's token; none where neither is set."""
    if bool(key) != bool(secret):
        raise SettingInvalid(Message("settings.api-key-alone"))
    if key and not re.fullmatch("SK[0-9a-fA-F]{32}", key):
        raise SettingInvalid(Message("settings.api-key"))
    return {"api_key": key, "api_secret": secret}


def _public_url(text: str, host: str, port: int) -> str:
    """The URL Twilio calls. On loopback it is the listening one unless it is set."""
    if not text:
        if host not in LOOPBACK:
            raise SettingInvalid(Message("settings.url-missing"))
        return f"http://{'[::1]' if host == '::1' else host}:{port}"
    try:
        parts = urlsplit(text)
        placed = bool(parts.hostname) and parts.port != 0
    except ValueError:
        placed = False
    if not placed or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise SettingInvalid(Message("settings.url"))
    if not text.isascii() or "%" in parts.path:
        raise SettingInvalid(Message("settings.url-escaped"))
    return text.rstrip("/")
