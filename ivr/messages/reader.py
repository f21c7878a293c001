"""The language of whoever reads what this process prints; logs and JSON stay English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from ivr.messages.catalogue import ENGLISH, language_like
from ivr.messages.message import Message

_LANGUAGE: ContextVar[str] = ContextVar("reader's language", default=ENGLISH)


def asked_for(arguments: Sequence[str], environ: Mapping[str, str]) -> tuple[str, str]:
    """The language tag somebody asked for, and by what: `--lang` before IVR_LANG. Both empty: by nothing."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1], "--lang"
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang="), "--lang"
    return (environ["IVR_LANG"], "IVR_LANG") if environ.get("IVR_LANG") else ("", "")


def read_in(tag: str) -> bool:
    """Print in the language like `tag` from now on. False: there is none; what was chosen before stays."""
    language = language_like(tag)
    if language:
        _LANGUAGE.set(language)
    return bool(language)


def language() -> str:
    """The reader's language."""
    return _LANGUAGE.get()


def shown(text: str) -> str:
    """A message in the reader's language; any other text as it is."""
    return text.in_language(_LANGUAGE.get()) if isinstance(text, Message) else text
