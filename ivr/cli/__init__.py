"""The commands: thin, each a file."""

from ivr.cli.main import main

__all__ = ["main"]
