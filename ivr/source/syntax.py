"""Where YAML gave up: the line that is to blame, what is wrong with it, and the likely fix."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ivr.call.keys import written_key
from ivr.messages.message import Message
from ivr.source import line_syntax, text_syntax
from ivr.source.failure import KEY, LONGEST, TAB_INDENT, Advice, SyntaxErrorAt
from ivr.source.scalars import Span

# The first that knows what is wrong has the word: what is certain before what is only likely.
_RULES: tuple[Callable[[SyntaxErrorAt], Advice | None], ...] = (
    line_syntax.indented_oddly,
    line_syntax.telephone_key,
    text_syntax.quote,
    line_syntax.full_width_bracket,
    line_syntax.full_width_colon,
    text_syntax.full_width_in_braces,
    text_syntax.colon,
    line_syntax.tight_colon,
    text_syntax.comment_in_brackets,
    text_syntax.brackets,
    line_syntax.deeper,
    line_syntax.first_character,
    text_syntax.comment_within_text,
    line_syntax.structure,
)


def explain(failed: Any, lines: list[str], scalars: list[Span], bracket: tuple[int, int] | None) -> Advice:
    """What is wrong where YAML gave up.

    `scalars` are those over several lines read so far; `bracket` is the innermost open one, counted from 0.
    """
    failure = SyntaxErrorAt(failed, lines, scalars, bracket)
    for rule in _RULES:
        advice = rule(failure)
        if advice:
            return advice
    return failure.here("yaml-syntax", Message("source.file.unreadable", problem=failure.problem or "unknown"))


LEFT_OUT = "x"
"""Stands where something was taken out that could not be read."""


def without(lines: list[str], advice: Advice) -> list[str]:
    """The lines without what is to blame, each still in its place, so that reading can go on behind it."""
    if advice.tabs:
        return [TAB_INDENT.sub(lambda found: found[0].replace("\t", "  "), line) for line in lines]
    at, left = advice.line - 1, list(lines)
    key = KEY.match(left[at][:LONGEST])
    indent = len(left[at]) - len(left[at].lstrip())
    rest = True
    if key and advice.code != "bad-indent":
        indent, rest = len(key[1]), bool(left[at][key.end() :].strip())
        name = written_key(key[2])
        left[at] = f"{key[1]}{name}:{f' {LEFT_OUT}' if rest else ''}"
    if left[at] == lines[at] or not key or advice.code == "bad-indent":
        left[at] = ""
    for number in range(at + 1, len(left)):
        if not rest or left[number].strip() and len(left[number]) - len(left[number].lstrip()) <= indent:
            break
        left[number] = ""
    return left
