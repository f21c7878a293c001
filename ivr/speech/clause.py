"""An utterance in clauses, ready to look for words in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ivr.speech.pack import plain

LONGEST_SEARCHED = 640
"""Characters of an utterance in which words are looked for."""
_END = re.compile(r"[,;!?¿¡。…\n]+|[.:](?!\w)")
_WORD = re.compile(r"(?:(?![\u0590-\u1dff\u2000-\U0010ffff])[^\W_])+|(?:(?=[\u0590-\u1dff\u2000-\U0010ffff])[^\W_])+")
"""A run of one kind of script: 我要打12378 is two words, as nets look for them (`Phrase.joined`)."""


class Clause(NamedTuple):
    """The words of a clause, in order and with blanks between; and all as one run for scripts without blanks, empty
    where it holds nothing of such."""

    words: Sequence[str]
    text: str
    run: str


@lru_cache(maxsize=2)
def clauses(text: str) -> Sequence[Clause]:
    """The clauses of an utterance. A turn asks for its utterance's a few times; no more is kept of what callers say."""
    found = []
    for part in _END.split(plain(text[:LONGEST_SEARCHED])[:LONGEST_SEARCHED]):
        if words := _WORD.findall(part):
            run = "".join(words)
            found.append(Clause(words, " ".join(words), "" if run.isascii() else run))
    return found
