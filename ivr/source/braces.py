"""Keys in braces without a value: a value by its name, or text that YAML has torn."""

from __future__ import annotations

import re
from typing import Any

from ivr.source.page import Page
from ivr.source.scalars import Bare, SourcePath
from ivr.source.spoken_keys import is_spoken
from ivr.source.traps import typed_as_meant

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
        colon = re.search("[:：]", key.key)
        if alone and _NAME.match(key.key) and not is_spoken(path):
            continue
        if colon:
            _note_colon_in_braces(page, key, colon[0])
        elif alone:
            hint = "Put the whole text in double quotes. If it is a value: its name is in small letters."
            page.note("braces-in-text", key.line, key.column, f'"{key.key}" is in braces inside a text.', hint)
            return f"{{{key.key}}}"
        else:
            hint = "A comma inside { } ended the text; put each language on its own line, or quote the text."
            if page.alone:
                hint = f"Write {key.key}: and its value; if it belongs to a text, quote the text."
            page.note("comma-in-braces", key.line, key.column, f'"{key.key}" is a key without a value.', hint)
            if isinstance(built.get(before), str):
                torn.setdefault(before, [built[before]]).append(key.key)
                built.pop(key.key, None)
    return {**built, **{key: ", ".join(parts) for key, parts in torn.items()}}


def _note_colon_in_braces(page: Page, key: Bare, colon: str) -> None:
    name = re.split("[:：]", key.key)[0]
    if colon == "：":
        message, code = f'the colon behind "{name}" is full-width.', "full-width"
    else:
        message, code = f'a blank is missing behind "{name}:".', "no-blank"
    page.note(code, key.line, key.column, message, f"Write {name}: and a blank. If it is text, quote it.")
