"""Lines joined without a blank between two Chinese or Japanese characters, where a blank would be heard as a pause."""

from __future__ import annotations

import re

# Hangul is left out: Korean is written with blanks between words.
_SOLID = (
    "\u2e80-\u2fff\u3001-\u30ff\u3100-\u312f\u31a0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff01-\uff9f\uffe0-\uffef\U00020000-\U0003ffff"
)
_EITHER = "“”‘’…—·"
_NEXT = r"[ \t]*\n[ \t\n]*"
_SEAM = re.compile(f"(?<=[{_SOLID}])(?={_NEXT}[{_SOLID}{_EITHER}])|(?<=[{_EITHER}])(?={_NEXT}[{_SOLID}])")


class JoinMarks:
    """Marks put at the ends of lines before a text is read, by which the blanks made there are found afterwards."""

    def __init__(self, text: str) -> None:
        used = set(text)
        self.mark = next((chr(code) for code in range(0xE000, 0xF900) if chr(code) not in used), "")
        self.marked = _SEAM.sub(self.mark, text) if self.mark else text
        self._joined = re.compile(f"{self.mark} *") if self.marked != text else None

    def closed(self, value: str) -> str:
        """A scalar as read, its lines joined as the language joins them."""
        return self._joined.sub("", value) if self._joined and self.mark in value else value
