"""One language of a hotline, as far as it decides how values are spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ivr.flow.language_forms import LanguageForms

_CHINESE = ("zh", "cmn", "yue", "wuu", "nan")
_TRADITIONAL = str.maketrans("点万亿负国际区号时周", "點萬億負國際區號時週")


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """A language's forms, and what hotline.yaml says: `country` (empty for none), the first of its words for yes and
    no, and `phone_digits`, how digits of telephone numbers are said where that differs (`{"1": "幺"}`)."""

    tag: str
    forms: LanguageForms
    country: str = ""
    yes: str = ""
    no: str = ""
    phone_digits: Mapping[str, str] = field(default_factory=dict)

    @property
    def chinese(self) -> bool:
        """Whether it is written in Chinese characters, with our own forms (`ivr/flow/spoken_chinese.py`)."""
        return self.tag.split("-")[0] in _CHINESE

    @property
    def english(self) -> bool:
        """Whether it has our own English forms (`ivr/flow/spoken_english.py`)."""
        return self.tag.split("-")[0] == "en"

    @property
    def pause(self) -> str:
        """What stands between groups of digits, so that a voice pauses there."""
        return _PAUSES.get(self.tag.split("-")[0], ", ")

    def script(self, text: str) -> str:
        """Our own Chinese words in the script of the language."""
        tags = self.tag.split("-")
        traditional = tags[0] in ("yue", "nan") or not {"TW", "HK", "MO", "Hant"}.isdisjoint(tags)
        return text.translate(_TRADITIONAL) if traditional and "Hans" not in tags else text


_PAUSES = {**dict.fromkeys(_CHINESE, "，"), "ja": "、", "ar": "، ", "fa": "، ", "ur": "، "}
