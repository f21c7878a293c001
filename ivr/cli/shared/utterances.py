"""Utterances from a pipe, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ivr.errors import InvalidArgument
from ivr.messages.message import Message
from ivr.source.decode import LARGEST, decode
from ivr.source.page import Page, lines_of

_MARK = b"\xef\xbb\xbf"


def utterances() -> Iterator[str]:
    """The lines of stdin, empty ones too, so that each answer stands in the line of its question. On a terminal each as
    soon as it is typed. `InvalidArgument` where there is none, or they are not UTF-8."""
    if sys.stdin.isatty():
        yield from (line.rstrip("\r\n") for line in sys.stdin)
    else:
        yield from _lines(sys.stdin.buffer.read())


def _lines(raw: bytes) -> list[str]:
    if not raw.removeprefix(_MARK).strip():
        raise InvalidArgument(Message("hear-command.nothing"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        raise InvalidArgument(_wrong_encoding(raw, failed.start)) from None
    if "\0" in text:
        raise InvalidArgument(_wrong_encoding(raw, text.index("\0")))
    lines = lines_of(text)
    return lines[:-1] if lines[-1] == "" else lines


def _wrong_encoding(raw: bytes, start: int) -> Message:
    """What is known of bytes that are no text: which line, and which encoding it most likely is."""
    page = Page("-", [])
    line = raw[:start].count(b"\n") + 1
    if decode(page, raw[: LARGEST - 1]) or not page.findings:
        return Message("hear-command.no-text", line=line)
    return Message("hear-command.encoding", line=line, what=page.findings[0].message)
