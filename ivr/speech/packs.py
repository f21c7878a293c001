"""The pack of a language, by its tag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from ivr.speech.pack import Pack, bare_pack, pack_of
from ivr.speech.table import Table
from ivr.speech.tables.de import DE
from ivr.speech.tables.en import EN
from ivr.speech.tables.es import ES
from ivr.speech.tables.fr import FR
from ivr.speech.tables.it import IT
from ivr.speech.tables.ja import JA
from ivr.speech.tables.ko import KO
from ivr.speech.tables.pt import PT
from ivr.speech.tables.zh import ZH

TABLES: Mapping[str, Table] = {
    "de": DE, "en": EN, "es": ES, "fr": FR, "it": IT, "ja": JA, "ko": KO, "pt": PT, "zh": ZH,
}  # fmt: skip
"""By the first part of a language's tag."""
_READ_AS = {"cmn": "zh", "yue": "zh", "wuu": "zh", "nan": "zh", "hak": "zh"}


@cache
def pack_for(tag: str) -> Pack | None:
    """The pack of a language ("en-US", "cmn-Hans-CN"), None where there is no table for it."""
    table = TABLES.get(language_of(tag))
    return pack_of(table) if table is not None else None


def language_of(tag: str) -> str:
    """The language whose tables a tag is read by: "zh" for "cmn-Hans-CN"."""
    first = tag.replace("_", "-").partition("-")[0].casefold()
    return _READ_AS.get(first, first)


@lru_cache(maxsize=256)
def hearing(tag: str, yes: tuple[str, ...], no: tuple[str, ...]) -> Pack:
    """The pack of a language with its author's words; one of these alone where there is no table."""
    pack = pack_for(tag) or bare_pack(joined=_joined([*yes, *no]))
    return pack.with_words(yes, no)


def _joined(words: Sequence[str]) -> bool:
    """Whether words are of a script without blanks: Chinese, Japanese, Thai, Khmer and their neighbours."""
    return any(
        "\u0e00" <= c <= "\u109f" or "\u1780" <= c <= "\u17ff" or "\u2e80" <= c <= "\u9fff" for c in "".join(words)
    )
