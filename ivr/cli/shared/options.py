"""A command's options as one value, so that a command with many of them stays a function of one argument."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

import click

Options = TypeVar("Options")


def options_as(kind: type[Options]) -> Callable[[Callable[[Options], None]], Callable[..., None]]:
    """Collect the parameters of a click command into `kind`, a dataclass whose fields have their names."""

    def decorate(run: Callable[[Options], None]) -> Callable[..., None]:
        @functools.wraps(run)
        def called(**given: object) -> None:
            run(kind(**given))

        return called

    return decorate


def exit_code(code: int) -> None:
    """End the command: 0 yes, 1 the answer is no, 2 it could not run."""
    click.get_current_context().exit(code)
