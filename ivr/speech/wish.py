"""A menu's word that was said only to refuse it: "I do not want to complain", 不投诉, "not a loan, a card".

A fact denied ("I can't find my card") refuses nothing. Languages are tried together: a caller may say one language's
word in another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ivr.speech.pack import CLAUSE_END, listed, plain
from ivr.speech.packs import TABLES

_WORD = re.compile(r"[^\W_]+")
_LONGEST_LOOK = 60
"""Characters before a word that are looked at."""
_MOST_REFUSED = 16
"""A word refused so often is not looked for further."""


class _Patterns(NamedTuple):
    refused: re.Pattern[str]
    still: re.Pattern[str]


def wanted(word: str, text: str, *, blanks: bool) -> bool:
    """Whether a folded word that an utterance holds is said once without being refused. `blanks`: it is a word of a
    script with blanks, whole; else it is looked for anywhere."""
    sought = f" {word} " if blanks else word.replace(" ", "")
    refused = 0
    for clause in CLAUSE_END.split(unicodedata.normalize("NFKC", text).casefold()):
        folded = " ".join(_WORD.findall(clause))
        said = f" {folded} " if blanks else folded.replace(" ", "")
        at = said.find(sought)
        while at >= 0:
            if not _refused(said[:at], blanks=blanks):
                return True
            refused += 1
            if refused == _MOST_REFUSED:
                return False
            at = said.find(sought, at + 1)
    return not refused  # a word across a comma is no clause's


def _refused(before: str, *, blanks: bool) -> bool:
    tail = plain(before[-_LONGEST_LOOK:]).rstrip()
    patterns = _patterns(blanks=blanks)
    return bool(tail) and patterns.refused.search(tail) is not None and patterns.still.search(tail) is None


@cache
def _patterns(*, blanks: bool) -> _Patterns:
    tables = [table for table in TABLES.values() if table.joined != blanks]
    refuses = _any(phrase for table in tables for phrase in listed(table.refuses))
    between = _any(phrase for table in tables for phrase in listed(table.between))
    still = _any(phrase for table in tables for phrase in listed(table.still))
    if not blanks:
        return _Patterns(re.compile(f"{refuses}{between}{{0,4}}$"), re.compile(f"{still}{between}{{0,4}}$"))
    excludes = _any(phrase for table in tables for phrase in listed(table.excludes))
    reach = rf"(?: (?!{between}(?: |$))[^\W_]+){{0,4}}$"
    start = r"(?<![^\W_])"
    return _Patterns(re.compile(f"{start}(?:{refuses}{reach}|{excludes}$)"), re.compile(f"{start}{still}$"))


def _any(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)))) + ")"
