"""What of an utterance says what it is about: not what stands there only to refuse it, and not a mere "what" or 你好.

By the table of the language; where there is none, an utterance is taken whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import NamedTuple

from ivr.speech.clause import LONGEST_SEARCHED, clauses
from ivr.speech.pack import Pack, Piece, listed, plain
from ivr.speech.packs import TABLES, language_of, pack_for
from ivr.speech.table import Sort

_TELLING: frozenset[Sort | str] = frozenset({"wrong", "knows", "content"})
"""Sorts of the table that a topic may be told by."""
_FEW = {False: 2, True: 6}
"""So many words, or characters in a joined script, are refused by a bare "no …" at most."""
_SHORT = {False: 8, True: 12}
"""And so many may say nothing."""


class _Refusals(NamedTuple):
    """`wish` cuts what is behind it until another wish begins (`again`); so does `bare` in a clause in which nothing
    else is said before it, unless a fact is denied so; `end` all of a clause from behind; `none` is no refusal."""

    wish: re.Pattern[str]
    again: re.Pattern[str]
    bare: re.Pattern[str]
    end: re.Pattern[str]
    none: re.Pattern[str]


def says_nothing(text: str, language: str) -> bool:
    """Whether an utterance is about nothing at all: a greeting, a mere question word, an answer to no question here."""
    pack = pack_for(language)
    if pack is None:
        return False
    said = plain(text[:LONGEST_SEARCHED])[:LONGEST_SEARCHED]
    return len(pack.units(said)) <= _SHORT[pack.joined] and _is_idle(said, pack, language)


class Parted(NamedTuple):
    """What an utterance wants, and what it says only to refuse it."""

    wanted: str
    refused: str = ""


def parted(text: str, language: str, known: Collection[str]) -> Parted:
    """An utterance without the wishes denied in it, and these; all of it is wanted where there are none. `known`: the
    features of topics."""
    pack = pack_for(language)
    if pack is None:
        return Parted(text)
    said = [(clause.run if pack.joined else clause.text) or clause.text for clause in clauses(text)]
    parts = [_parted(each, pack, language, known) for each in said]
    if not any(part.refused for part in parts):
        return Parted(text)
    return Parted(", ".join(part.wanted for part in parts), ", ".join(part.refused for part in parts))


def _parted(said: str, pack: Pack, language: str, known: Collection[str]) -> Parted:
    refusals = _refusals(language_of(language))
    if refusals.none.search(said):
        return Parted(said)
    if (last := refusals.end.search(said)) and said[: last.start()].strip():
        return Parted("", said)
    if wishes := [match[0] for match in refusals.wish.finditer(said)]:
        return Parted(refusals.wish.sub(" ", said), ", ".join(wishes))
    found = refusals.bare.search(said)
    if found is None or not _is_idle(said[: found.start()], pack, language):
        return Parted(said)
    behind = said[found.end() :]
    other = refusals.again.search(behind)
    refused, wanted = (behind[: other.start()], behind[other.start() :]) if other else (behind, "")
    refused = refused.strip()
    if pack.joined:
        alone = len(refused) <= _FEW[True] and any(refused[at : at + 2] in known for at in range(len(refused)))
    else:
        alone = 0 < len([word for word in refused.split() if not _is_idle(word, pack, language)]) <= _FEW[False]
    return Parted(wanted, refused) if alone else Parted(said)


def _is_idle(said: str, pack: Pack, language: str) -> bool:
    idle, telling = _idle_words(language_of(language))
    for clause in pack.clauses(said):
        tells = [piece.said if _tells(piece, pack) or piece.said in telling else "," for piece in clause]
        if idle.sub("", ("" if pack.joined else " ").join(tells)).strip(" ,"):
            return False
    return True


def _tells(piece: Piece, pack: Pack) -> bool:
    """Whether it may say what a topic is about. Of what says nothing in a joined script, longer words may."""
    return piece.sort in _TELLING or (piece.sort == "nothing" and pack.joined and piece.units > 1)


@cache
def _idle_words(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    table = TABLES[language]
    return _phrases(table.idle, joined=table.joined), frozenset(listed(table.tells))


@cache
def _refusals(language: str) -> _Refusals:
    table = TABLES[language]
    declines = listed(table.declines)
    refuses = "|".join(phrase for phrase in listed(table.refuses) if phrase not in declines)
    again = _phrases(table.wishes if table.joined else table.between, joined=table.joined)
    between = f"(?:{_any(listed(table.between))})*" if table.joined else ""
    facts = _any(listed(table.facts)) + ("" if table.joined else r"(?![^\W_])")
    return _Refusals(
        wish=re.compile(f"{_phrases(refuses, joined=table.joined).pattern}.*?(?={again.pattern}|$)"),
        again=again,
        bare=re.compile(f"{_phrases(table.declines, joined=table.joined).pattern}(?! ?{facts}){between}"),
        end=re.compile(f"{_phrases(table.declined, joined=table.joined).pattern}$"),
        none=_phrases(table.still, joined=table.joined),
    )


def _phrases(written: str, *, joined: bool) -> re.Pattern[str]:
    either = _any(listed(written))
    return re.compile(either if joined else rf"(?<![^\W_]){either}(?![^\W_])")


def _any(phrases: Iterable[str]) -> str:
    found = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(map(re.escape, found)) + ")" if found else "(?!)"
