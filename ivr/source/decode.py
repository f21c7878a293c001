"""From the bytes of a file to its text: size, encoding, and characters that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from ivr.messages.message import Message
from ivr.source.page import Page, lines_of

LARGEST = 1_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_DAMAGED = re.compile("\ufffd")
_REFUSED = (
    (_CONTROL, "control-character", "source.encoding.control", "source.encoding.delete", " "),
    (_ODD_BREAK, "odd-line-break", "source.encoding.line-break", "source.encoding.delete-break", " "),
    (_INVISIBLE, "invisible-character", "source.encoding.invisible", "source.encoding.delete-invisible", ""),
    (_DAMAGED, "damaged-text", "source.encoding.damaged", "source.encoding.type-again", None),
)
"""Characters that are refused: the finding's code, what it says, how to mend it, and what is read instead."""


def decode(page: Page, raw: bytes) -> bool:
    """Put the text of a file onto an empty page and note what is wrong with its characters.

    False if it cannot be read at all. Characters that are refused are taken out, so that the rest can be read.
    """
    if len(raw) > LARGEST:
        page.note("too-large", 1, 1, Message("source.encoding.too-large", size=len(raw), most=LARGEST))
        return False
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        page.note("empty-file", 1, 1, Message("source.encoding.empty"))
        return False
    if raw.startswith(_UTF_16) or _every_second_is_zero(raw):
        page.note("not-utf-8", 1, 1, Message("source.encoding.utf-16"), Message("source.encoding.save"))
        return False
    if b"\0" in raw:
        before = lines_of(raw[: raw.index(b"\0")].decode("utf-8-sig", "replace"))
        page.note("not-text", len(before), len(before[-1]) + 1, Message("source.encoding.zero"))
        return False
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        _note_encoding(page, raw, failed.object[: failed.start].decode())
        return False
    page.lines = [_clean(page, number, line) for number, line in enumerate(lines_of(text), 1)]
    return True


def _every_second_is_zero(raw: bytes) -> bool:
    """Latin letters and blanks in UTF-16, written without its mark."""
    first, second = raw[:2000:2].count(0), raw[1:2000:2].count(0)
    return max(first, second) * 8 > len(raw[:2000]) and min(first, second) * 8 < max(first, second)


def _note_encoding(page: Page, raw: bytes, before: str) -> None:
    lines = lines_of(before)
    message = Message("source.encoding.not-utf-8")
    with suppress(UnicodeDecodeError):
        if re.search("[\u4e00-\u9fff]", raw.decode("gb18030")):
            message = Message("source.encoding.gbk")
    page.note("not-utf-8", len(lines), len(lines[-1]) + 1, message, Message("source.encoding.save"))


def _clean(page: Page, number: int, line: str) -> str:
    """The line without what is refused; of each fault the first on a line is noted."""
    if line.isascii() and line.isprintable():
        return line

    for pattern, code, what, fix, instead in _REFUSED:
        found = pattern.search(line)
        if found:
            page.note(code, number, found.start() + 1, Message(what, sign=_sign(found[0])), Message(fix))
            line = line if instead is None else pattern.sub(instead, line)
    return line


def _sign(character: str) -> str:
    """A character by its number, and by its name where it has one."""
    point, name = f"U+{ord(character):04X}", unicodedata.name(character, "").lower()
    return Message("source.encoding.sign", point=point, name=name) if name else point
