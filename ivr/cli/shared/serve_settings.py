"""The options of `ivr serve`, and the settings they make of the environment's."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass

from ivr.app.serving.last_resort import check_kind
from ivr.app.serving.start import Processes
from ivr.config import LOOPBACK, Settings, read_settings
from ivr.errors import InvalidArgument, SettingInvalid
from ivr.messages.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """The options of `ivr serve`."""

    host: str | None
    port: int | None
    workers: int | None
    sandbox: bool
    watch: bool
    worker: bool
    console: bool
    play: str | None


def serve_settings(options: ServeOptions) -> Settings:
    """The settings, changed by the options; workers inherit them with the environment. A hotline that plays a fixture
    has a database of its own, which goes when it stops.

    `InvalidArgument` where options do not go together, `SettingInvalid` where there is no token.
    """
    environ = {"IVR_HOST": options.host, "IVR_PORT": options.port and str(options.port)}
    os.environ.update({name: value for name, value in environ.items() if value})
    os.environ["IVR_DRAFT"] = "yes" if options.watch else "no"
    os.environ["IVR_SANDBOX"] = "yes" if options.sandbox else "no"
    if options.sandbox:
        os.environ.setdefault("TWILIO_AUTH_TOKEN", secrets.token_hex(16))  # nobody knows it
        os.environ.pop("TWILIO_ACCOUNT_SID", None)  # its calls are invented, and of no account
    if options.sandbox and options.play:
        os.environ["IVR_DATABASE_URL"] = f"sqlite:///{_own_folder()}/demonstration.db"
    settings = read_settings(os.environ)
    if options.sandbox and settings.host not in LOOPBACK:
        raise InvalidArgument(Message("serve-command.sandbox-host", host=settings.host))
    if options.watch and not options.sandbox:
        raise InvalidArgument(Message("serve-command.watch-alone"))
    if options.play and not options.sandbox:
        raise InvalidArgument(Message("serve-command.play-alone"))
    if not settings.tokens:
        raise SettingInvalid(Message("serve-command.no-token"))
    check_kind(settings)
    return settings


def processes_of(settings: Settings, options: ServeOptions) -> Processes:
    """The processes that are wanted."""
    workers = options.workers or settings.workers
    return Processes(
        workers, settings.threads, options.worker, bool(settings.metrics_port), options.console, options.sandbox
    )


def _own_folder() -> str:
    """A folder that goes when this process ends: nobody made the call of a demonstration."""
    folder, mine = tempfile.mkdtemp(prefix="ivr-demonstration-"), os.getpid()

    def remove() -> None:
        if os.getpid() == mine:  # no process that was forked from it
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder
