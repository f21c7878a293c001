"""Syntax errors of a whole line: its indentation, its key, and the character its text begins with."""

from __future__ import annotations

import re

from ivr.messages.message import Message
from ivr.source import full_width
from ivr.source.failure import KEY, TAB_INDENT, Advice, SyntaxErrorAt

_WIDE_KEY = re.compile(r" *(?:- +)*[“\"]?([A-Za-z0-9_*#.+-]+)[”\"]?[ \t]*：")
_TIGHT_KEY = re.compile(r" *(?:- +)*([A-Za-z][\w-]*|[0-9]):(?!//)[^\s:]")
_WIDE_INDENT = re.compile(f" *[{full_width.WIDE_BLANKS}]")
_HASH_KEY = re.compile(r"[{,]\s*(#)\s*:")


def indented_oddly(failure: SyntaxErrorAt) -> Advice | None:
    """A line indented with a tab or a full-width blank."""
    for line in (failure.line, *failure.previous):
        text = failure.text(line)
        if TAB_INDENT.match(text):
            led = [n for n, each in enumerate(failure.lines) if TAB_INDENT.match(each)]
            message = Message("source.line.tabs", more=len(led) - 1) if len(led) > 1 else Message("source.line.tab")
            column = failure.text(led[0]).find("\t") + 1
            return Advice("tab", led[0] + 1, column, message, Message("source.line.two-blanks"), True)
        if _WIDE_INDENT.match(text):
            column = len(text) - len(text.lstrip(" ")) + 1
            message, hint = Message("source.line.wide-blank"), Message("source.line.space-bar")
            return Advice("wide-blank", line + 1, column, message, hint)
    return None


def telephone_key(failure: SyntaxErrorAt) -> Advice | None:
    """The keys * and # of a telephone, which YAML reads as its own signs."""
    line, column = failure.opened
    if "alias" in failure.context and re.match(r"\*\s*:", failure.text(line)[column:]):
        return failure.at_opened("star-key", Message("source.key.star"), Message("source.key.write-star"))
    if failure.in_brackets:
        for number in failure.between():
            found = _HASH_KEY.search(failure.text(number))
            if found:
                message, hint = Message("source.key.pound"), Message("source.key.write-pound")
                return Advice("comment-as-choice", number + 1, found.start(1) + 1, message, hint)
    return None


def full_width_colon(failure: SyntaxErrorAt) -> Advice | None:
    """A key with a full-width colon, missed only on the line behind it."""
    for line in failure.suspects:
        found = _WIDE_KEY.match(failure.text(line))
        if found:
            message = Message("source.key.wide-colon", key=found[1])
            return Advice("full-width", line + 1, found.end(), message, Message("source.key.write-key", key=found[1]))
    return None


def tight_colon(failure: SyntaxErrorAt) -> Advice | None:
    """A key whose colon has no blank behind it."""
    if "unexpected ':'" in failure.problem:
        return failure.here("no-blank", Message("source.key.no-blank-colon"), Message("source.key.write-blank"))
    for line in failure.suspects:
        found = _TIGHT_KEY.match(failure.text(line))
        if found:
            message, hint = Message("source.key.no-blank", key=found[1]), Message("source.key.write-key", key=found[1])
            return Advice("no-blank", line + 1, found.end(1) + 1, message, hint)
    return None


def deeper(failure: SyntaxErrorAt) -> Advice | None:
    """A key deeper than the line above it, which already has its text."""
    text = failure.text(failure.line)
    if "mapping values" not in failure.problem or not KEY.match(text) or not failure.previous:
        return None
    column = _indent(text) + 1
    above = failure.previous[0]
    if _slipped(failure, above, column - 1):
        message, hint = Message("source.line.less-deep"), Message("source.line.begin-at", column=column)
        return Advice("bad-indent", above + 1, _indent(failure.text(above)) + 1, message, hint)
    message, hint = Message("source.line.deeper"), Message("source.line.beside")
    return Advice("bad-indent", failure.line + 1, column, message, hint)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _slipped(failure: SyntaxErrorAt, above: int, indent: int) -> bool:
    """Whether the line above alone is less deep than its neighbours on both sides: it has slipped, not they."""
    for number in range(above - 1, max(above - 50, -1), -1):
        text = failure.text(number)
        if text.strip() and not text.lstrip().startswith("#") and _indent(text) <= indent:
            return _indent(text) == indent > _indent(failure.text(above))
    return False


def first_character(failure: SyntaxErrorAt) -> Advice | None:
    """A text that begins with a character YAML keeps for itself."""
    scanned = ("alias", "anchor", "tag", "block scalar", "block node", "directive", "parsing a node")
    if any(word in failure.context for word in scanned):
        line, column = failure.opened
    elif re.search("cannot start any token|entries are not allowed|keys are not allowed", failure.problem):
        line, column = failure.line, failure.column
    else:
        return None
    sign = failure.char(line, column)
    if sign == "\t":
        return Advice("tab", line + 1, column + 1, Message("source.line.tab-here"), Message("source.line.spaces"))
    if not sign.strip() or sign.isalnum():
        return None
    return _reserved(line, column, sign)


def structure(failure: SyntaxErrorAt) -> Advice | None:
    """A line that is no key, or that begins at a level there is none of."""
    if "simple key" in failure.context:
        return failure.at_opened("no-colon", Message("source.key.no-colon"), Message("source.key.write-colon"))
    if "document start" in failure.problem:
        message, hint = Message("source.file.after-document"), Message("source.file.own-file")
        return failure.here("several-documents", message, hint)
    if "block" in failure.context and "node" not in failure.context:
        sign = re.match(r" *(?:- +)*[\w.-]+: +([*&!])", failure.text(failure.line))
        if sign:
            return _reserved(failure.line, sign.start(1), sign[1])
        return failure.here("bad-indent", Message("source.line.no-level"), Message("source.line.level"))
    return None


def _reserved(line: int, column: int, sign: str) -> Advice:
    hint = Message("source.text.reserved-star") if sign == "*" else Message("source.quote-it")
    return Advice("reserved-character", line + 1, column + 1, Message("source.text.reserved", sign=sign), hint)


def full_width_bracket(failure: SyntaxErrorAt) -> Advice | None:
    """A full-width bracket where YAML waits for a value, so that all behind it is text."""
    for number in (failure.line, *failure.previous):
        text = failure.text(number)
        found = re.search(r"(?:[:：]|-|,|\{|\[)[ \t]*([｛［（【])[ \t]*[\w\"'“-]+[ \t]*[:：]", text)
        if found:
            narrow = {"［": "[ ]"}.get(found[1], "{ }")
            message = Message("source.text.wide-bracket", bracket=found[1])
            hint = Message("source.text.half-width", brackets=narrow)
            return Advice("full-width", number + 1, found.start(1) + 1, message, hint)
    return None
