"""What click itself says (usage, a wrong option, a missing argument), in the reader's language.

click asks gettext for each sentence, which looks for compiled files of a language chosen by LANG. Ours are in the
catalogue, so its modules are given other functions under the two names they call gettext by. A sentence that is not in
the catalogue stays English.
"""

from __future__ import annotations

import re

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from ivr.messages import reader
from ivr.messages.catalogue import ENGLISH, catalogue

MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)
WORDS = (
    "usage.error",
    "usage.try",
    "usage.usage",
    "usage.arguments",
    "usage.options",
    "usage.commands",
    "usage.show-help",
    "usage.show-version",
    "usage.default",
    "usage.required",
    "usage.extra-argument",
    "usage.extra-arguments",
    "usage.did-you-mean",
    "usage.did-you-mean-one",
    "usage.invalid-for",
    "usage.invalid",
    "usage.no-option",
    "usage.no-command",
    "usage.missing-command",
    "usage.takes-no-value",
    "usage.requires-argument",
    "usage.not-choice",
    "usage.not-one-of",
    "usage.not-in-range",
    "usage.not-valid",
    "usage.file",
    "usage.directory",
    "usage.path",
    "usage.does-not-exist",
    "usage.is-file",
    "usage.is-directory",
    "usage.not-readable",
    "usage.not-writable",
)
"""Codes of the catalogue whose English is click's own, letter for letter."""


def teach_click() -> None:
    """From now on click speaks the reader's language."""
    for module in MODULES:
        for name, function in (("_", said_by_click), ("ngettext", _said_of)):
            if hasattr(module, name):
                setattr(module, name, function)


def said_by_click(english: str) -> str:
    """A sentence of click for the reader."""
    language = reader.language()
    if language == ENGLISH:
        return english
    ours = catalogue(ENGLISH).sentences
    return next((_Sentence(catalogue(language).sentences[code]) for code in WORDS if ours[code] == english), english)


class _Sentence(str):
    """A sentence of ours that click fills in: the names click has put in quotes get those of the language.

    click puts a blank between two sentences; behind a full-width stop there is none.
    """

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        return super().format(*values, **{name: _tidy(value) for name, value in named.items()})


def _tidy(value: object) -> object:
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"'[^']*'(?:(?:, | / )'[^']*')*", value):
        return re.sub(r"'([^']*)'(, )?", lambda found: f"“{found[1]}”{'、' if found[2] else ''}", value)
    return re.sub("。 (?=是不是|（)", "。", value)


def _said_of(one: str, more: str, count: int) -> str:
    return said_by_click(one if count == 1 else more)
