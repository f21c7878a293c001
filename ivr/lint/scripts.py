"""The scripts that languages are written in, and whether a text is in another."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby

from ivr.messages.message import Message

# ISO 639 codes by the scripts they are written in; every other language is taken to be written in Latin letters.
_LANGUAGES: Mapping[str, str] = {
    "CJK": "zh cmn yue wuu nan hak", "CJK HIRAGANA KATAKANA": "ja", "HANGUL CJK": "ko",
    "CYRILLIC": "ru uk be bg mk kk ky mn tg", "CYRILLIC LATIN": "sr bs", "GREEK": "el", "HEBREW": "he iw yi",
    "ARABIC": "ar arb fa ur ps ug sd ckb", "THAI": "th", "LAO": "lo", "KHMER": "km", "MYANMAR": "my",
    "DEVANAGARI": "hi mr ne", "BENGALI": "bn as", "GUJARATI": "gu", "GURMUKHI": "pa", "TAMIL": "ta", "TELUGU": "te",
    "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si", "ORIYA": "or", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "ETHIOPIC": "am ti", "TIBETAN": "bo dz",
}  # fmt: skip
_SCRIPTS = {language: scripts.split() for scripts, languages in _LANGUAGES.items() for language in languages.split()}
_KNOWN = {script for scripts in _SCRIPTS.values() for script in scripts} | {"LATIN"}
_NAMES = {
    "CJK": "lint.script.cjk", "HIRAGANA": "lint.script.hiragana", "KATAKANA": "lint.script.katakana",
    "HANGUL": "lint.script.hangul", "CYRILLIC": "lint.script.cyrillic", "LATIN": "lint.script.latin",
    "GREEK": "lint.script.greek", "HEBREW": "lint.script.hebrew", "ARABIC": "lint.script.arabic",
    "THAI": "lint.script.thai", "LAO": "lint.script.lao", "KHMER": "lint.script.khmer",
    "MYANMAR": "lint.script.myanmar", "DEVANAGARI": "lint.script.devanagari", "BENGALI": "lint.script.bengali",
    "GUJARATI": "lint.script.gujarati", "GURMUKHI": "lint.script.gurmukhi", "TAMIL": "lint.script.tamil",
    "TELUGU": "lint.script.telugu", "KANNADA": "lint.script.kannada", "MALAYALAM": "lint.script.malayalam",
    "SINHALA": "lint.script.sinhala", "ORIYA": "lint.script.oriya", "GEORGIAN": "lint.script.georgian",
    "ARMENIAN": "lint.script.armenian", "ETHIOPIC": "lint.script.ethiopic", "TIBETAN": "lint.script.tibetan",
}  # fmt: skip
"""What people call each script, by codes of the catalogue."""
_WORD = re.compile(r"[^\W\d_]+")
_BY_CHARACTER = {"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"}
"""Scripts without blanks between words: a character counts as much as a word of the others."""
_NOT_NAMES = 2
"""So few Latin letters may be a name or a unit in any script."""


def scripts_of(tag: str) -> list[str]:
    """The scripts a language is written in, by the first word of their characters' Unicode names. A script named in the
    tag (`sr-Latn`) is not looked at: a text in the other one is still read."""
    return _SCRIPTS.get(tag.split("-")[0].lower(), ["LATIN"])


def named(script: str) -> Message:
    """What people call a script."""
    return Message(_NAMES[script])


def foreign_script(tag: str, text: str) -> str:
    """The script most words of a text are in, where the language is not written in it; else empty.

    Names and abbreviations in Latin letters are read in every language: capitals, and words with a capital inside.
    """
    own = scripts_of(tag)
    if text.isascii() and "LATIN" in own:
        return ""
    count: Counter[str] = Counter()
    for script, letters in _runs(unicodedata.normalize("NFKC", text)):
        if script not in _KNOWN or (script == "LATIN" != own[0] and not letters[1:].islower()):
            continue
        if script != "LATIN" or "LATIN" in own or len(letters) > _NOT_NAMES:
            count[script] += len(letters) if script in _BY_CHARACTER else 1
    foreign = {script: n for script, n in count.items() if script not in own}
    most = max(foreign, key=foreign.__getitem__, default="")
    return most if sum(foreign.values()) * 2 > count.total() else ""


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Words, cut where the script changes, each with its script."""
    for word in _WORD.findall(text):
        for script, letters in groupby(word, _script):
            yield script, "".join(letters)


@lru_cache(maxsize=4096)
def _script(c: str) -> str:
    return unicodedata.name(c, "").split(" ")[0]
