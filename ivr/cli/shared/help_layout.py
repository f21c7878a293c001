"""The layout of `--help` for languages whose characters take two columns and are written without blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import click

from ivr.lint.formats.text import width
from ivr.messages.message import Message
from ivr.messages.reader import shown

BEGINS, ENDS = "（“《", "，。；：、！？）”》"
"""Marks that stay with what comes behind them, and with what is before them."""
_PIECES = re.compile(rf"[{BEGINS}]*(?:[!-~]+|[^!-~\s])[{ENDS}]*|\s+")
GAP = 2


class WideHelp(click.HelpFormatter):
    """Breaks lines by columns, between any two characters that are not Latin."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or shown(Message("usage.usage")))

    def write_heading(self, heading: str) -> None:
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        for line in self._lines(text, self.width - self.current_indent):
            self.write(f"{' ' * self.current_indent}{line}\n" if line else "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = GAP) -> None:
        rows = list(rows)
        first = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lines = list(self._lines(text, self.width - first - self.current_indent)) or [""]
            if width(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
                term = ""
            self.write(f"{indent}{term}{' ' * (first - width(term))}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{indent}{' ' * first}{line}\n")

    @staticmethod
    def _lines(text: str, columns: int) -> Iterator[str]:
        for at, paragraph in enumerate(text.split("\n\n")):
            if at:
                yield ""
            yield from _filled(_PIECES.findall(paragraph), columns)


class WideContext(click.Context):
    """The context of a command whose help is in such a language."""

    formatter_class = WideHelp


def _filled(pieces: Iterable[str], columns: int) -> Iterator[str]:
    line = ""
    for piece in pieces:
        blank = piece.isspace()
        if line and width(line) + (0 if blank else width(piece)) > columns:
            yield line.rstrip()
            line = ""
        if line or not blank:
            line += " " if blank else piece
    if line:
        yield line.rstrip()


def first_sentence(text: str) -> str:
    """The sentence that stands for a command in a list of commands."""
    return re.split(r"(?<=。)|\n", text.strip(), maxsplit=1)[0].rstrip("。")
