"""Which values of a file are spoken to a caller, by the keys above them, before any grammar was applied."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?-([A-Za-z]{2}|[0-9]{3})\Z")
# Tags without a region, as far as none of them is a key of the language (`is`, `no`, `as`).
_BARE_TAGS = re.compile("(?:ar|cmn|cs|da|de|el|en|es|fi|fr|he|hi|hu|it|ja|ko|nb|nl|pl|pt|ro|ru|sv|th|tr|vi|yue|zh)\\Z")
_OF_A_LANGUAGE = ("announce", "yes_no", "keys", "yes", "no")


def is_spoken(path: tuple[str | int, ...]) -> bool:
    """Whether the value at a path is a prompt, a label, or words that may be said."""
    if path[:1] == ("languages",):
        return len(path) > 2 and path[2] in _OF_A_LANGUAGE
    last = next((part for part in reversed(path) if isinstance(part, str)), "")
    return last in ("text", "whisper") or "words" in path or bool(_BARE_TAGS.match(last) or _TAG.match(last))


def holds_literals(path: tuple[str | int, ...]) -> bool:
    """Whether the value at a path is free text that is kept or shown."""
    return path[-1:] in (("hotline",), ("title",)) or path[-2:-1] in (("with",), ("set",))
