"""What every command does alike: its options as one value, its settings, JSON, and its exit code."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable
from typing import TypeVar

import click

from ivr.config import Settings, read_settings

Options = TypeVar("Options")


def options_as(kind: type[Options]) -> Callable[[Callable[[Options], None]], Callable[..., None]]:
    """Collect the parameters of a click command into `kind`, a dataclass whose fields have their names, so that a
    command with many options stays a function of one argument."""

    def decorate(run: Callable[[Options], None]) -> Callable[..., None]:
        @functools.wraps(run)
        def called(**given: object) -> None:
            run(kind(**given))

        return called

    return decorate


def local_settings() -> Settings:
    """The settings of the environment, for commands that answer no calls of customers: they need no public URL."""
    return read_settings({"IVR_HOST": "127.0.0.1", **os.environ})


def print_json(data: object) -> None:
    """JSON as every command prints it: indented, Chinese characters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def exit_code(code: int) -> None:
    """End the command: 0 yes, 1 the answer is no, 2 it could not run."""
    click.get_current_context().exit(code)
