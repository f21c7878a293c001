"""What YAML reads otherwise than its author meant, although it reads it: noted, and read on as it was meant."""

from __future__ import annotations

import re
from typing import Any

from ivr.call.keys import written_key
from ivr.messages.message import Message
from ivr.source import full_width
from ivr.source.page import Page
from ivr.source.scalars import Bare, Scalar, Span
from ivr.source.spoken_keys import holds_literals, is_spoken

UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_COMMENT = re.compile(r"[ \t]+#(?! ?ivr: ignore\[)")
_TIGHT_COMMENT = re.compile(r" #[^\s#]")
_TIGHT_KEY = re.compile(r"[A-Za-z][\w-]*:(?!//)[^\s:]")
_GLUED = re.compile(r"[A-Za-z][\w-]*:[^\s]|[0-9]:[^\s0-9]")
_BETWEEN = re.compile("[，、]")
_FAR = 200  # A line may be as long as a file, with a value at each of its columns.
_ZERO_WIDTH = re.compile("[\u200c-\u200f]")


def note_marks(page: Page, event: Any) -> None:
    """Note an anchor, alias or tag: YAML's ways of meaning something else than what stands there."""
    line, column = event.start_mark.line + 1, event.start_mark.column + 1
    anchor, tag = event.anchor, getattr(event, "tag", None)
    if type(event).__name__ == "AliasEvent":
        page.note("alias", line, column, Message("source.text.alias", name=anchor), Message("source.quote-it"))
    elif anchor is not None:
        page.note("anchor", line, column, Message("source.text.anchor", name=anchor), Message("source.quote-it"))
    if tag is not None:
        said = page.line(line)[column - 1 : column + 39].split(" ")[0] or "!"
        page.note("tag", line, column, Message("source.text.tag", tag=said), Message("source.quote-it"))


def key_as_meant(page: Page, key: Scalar, in_braces: bool) -> str:
    """The text of a key, after what is wrong with it was noted; in braces it may yet turn out to be none."""

    def note(code: str, message: Message, hint: Message) -> None:
        page.note(code, key.line, key.column, message, hint)

    text = full_width.trimmed(key.text)
    if text != key.text and key.plain:
        note("wide-blank", Message("source.text.blank-beside", text=text), Message("source.text.use-space-bar"))
    if _ZERO_WIDTH.search(text):
        text = _ZERO_WIDTH.sub("", text)
        note("invisible-character", Message("source.text.invisible", text=text), Message("source.key.type-again"))
    if key.plain and text == "<<":
        note("merge-key", Message("source.key.merge"), Message("source.key.write-out"))
    if not text:
        note("empty-key", Message("source.key.missing"), Message("source.key.write-or-take-out"))
    return text if in_braces else typed_as_meant(page, key, text)


def typed_as_meant(page: Page, key: Scalar | Bare, text: str) -> str:
    """The text of a key as it would be typed on an English keyboard."""
    meant = text
    bare = full_width.unquoted(text)
    if bare is not None:
        meant = full_width.narrow(bare)
        message, hint = Message("source.key.curly", written=text), Message("source.key.no-curly", meant=meant)
        page.note("full-width", key.line, key.column, message, hint)
    elif full_width.holds_wide(text):
        meant = full_width.narrow(text)
        message = Message("source.key.wide", written=text)
        hint = Message("source.key.narrow", meant=written_key(meant))
        page.note("full-width", key.line, key.column, message, hint)
    elif re.match(r"-[A-Za-z0-9]", text):
        meant = text[1:]
        message, hint = Message("source.key.dash", written=text), Message("source.key.write-dash", meant=meant)
        page.note("no-blank", key.line, key.column, message, hint)
    elif _GLUED.match(text):
        name = text.split(":")[0]
        message, hint = Message("source.key.no-blank", key=name), Message("source.key.write-key", key=name)
        page.note("no-blank", key.line, key.column, message, hint)
    return meant


def value_as_meant(page: Page, value: Scalar) -> list[str]:
    """The text of a value, after what is wrong with it was noted; several of a list with full-width commas."""

    def note(code: str, message: Message, hint: Message) -> None:
        page.note(code, value.line, value.column, message, hint)

    spoken = is_spoken(value.path)
    if UNSPEAKABLE.search(value.text):
        note("control-character", Message("source.text.control"), Message("source.text.take-out"))
        return [UNSPEAKABLE.sub(" ", value.text)]
    _note_swallowed(page, value)
    slot = full_width.slot(value.text)
    if slot:
        note("full-width", Message("source.text.wide", written=slot[0]), Message("source.text.write", meant=slot[1]))
    if not value.plain:
        return [value.text]
    _note_comment(page, value, spoken)
    if _note_key_in_text(page, value):
        return [value.text]
    if value.in_list and _BETWEEN.search(value.text):
        note("full-width", Message("source.text.wide-list"), Message("source.text.divide"))
        return [item.strip() for item in _BETWEEN.split(value.text) if item.strip()]
    text = value.text
    inner = full_width.unquoted(text)
    if inner is not None:
        note("full-width", Message("source.text.curly"), Message("source.text.plain-quotes"))
        return [inner]
    brackets = full_width.in_brackets(text)
    if brackets and (text[0] != "【" or not spoken):
        message = Message("source.text.wide-brackets", first=text[0], last=text[-1])
        note("full-width", message, Message("source.text.write-around", brackets=brackets))
    elif not spoken and full_width.trimmed(text) != text:
        text = full_width.trimmed(text)
        note("wide-blank", Message("source.text.blank-beside", text=text), Message("source.text.use-space-bar"))
    elif not spoken and full_width.is_wide(text):
        text = full_width.narrow(text)
        note("full-width", Message("source.text.wide", written=value.text), Message("source.key.narrow", meant=text))
    return [text]


def _note_comment(page: Page, value: Scalar, spoken: bool) -> None:
    """Text cut short by a blank and #, which is a key callers press."""
    line, end = page.line(value.last_line), value.end_column - 1
    found = _COMMENT.match(line, end)
    if found and (spoken or holds_literals(value.path) and _TIGHT_COMMENT.match(line, end)):
        page.note(
            "comment-in-text",
            value.last_line,
            found.end(),
            Message("source.text.comment"),
            Message("source.text.comment-own-line"),
        )


def _note_key_in_text(page: Page, value: Scalar) -> bool:
    """A line that was meant as a key, but whose colon is none for YAML, so that it became text. True if one was."""
    noted = False
    for number in range(value.line, value.last_line + 1):
        line = page.line(number)
        start = value.column - 1 if number == value.line else len(line) - len(line.lstrip())
        if number == value.line and line[max(0, start - _FAR) : start].strip(" -"):
            continue
        wide, tight = full_width.KEY_LIKE.match(line, start), _TIGHT_KEY.match(line, start)
        noted = noted or bool(wide or tight)
        if wide:
            key = wide[0][:-1].strip()
            message, hint = Message("source.key.wide-colon", key=key), Message("source.key.write-half", key=key)
            page.note("full-width", number, wide.end(), message, hint)
        elif tight:
            key = tight[0].split(":")[0]
            message, hint = Message("source.key.no-blank", key=key), Message("source.key.write-key-or-quote", key=key)
            page.note("no-blank", number, start + len(key) + 1, message, hint)
    return noted


def _note_swallowed(page: Page, value: Scalar) -> None:
    if value.style in ("'", '"') and value.line != value.last_line:
        number = swallowed_line(page.lines, Span(value.line, value.column, value.last_line, True))
        if number:
            message, hint = Message("source.text.unclosed-line", line=number), Message("source.text.close-quote")
            page.note("unclosed-quote", value.line, value.column, message, hint)


def swallowed_line(lines: list[str], span: Span) -> int:
    """The first line within a quoted text that looks like a key no deeper than the text's own; 0 if none does."""
    first = lines[span.line - 1]
    indent = len(first) - len(first.lstrip(" "))
    for number in range(span.line + 1, span.last_line + 1):
        found = re.match(r"( *)(?:- )*[\w*#+.\"'-]+:(?:\s|$)", lines[number - 1][:200])
        if found and len(found[1]) <= indent:
            return number
    return 0
