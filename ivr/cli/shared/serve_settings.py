"""The options of `ivr serve`, and the settings they make of the environment's."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass

from ivr.config import LOOPBACK, Settings, read_settings
from ivr.errors import InvalidArgument, SettingInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """The options of `ivr serve`."""

    host: str | None
    port: int | None
    workers: int | None
    sandbox: bool
    watch: bool
    worker: bool
    play: str | None


def serve_settings(options: ServeOptions) -> Settings:
    """The settings, changed by the options; workers inherit them with the environment.

    `InvalidArgument` where options do not go together, `SettingInvalid` where there is no token.
    """
    environ = {"IVR_HOST": options.host, "IVR_PORT": options.port and str(options.port)}
    os.environ.update({name: value for name, value in environ.items() if value})
    os.environ["IVR_DRAFT"] = "yes" if options.watch else "no"
    if options.sandbox:
        os.environ.setdefault("TWILIO_AUTH_TOKEN", secrets.token_hex(16))  # nobody knows it
    settings = read_settings(os.environ)
    if options.sandbox and settings.host not in LOOPBACK:
        raise InvalidArgument(f"--sandbox serves this machine only, not {settings.host}; leave out --host.")
    if options.watch and not options.sandbox:
        raise InvalidArgument("--watch serves drafts, which customers must not hear; add --sandbox, or `ivr publish`.")
    if options.play and not options.sandbox:
        raise InvalidArgument("--play phones a sandbox only; add --sandbox.")
    if not settings.tokens:
        raise SettingInvalid("TWILIO_AUTH_TOKEN is missing: without it nobody could check who calls. Or use --sandbox.")
    return settings
