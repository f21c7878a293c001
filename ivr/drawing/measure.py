"""How much room a text takes, without a font at hand: widths of a semi-bold sans serif, a little more than it has."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache

_BY_WIDTH = {
    280: "'",
    320: "!,.:;ijl ",
    360: "()-[]",
    400: "If{}",
    440: "/\\t",
    480: '"?r',
    520: "csz",
    560: "*EFJS|",
    600: "$+0123456789<=>LTZ^evxy~",
    620: "_`",
    640: "CPYabdgkopq",
    680: "#BKRVXhnu",
    760: "A&DGU",
    840: "HOQNØĐÐĦŊŉĲΗΘΝΟΠΦΩΌΎφψωώЂЋЍЏДИЙНОПЦЪЬФмц",
    880: "w",
    960: "%@M",
    1000: "WmÆŒæœ¼½¾§©®¶·±×÷ΜΨΉΏЖМЫжфшщыюљњ",
    1150: "ШЩЮЉЊ",
    1400: "‰⋘⋙",
    1700: "‱",
}
_LETTERS = {char: width for width, chars in _BY_WIDTH.items() for char in chars}
_TAKES_NOTHING = frozenset({"Mn", "Me", "Cf"})
_ODD = 1350
"""Emoji are wider than their line is high."""
_SPARE, _BOLD = 0.99, 1.04
# First characters of ranges and how wide theirs are: (1) plain letters, (2) a whole square, (3) nobody knows
_STARTS, _WIDTHS = zip(
    (0x20, 700), (0x2010, 1000), (0x2190, 1000), (0x2600, _ODD), (0x27C0, 1000), (0x2E80, 1000), (0xA000, 1000),
    (0xAC00, 1000), (0xD7B0, 1000), (0xF900, 1000), (0xFB00, 800), (0xFE30, 1000), (0x10000, _ODD), (0x20000, 1000),
    strict=True,
)  # fmt: skip
_FAMILIAR = (
    (0x20, 0x17F), (0x1CD, 0x1DC), (0x218, 0x21B), (0x384, 0x3CE), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x205E),
    (0x2190, 0x21FF), (0x2200, 0x22FF), (0x3000, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0xFF00, 0xFFEF),
)  # fmt: skip


_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@cache
def _width(char: str) -> int:
    letter = unicodedata.normalize("NFD", char)[0] if char.isalpha() else char  # É is as wide as E
    for known in (char, letter):
        if known in _LETTERS:
            return _LETTERS[known]
    if unicodedata.category(char) in _TAKES_NOTHING:
        return 0
    return int(_WIDTHS[bisect_right(_STARTS, ord(char)) - 1])


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """The room a line of text takes, in the units of its size."""
    return sum(map(_width, text)) * size / 1000 * (_BOLD if bold else _SPARE)


def familiar(text: str) -> bool:
    """Whether all its characters are of scripts whose widths are known; others are clipped to their room."""
    return all(any(low <= ord(char) <= high for low, high in _FAMILIAR) for char in text)


def plain(text: str) -> str:
    """A text on one line, without characters that XML forbids or that turn the direction of what stands around it."""
    return " ".join(_kept(text).split())


def plain_lines(text: str) -> str:
    """A text of several lines without such characters; what begins a line with blanks still does."""
    return "\n".join(_kept(line) for line in text.split("\n"))


def _kept(text: str) -> str:
    return "".join(" " if _forbidden(char) else char for char in text if char not in _TURNING)


def _forbidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or ord(char) & 0xFFFE == 0xFFFE


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or its beginning with an ellipsis, so that it fits."""
    if measure(text, size, bold=bold) <= room:
        return text
    room -= measure("…", size, bold=bold)
    fits, used = 0, 0.0
    for char in text:
        used += measure(char, size, bold=bold)
        if used > room:
            break
        fits += 1
    while fits and unicodedata.category(text[fits]) in ("Mn", "Me", "Cf"):  # an accent stays with its letter
        fits -= 1
    return text[:fits].rstrip() + "…" if fits or room >= 0 else ""


def cut_middle(text: str, size: float, room: float) -> str:
    """The text, or its beginning and its end with an ellipsis between, so that it fits."""
    if measure(text, size) <= room:
        return text
    begins, used = len(text), 0.0
    while begins and used + measure(text[begins - 1], size) <= room * 0.4:
        begins -= 1
        used += measure(text[begins], size)
    while begins < len(text) and unicodedata.category(text[begins]) in ("Mn", "Me", "Cf"):
        begins += 1
    end = text[begins:].lstrip()
    return cut(text, size, room - measure(end, size)) + end


_STAYS = frozenset("，。、！？；：”’）》」』,.!?;:)]}%")
"""What never begins a line."""


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most so many lines, broken between words and between Chinese characters."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and measure(line + word, size) > room and not (len(word) == 1 and word in _STAYS):
            lines.append(line.rstrip())
            line = ""
            if len(lines) > most:
                break
        line += word if line or word != " " else ""
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(lines[most - 1] + "…" * 2, size, room).rstrip("…") + "…"]
    return [cut(each, size, room + size) for each in lines]


def _words(text: str) -> list[str]:
    words: list[str] = []
    for char in text:
        alone = char == " " or ord(char) >= 0x2E80
        if words and not alone and words[-1] != " " and ord(words[-1][-1]) < 0x2E80:
            words[-1] += char
        else:
            words.append(char)
    return words
