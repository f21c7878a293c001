"""Settings for commands that answer no calls of customers: they need no public URL."""

from __future__ import annotations

import os

from ivr.config import Settings, read_settings


def local_settings() -> Settings:
    """The settings of the environment, listening on loopback unless it says otherwise."""
    return read_settings({"IVR_HOST": "127.0.0.1", **os.environ})
