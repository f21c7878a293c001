"""The sentences of one language, read from its file: `en.yaml`, `zh-CN.yaml`. A new file is a new language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
ENGLISH = "en"
"""The language of logs, of JSON and of whoever chose none."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language joins a list (between two, before the last) by the word of the format, and how it quotes."""

    joins: Mapping[str, tuple[str, str]]
    quotes: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A language's sentences by code. `help` has texts of `ivr COMMAND --help`, whose English stands at the option."""

    sentences: Mapping[str, str]
    grammar: Grammar
    help: Mapping[str, str]


@cache
def languages() -> tuple[str, ...]:
    """Every language there is a file for, English first."""
    found = sorted(path.stem for path in FOLDER.glob("*.yaml"))
    return (ENGLISH, *(tag for tag in found if tag != ENGLISH))


def language_like(tag: str) -> str:
    """The language for a tag as people write it (`zh`, `zh_CN.UTF-8`, `en-GB`); empty where there is none."""
    wanted = tag.partition(".")[0].replace("_", "-").casefold()
    exact = [each for each in languages() if each.casefold() == wanted]
    alike = [each for each in languages() if each.casefold().partition("-")[0] == wanted.partition("-")[0]]
    return next(iter([*exact, *alike]), "")


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of one of `languages()`. It is read when the first sentence is made: a call needs none."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((FOLDER / f"{language}.yaml").read_bytes(), Loader=loader)  # noqa: S506
    grammar = data.pop("grammar")
    quotes = grammar.pop("quotes")
    joins = {word: (between, last) for word, (between, last) in grammar.items()}
    help_texts = dict(_flat(data.pop("help", {})))
    return Catalogue(dict(_flat(data)), Grammar(joins, (quotes[0], quotes[1])), help_texts)


def _flat(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value)
