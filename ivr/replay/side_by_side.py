"""What a fixture expects beside what was heard, in two columns that fit Chinese too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.fixture import Fixture, TurnFields
from ivr.replay.play import bare, shown_act

GAP = 3


def side_by_side(fixture: Fixture, heard: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """The call up to where it stopped; `!` between the columns where something expected was not heard."""
    column = max(10, (width - GAP) // 2)
    yield f"{_padded(shown(Message('replay.sides.expected')), column)}   {shown(Message('replay.sides.heard'))}"
    fields = fixture.fields
    for n, spoken in enumerate(heard):
        turn = fields.turns[n] if n < len(fields.turns) else None
        hear = turn.hear if turn else fields.ends.hear
        words = bare("".join(spoken))
        met = all(bare(wanted) in words for wanted in hear)
        unwanted = turn.not_hear if turn else []
        expected = [*hear, *(shown(Message("replay.sides.unwanted", text=text)) for text in unwanted)]
        met = met and not any(bare(text) in words for text in unwanted)
        yield from _rows(expected, spoken, column, " " if met else "!")
        if turn and n + 1 < len(heard):
            yield from _rows([_act(turn)], [_act(turn)], column, " ")


def _act(turn: TurnFields) -> str:
    return f"> {shown_act(turn)}"


def _rows(left: Sequence[str], right: Sequence[str], column: int, mark: str) -> Iterator[str]:
    one = [line for text in left for line in wrapped(text, column)]
    other = [line for text in right for line in wrapped(text, column)]
    for n in range(max(len(one), len(other))):
        here = one[n] if n < len(one) else ""
        there = other[n] if n < len(other) else ""
        yield f"{_padded(here, column)} {mark} {there}".rstrip()


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: a Chinese character takes two, a combining mark none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, column: int) -> Iterator[str]:
    """A text in lines of at most so many cells, cut at a blank where there is one."""
    line = ""
    for c in text:
        if cells(line) + cells(c) > column:
            cut = line.rfind(" ") + 1 or len(line)
            yield line[:cut].rstrip()
            line = line[cut:]
        line += c
    yield line


def _padded(text: str, column: int) -> str:
    return text + " " * (column - cells(text))
