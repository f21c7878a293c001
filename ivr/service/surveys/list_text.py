"""From the bytes of a list to its rows of cells, as spreadsheets of several countries save it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ivr.errors import IvrError
from ivr.messages.message import Message

LARGEST = 20_000_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BETWEEN = (",", ";", "\t", "，", "、", "|")


class ListUnreadable(IvrError):
    """A list that cannot be read at all."""


class ListedRow(NamedTuple):
    """A row: the line of the file it begins on, from 1, and its cells, each as one line without blanks around it."""

    line: int
    cells: tuple[str, ...]


def listed_rows(raw: bytes) -> Iterator[ListedRow]:
    """The rows that are not blank. UTF-8, UTF-16 with its mark (a spreadsheet's "Unicode text") and GB18030 (what
    Chinese spreadsheets save) are read; commas, semicolons, tabs and bars divide cells. `ListUnreadable` where it is
    no such text."""
    text = _decoded(raw)
    first = next((line for line in text.splitlines() if line.strip()), "")
    between = max(_BETWEEN, key=first.count) if any(map(first.count, _BETWEEN)) else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between)
    line = 1
    while True:
        try:
            cells = next(rows, None)
        except csv.Error:
            raise ListUnreadable(Message("survey.list.line", line=line)) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield ListedRow(line, tuple(map(_in_a_line, cells)))
        line = rows.line_num + 1


def _in_a_line(cell: str) -> str:
    """A cell with a line break or a mark of direction would else break the line that tells what is wrong with it."""
    plain = " ".join(unicodedata.normalize("NFKC", cell).split())
    return "".join(c for c in plain if c.isprintable())


def _decoded(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise ListUnreadable(Message("survey.list.too-large", most=LARGEST // 1_000_000))
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ListUnreadable(Message("survey.list.spreadsheet"))
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListUnreadable(Message("survey.list.no-text"))
