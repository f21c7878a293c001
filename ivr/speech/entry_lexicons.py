"""The lexicon of a language for a type of entry. Chinese and English are read together, since callers mix them; every
other language has its digits and what says nothing in its table of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ivr.speech.countries import currency_words
from ivr.speech.entry_tables.en import EN
from ivr.speech.entry_tables.zh import SAME, ZH
from ivr.speech.entry_tokens import Lexicon, Units, units_of
from ivr.speech.entry_words import EntryWords
from ivr.speech.pack import listed
from ivr.speech.packs import TABLES, language_of
from ivr.speech.table import Table

ENTRY_WORDS: Mapping[str, Sequence[EntryWords]] = {"en": (ZH, EN), "zh": (ZH, EN)}
"""By the first part of a language's tag; what stands later wins."""
_COMMA = frozenset(("de", "es", "fr", "it", "pt"))


@lru_cache(maxsize=256)
def lexicon_for(tag: str, type_: str, country: str) -> Lexicon:
    """The words of a language (by its tag) at questions of a type; amounts are in the money of a country."""
    language = language_of(tag)
    words = ENTRY_WORDS.get(language) or [_of_answers(language)]
    phrases: dict[Units, tuple[str, int]] = {}
    for kind, written in _kinds(words, type_, country):
        for phrase in listed(written):
            said, _, value = phrase.rpartition("=") if "=" in phrase else (phrase, "", "0")
            phrases[units_of(said)] = (kind, int(value))
    lengths: dict[str, set[int]] = {}
    for units in phrases:
        lengths.setdefault(units[0], set()).add(len(units))
    pairs = SAME.split() if language in ENTRY_WORDS else []
    return Lexicon(
        comma=words[-1].comma,
        same={ord(pair[0]): pair[1] for pair in pairs},
        phrases=phrases,
        lengths={first: sorted(each, reverse=True) for first, each in lengths.items()},
    )


def _kinds(words: Sequence[EntryWords], type_: str, country: str) -> Iterator[tuple[str, str]]:
    for table in words:
        yield from table.common.items()
        yield from getattr(table, type_).items()
    if type_ == "money":
        yield from currency_words(country)


def _of_answers(language: str) -> EntryWords:
    """What the table of answers knows of numbers."""
    table = TABLES.get(language, Table())
    numbered = [f"{word}={n}" for n, said in enumerate(table.digits.split("|")) for word in said.split("/") if word]
    says_nothing = "|".join([table.nothing, table.key_leads, table.key_tails])
    kept = [phrase for phrase in listed(says_nothing) if phrase not in {each.partition("=")[0] for each in numbered}]
    return EntryWords(comma=language in _COMMA, common={"c": "|".join(kept), "u": "|".join(numbered)})
