"""The reader's language at the commands: `--lang` at every one of them, IVR_LANG, and help in that language."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence

import click

from ivr.cli.shared.help_layout import WideContext, first_sentence
from ivr.errors import SettingInvalid
from ivr.messages import reader
from ivr.messages.catalogue import ENGLISH, catalogue, languages
from ivr.messages.message import Message

OPTION = "--lang"


def choose_language(arguments: Sequence[str], environ: Mapping[str, str]) -> None:
    """Print in the language the reader asked for, also what is wrong with the rest of the command.

    `SettingInvalid` where IVR_LANG names none there is. `--lang` is judged by its command: it may be a caller's.
    """
    reader.read_in(ENGLISH)
    tag, by = reader.asked_for(arguments, environ)
    if not tag or reader.read_in(tag):
        return
    if by == "IVR_LANG":
        raise SettingInvalid(Message("command.language", by=by, tag=tag, known=languages()))
    reader.read_in(environ.get("IVR_LANG", ""))


def language_option() -> click.Option:
    """`--lang`, where it chooses nothing but the reader's language."""
    known = Message("command.help-language", known=languages())
    return click.Option([OPTION], metavar="TAG", expose_value=False, callback=_judged, help=reader.shown(known))


def _judged(ctx: click.Context, option: click.Parameter, tag: str | None) -> None:
    if tag and not reader.read_in(tag):
        raise SettingInvalid(Message("command.language", by=OPTION, tag=tag, known=languages()))


def context_class() -> type[click.Context]:
    """How help is laid out in the reader's language."""
    return click.Context if reader.language() == ENGLISH else WideContext


def for_reader(command: click.Command, path: str) -> click.Command:
    """A copy of the command with `--lang`, unless it has one of its own, and with its help in the reader's language."""
    texts = catalogue(reader.language()).help
    made = copy.copy(command)
    made.context_class = context_class()
    if f"{path}." in texts:
        made.help = texts[f"{path}."]
        made.short_help = first_sentence(made.help)
    made.params = [_with_help(option, f"{path}.{option.opts[0]}", texts) for option in command.params]
    if not any(OPTION in option.opts for option in command.params):
        made.params.append(language_option())
    if isinstance(made, click.Group):
        made.commands = {name: for_reader(inner, f"{path}.{name}") for name, inner in made.commands.items()}
    return made


def _with_help(option: click.Parameter, path: str, texts: Mapping[str, str]) -> click.Parameter:
    if not isinstance(option, click.Option) or path not in texts:
        return option
    made = copy.copy(option)
    made.help = texts[path]
    return made
