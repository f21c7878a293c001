"""Syntax errors of a whole line: its indentation, its key, and the character its text begins with."""

from __future__ import annotations

import re

from ivr.source import full_width
from ivr.source.failure import KEY, TAB_INDENT, Advice, SyntaxErrorAt
from ivr.source.scalars import QUOTE_IT

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
            more = f", and {len(led) - 1} more begin so" if len(led) > 1 else ""
            message = f"this line begins with a tab{more}."
            column = failure.text(led[0]).find("\t") + 1
            return Advice("tab", led[0] + 1, column, message, "Indent with blanks, two for each level.", True)
        if _WIDE_INDENT.match(text):
            column = len(text) - len(text.lstrip(" ")) + 1
            message = "this line begins with a full-width or odd blank."
            return Advice("wide-blank", line + 1, column, message, "Indent with blanks of the space bar only.")
    return None


def telephone_key(failure: SyntaxErrorAt) -> Advice | None:
    """The keys * and # of a telephone, which YAML reads as its own signs."""
    line, column = failure.opened
    if "alias" in failure.context and re.match(r"\*\s*:", failure.text(line)[column:]):
        return failure.at_opened("star-key", "* alone is no key for YAML.", 'Write star: (or "*": in quotes).')
    if failure.in_brackets:
        for number in failure.between():
            found = _HASH_KEY.search(failure.text(number))
            if found:
                hint = 'Write pound: (or "#": in quotes).'
                message = "# begins a comment here, although it looks like a choice."
                return Advice("comment-as-choice", number + 1, found.start(1) + 1, message, hint)
    return None


def full_width_colon(failure: SyntaxErrorAt) -> Advice | None:
    """A key with a full-width colon, missed only on the line behind it."""
    for line in failure.suspects:
        found = _WIDE_KEY.match(failure.text(line))
        if found:
            message = f'the colon behind "{found[1]}" is full-width.'
            return Advice("full-width", line + 1, found.end(), message, f"Write {found[1]}: and a blank.")
    return None


def tight_colon(failure: SyntaxErrorAt) -> Advice | None:
    """A key whose colon has no blank behind it."""
    if "unexpected ':'" in failure.problem:
        return failure.here("no-blank", "a blank is missing behind this colon.", "Write one, or quote the text.")
    for line in failure.suspects:
        found = _TIGHT_KEY.match(failure.text(line))
        if found:
            message = f'a blank is missing behind "{found[1]}:".'
            return Advice("no-blank", line + 1, found.end(1) + 1, message, f"Write {found[1]}: and a blank.")
    return None


def deeper(failure: SyntaxErrorAt) -> Advice | None:
    """A key deeper than the line above it, which already has its text."""
    text = failure.text(failure.line)
    if "mapping values" not in failure.problem or not KEY.match(text) or not failure.previous:
        return None
    column = len(text) - len(text.lstrip()) + 1
    message = "this line is deeper than the line above it, whose value is complete."
    return Advice("bad-indent", failure.line + 1, column, message, "Begin it below the key it belongs beside.")


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
        return Advice("tab", line + 1, column + 1, "there is a tab here.", "Write spaces instead.")
    if not sign.strip() or sign.isalnum():
        return None
    return _reserved(line, column, sign)


def structure(failure: SyntaxErrorAt) -> Advice | None:
    """A line that is no key, or that begins at a level there is none of."""
    if "simple key" in failure.context:
        hint = "Write key: and its value, or indent the line below the text it goes on with."
        return failure.at_opened("no-colon", "this line has no key with a colon.", hint)
    if "document start" in failure.problem:
        hint = "Put each flow into a file of its own."
        return failure.here("several-documents", "the file goes on behind the end of its document.", hint)
    if "block" in failure.context and "node" not in failure.context:
        sign = re.match(r" *(?:- +)*[\w.-]+: +([*&!])", failure.text(failure.line))
        if sign:
            return _reserved(failure.line, sign.start(1), sign[1])
        hint = "Begin it below the first letter of the key it belongs beside, or of the text it goes on with."
        return failure.here("bad-indent", "this line fits below none of the lines above it.", hint)
    return None


def _reserved(line: int, column: int, sign: str) -> Advice:
    hint = "If it is a key of the telephone, write star." if sign == "*" else ""
    message = f"text cannot begin with {sign} unquoted."
    return Advice("reserved-character", line + 1, column + 1, message, f"{hint} {QUOTE_IT}".strip())


def full_width_bracket(failure: SyntaxErrorAt) -> Advice | None:
    """A full-width bracket where YAML waits for a value, so that all behind it is text."""
    for number in (failure.line, *failure.previous):
        text = failure.text(number)
        found = re.search(r"(?:[:：]|-|,|\{|\[)[ \t]*([｛［（【])[ \t]*[\w\"'“-]+[ \t]*[:：]", text)
        if found:
            narrow = {"［": "[ ]"}.get(found[1], "{ }")
            message = f"{found[1]} is typed in full width: YAML reads all behind it as text."
            hint = f"Write {narrow} in half width, as on an English keyboard."
            return Advice("full-width", number + 1, found.start(1) + 1, message, hint)
    return None
