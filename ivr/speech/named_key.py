"""A key that a caller names instead of pressing it: "number two please", "the second one", 第二个, 按2键.

Only where the whole utterance is that: "I have two cards" and "one moment" name no key. Languages are tried together:
numbers are said in another language than the call's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ivr.speech.pack import listed, plain
from ivr.speech.packs import TABLES
from ivr.speech.table import Table

LONGEST_NAME = 60
"""Characters of an utterance that may name a key."""
_WORD = re.compile(r"[^\W_]+")


class _Names(NamedTuple):
    digits: Mapping[str, str]
    ordinals: Mapping[str, str]
    leads: re.Pattern[str]
    tails: re.Pattern[str]
    ordinal_tails: re.Pattern[str]


def named_key(text: str) -> str:
    """The digit an utterance names, or an empty string."""
    if len(text) > LONGEST_NAME:
        return ""
    names = _names()
    said = " ".join(_WORD.findall(plain(text)))
    while said:
        if said in names.digits:
            return names.digits[said]
        bare = names.ordinal_tails.sub("", said.removeprefix("the "))
        if bare in names.ordinals:
            return names.ordinals[bare]
        shorter = names.leads.sub("", said) if names.leads.match(said) else names.tails.sub("", said)
        if shorter == said:
            return ""
        said = shorter
    return ""


@cache
def _names() -> _Names:
    digits = {str(n): str(n) for n in range(10)}
    ordinals: dict[str, str] = {}
    for table in TABLES.values():
        digits.update(_numbered(table.digits))
        ordinals.update(_numbered(table.ordinals))
        if table.joined:
            ordinals.update((f"第{said}", key) for said, key in digits.items())
    return _Names(digits, ordinals, _before("key_leads"), _behind("key_tails"), _behind("ordinal_tails"))


def _numbered(words: str) -> Iterator[tuple[str, str]]:
    for n, said in enumerate(words.split("|") if words else ()):
        yield from ((word, str(n)) for word in said.split("/") if word)


def _before(field: str) -> re.Pattern[str]:
    return re.compile("^(?:" + "|".join(_phrases(field, "{} ?(?=[0-9])|{} ", "{} ?")) + ")")


def _behind(field: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(_phrases(field, "(?<=[0-9]) ?{}| {}", " ?{}")) + ")$")


def _phrases(field: str, spaced: str, joined: str) -> Iterator[str]:
    """The phrases of a field of all tables as patterns, the longest first."""
    found: dict[str, Table] = {}
    for table in TABLES.values():
        found.update((phrase, table) for phrase in listed(getattr(table, field)))
    for phrase, table in sorted(found.items(), key=lambda each: (-len(each[0]), each[0])):
        yield (joined if table.joined else spaced).replace("{}", re.escape(phrase))
