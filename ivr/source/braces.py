"""Keys in braces without a value: a value by its name, or text that YAML has torn."""

from __future__ import annotations

import re
from typing import Any

from ivr.messages.message import Message
from ivr.source.page import Page
from ivr.source.scalars import Bare, SourcePath
from ivr.source.spoken_keys import is_spoken
from ivr.source.traps import typed_as_meant

_TIMES = re.compile(r"\d{1,2}:\d\d\s*-")
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\Z")


def braces_as_meant(page: Page, path: SourcePath, built: dict[str, Any], keys: list[Bare]) -> Any:
    """A mapping in braces after its keys without a value were noted; text torn by a comma is put together again.

    One name alone in braces is a value, and is left as it is.
    """
    alone = len(keys) == 1
    before = ""
    torn: dict[str, list[str]] = {}
    for key in keys:
        if key.valued:
            before = typed_as_meant(page, key, key.key)
            if before != key.key and key.key in built:
                built[before] = built.pop(key.key)
            continue
        if key.key in page.alone:
            built[key.key] = "yes"
            continue
        colon = None if _TIMES.match(key.key) and not alone else re.search("[:：]", key.key)
        if alone and _NAME.match(key.key) and not is_spoken(path):
            continue
        if colon:
            _note_colon_in_braces(page, key, colon[0])
        elif alone:
            message, hint = Message("source.braces.in-text", key=key.key), Message("source.braces.quote-or-name")
            page.note("braces-in-text", key.line, key.column, message, hint)
            return f"{{{key.key}}}"
        else:
            hint = _comma_hint(page, key.key, before, torn.get(before) or [built.get(before)])
            page.note("comma-in-braces", key.line, key.column, Message("source.braces.no-value", key=key.key), hint)
            if isinstance(built.get(before), str):
                torn.setdefault(before, [built[before]]).append(key.key)
                built.pop(key.key, None)
    return {**built, **{key: ", ".join(parts) for key, parts in torn.items()}}


def _comma_hint(page: Page, key: str, before: str, parts: list[Any]) -> Message:
    """What to do about a key without a value, behind a key whose text the comma ended."""
    if page.alone:
        return Message("source.braces.alone", key=key)
    if all(isinstance(part, str) and _TIMES.match(part) for part in (*parts, key)):
        return Message("source.braces.times", key=before, times=", ".join((*parts, key)))
    return Message("source.braces.comma")


def _note_colon_in_braces(page: Page, key: Bare, colon: str) -> None:
    name = re.split("[:：]", key.key)[0]
    if colon == "：":
        message, code = Message("source.key.wide-colon", key=name), "full-width"
    else:
        message, code = Message("source.key.no-blank", key=name), "no-blank"
    page.note(code, key.line, key.column, message, Message("source.key.write-key-or-quote", key=name))
