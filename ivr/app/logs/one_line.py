"""Any text as a part of one line: nothing in it ends the line, moves the cursor or turns the direction of reading."""

from __future__ import annotations


def one_line(text: str, most: int) -> str:
    """At most so many characters; the middle of a longer text is left out. What cannot be printed is escaped."""
    if len(text) > most:
        text = f"{text[: most * 2 // 3]} ... {text[-(most // 3) :]}"
    return text if text.isprintable() else "".join(c if c.isprintable() else escape(c) for c in text)


def escape(character: str) -> str:
    """The character as JSON escapes it, beyond the first plane as two."""
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + ((code - 0x10000) & 0x3FF):04x}"
