"""Phoning customers, wired from the settings: a round of the worker, and what a sandbox allows itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from ivr.app.dialler import NoExchange, SandboxDialler, dialler_of, sandbox_dialler
from ivr.app.wiring import system_clock, wire
from ivr.config import LOOPBACK, Settings
from ivr.errors import SettingInvalid
from ivr.messages.message import Message
from ivr.service.outgoing.dialler_port import Dialler
from ivr.service.outgoing.dialling import Dialling, dial_round
from ivr.service.outgoing.outgoing_rows import SANDBOX, SWITCH
from ivr.service.ports import Ports
from ivr.service.rows import stamp
from ivr.service.work import GoOn
from ivr.storage.health import has_customers
from ivr.storage.opening import open_store

log = logging.getLogger("ivr.outgoing")


def dialling_of(settings: Settings, ports: Ports, dialler: Dialler | None = None) -> Dialling:
    """What phoning customers needs. `dialler` stands for the one of the settings: that of a sandbox, where time stands
    at another hour; with it nothing leaves this machine. `SettingInvalid` where the provider could not reach us."""
    sandbox = settings.sandbox or dialler is not None
    if settings.outgoing and not sandbox and urlsplit(settings.public_url).hostname in LOOPBACK:
        raise SettingInvalid(Message("settings.outgoing-url"))
    return Dialling(
        ports=ports,
        dialler=dialler or dialler_of(settings),
        allowed=settings.outgoing or sandbox,
        url=dialler.hotline() if isinstance(dialler, SandboxDialler) else settings.public_url,
        simulated=sandbox,
    )


def rounds_of(dialling: Dialling) -> Callable[[GoOn], int]:
    """One round of phoning, as a worker does it; how many attempts it was about."""

    def one(go_on: GoOn) -> int:
        done = dial_round(dialling, go_on)
        if done:
            log.info("attempts: %s", ", ".join(f"{count} {what}" for what, count in sorted(done.items())))
        return sum(done.values())

    return one


def settle_whose(settings: Settings) -> None:
    """Let a database without customers be the sandbox's own, where calls are switched on unless somebody has decided
    otherwise: they go nowhere. A hotline that begins to answer customers in it takes both back."""
    store = open_store(settings, system_clock)
    with store.transaction() as tx:
        switches = tx.switches()
    own = bool(switches.get(SANDBOX))
    if settings.sandbox and (own or not has_customers(settings.database_url)):
        store.set_switch(SANDBOX, on=True)
        if SWITCH not in switches:
            store.set_switch(SWITCH, on=True)
    elif own and not settings.sandbox:
        store.set_switch(SANDBOX, on=False)
        store.set_switch(SWITCH, on=False)
    store.close()


def exchange_for(settings: Settings, at: datetime) -> Dialler | None:
    """The exchange of the sandbox on this machine, to try what would be at this time. Where none runs, None as long as
    nobody would be phoned then, else `NoExchange`: at an invented time no real telephone rings."""
    try:
        return sandbox_dialler(settings)
    except NoExchange:
        if somebody_is_due(settings, at):
            raise
        return None


def somebody_is_due(settings: Settings, at: datetime) -> bool:
    """Whether some customer would be phoned at this time, if all else allowed it."""
    ports = wire(settings).ports
    live = ports.store.current_release()
    try:
        flows = ports.release(live).outgoing if live else ()
        return any(ports.store.due_follow_ups(flow, stamp(at), (False, True), 1) for flow in flows)
    finally:
        ports.store.close()
