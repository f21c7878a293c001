"""A menu's word that was said only to refuse it: "I do not want to complain", 不投诉, "not a loan, a card".

A fact denied ("I can't find my card") refuses nothing. Languages are tried together: a caller may say one language's
word in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ivr.speech.clause import clauses
from ivr.speech.pack import listed
from ivr.speech.packs import TABLES

_LONGEST_LOOK = {True: 60, False: 24}
"""Characters before a word that are looked at, in a script with blanks and in one without."""


class _Patterns(NamedTuple):
    refused: re.Pattern[str]
    still: re.Pattern[str]


def refused_from(before: str, *, blanks: bool) -> int:
    """Where in these folded words of its clause the refusal of a word that stands behind them begins, -1 for none.
    `blanks`: it is a word of a script with blanks; `before` is a run without any where it is not."""
    cut = max(0, len(before) - _LONGEST_LOOK[blanks])
    tail, patterns = before[cut:], _patterns(blanks=blanks)
    found = patterns.refused.search(tail) if tail else None
    return cut + found.start() if found and patterns.still.search(tail) is None else -1


def refused_behind(run: str, at: int) -> bool:
    """Whether a word of a script without blanks that ends here in a run is refused right behind: 人工就不用了."""
    return _behind().match(run, at) is not None


@cache
def starts_anew() -> frozenset[str]:
    """Words with which a new wish begins, so that a refusal before them is none of them: "not interested, stop it"."""
    return frozenset(word for table in TABLES.values() if not table.joined for word in listed(table.between))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(_any(phrase for table in TABLES.values() for phrase in listed(table.behind)))


def denies_a_wish(text: str) -> bool:
    """Whether anything in an utterance is said only to refuse it. A fact denied ("I did not pay this") is no wish."""
    folded = " ".join(word for clause in clauses(text) for word in (*clause.words, ","))
    denied, still = _denied(blanks=True)
    if denied.search(still.sub(" ", folded)):
        return True
    denied, still = _denied(blanks=False)
    return any(denied.search(still.sub(" ", clause.run)) for clause in clauses(text) if clause.run)


@cache
def _denied(*, blanks: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    tables = [table for table in TABLES.values() if table.joined != blanks]
    start, end = (r"(?<![^\W_])", r"(?![^\W_])") if blanks else ("", "")
    denies = _any(phrase for table in tables for phrase in listed(table.denies))
    still = _any(phrase for table in tables for phrase in listed(table.still))
    return re.compile(f"{start}{denies}{end}"), re.compile(f"{start}{still}{end}")


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
