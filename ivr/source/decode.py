"""From the bytes of a file to its text: size, encoding, and characters that nobody can see."""

from __future__ import annotations

import re
import unicodedata

from ivr.source.page import Page, lines_of

LARGEST = 1_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_DAMAGED = re.compile("\ufffd")
_AS_UTF_8 = "Save the file as UTF-8."


def decode(page: Page, raw: bytes) -> bool:
    """Put the text of a file onto an empty page and note what is wrong with its characters.

    False if it cannot be read at all. Characters that are refused are taken out, so that the rest can be read.
    """
    if len(raw) > LARGEST:
        page.note("too-large", 1, 1, f"the file has {len(raw):,} bytes; at most {LARGEST:,} are read.")
        return False
    if not raw.removeprefix(b"\xef\xbb\xbf").strip():
        page.note("empty-file", 1, 1, "the file is empty.")
        return False
    if raw.startswith(_UTF_16) or _every_second_is_zero(raw):
        page.note("not-utf-8", 1, 1, "the file is not UTF-8 text, but UTF-16 by the look of it.", _AS_UTF_8)
        return False
    if b"\0" in raw:
        before = lines_of(raw[: raw.index(b"\0")].decode("utf-8-sig", "replace"))
        page.note("not-text", len(before), len(before[-1]) + 1, "the file is not text: it holds a zero byte.")
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
    guess = ""
    try:
        if re.search("[\u4e00-\u9fff]", raw.decode("gb18030")):
            guess = ", but GBK (the Chinese encoding of Windows) by the look of it"
    except UnicodeDecodeError:
        pass
    page.note("not-utf-8", len(lines), len(lines[-1]) + 1, f"the file is not UTF-8 text{guess}.", _AS_UTF_8)


def _clean(page: Page, number: int, line: str) -> str:
    """The line without what is refused; of each fault the first on a line is noted."""
    if line.isascii() and line.isprintable():
        return line

    def refuse(pattern: re.Pattern[str], code: str, what: str, hint: str) -> bool:
        found = pattern.search(line)
        if found:
            name = unicodedata.name(found[0], "").lower()
            sign = f"U+{ord(found[0]):04X}{f', {name}' if name else ''}"
            page.note(code, number, found.start() + 1, f"{what} is here ({sign}).", hint)
        return found is not None

    if refuse(_CONTROL, "control-character", "a control character", "Delete it."):
        line = _CONTROL.sub(" ", line)
    if refuse(_ODD_BREAK, "odd-line-break", "a line break that editors do not show", "Delete it, or press Enter."):
        line = _ODD_BREAK.sub(" ", line)
    if refuse(_INVISIBLE, "invisible-character", "an invisible character", "Delete it, or type the line again."):
        line = _INVISIBLE.sub("", line)
    refuse(_DAMAGED, "damaged-text", "a character lost in a conversion", "Type it again, and save the file as UTF-8.")
    return line
