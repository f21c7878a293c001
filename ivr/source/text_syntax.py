"""Syntax errors inside a text: quotes, braces, commas, colons and comments that ended it."""

from __future__ import annotations

import re

from ivr.messages.message import Message
from ivr.source.failure import KEY, Advice, SyntaxErrorAt
from ivr.source.traps import swallowed_line

_WIDE_IN_BRACES = re.compile(r"[{,，]\s*([\w-]+)\s*：|([，；、])\s*[\w-]+\s*[:：]")
_FLOW = re.compile(r"\s*flow\s*:\s*([a-z][a-z0-9_]*)\s*\Z")
_SWALLOWED = re.compile(r"\s(#)[^#]*[}\]]")


def quote(failure: SyntaxErrorAt) -> Advice | None:
    """A quote not closed, closed too early, or with a backslash that is no escape."""
    if "end of stream" in failure.problem and "quoted" in failure.context:
        message, hint = Message("source.text.unclosed"), Message("source.text.close-quote")
        return failure.at_opened("unclosed-quote", message, hint)
    if "escape" in failure.problem:
        message, hint = Message("source.text.escape"), Message("source.text.write-backslash")
        column = failure.text(failure.line).rfind("\\", 0, failure.column + 1)
        return Advice("bad-escape", failure.line + 1, max(column, 0) + 1, message, hint)
    for span in failure.scalars[-2:]:
        if span.quoted and span.last_line == failure.line + 1 and swallowed_line(failure.lines, span):
            message, hint = Message("source.text.closed-late", line=span.last_line), Message("source.text.close-quote")
            return Advice("unclosed-quote", span.line, span.column, message, hint)
    if failure.before.endswith(('"', "'")) and failure.char(failure.line, failure.column) not in "]}":
        apostrophe = failure.before.endswith("'")
        hint = Message("source.quote") if apostrophe else Message("source.text.quote-or-brackets")
        return failure.here("quote-in-text", Message("source.text.behind-quote"), hint)
    return None


def comment_in_brackets(failure: SyntaxErrorAt) -> Advice | None:
    """A comment that took in the closing bracket."""
    for number in failure.between() if failure.in_brackets else ():
        found = _SWALLOWED.search(failure.text(number))
        if found:
            return _comment_in_text(number, found.start(1))
    return None


def comment_within_text(failure: SyntaxErrorAt) -> Advice | None:
    """Text over several lines that ends early at a comment; its rest makes no sense to YAML."""
    if "block" not in failure.context or KEY.match(failure.text(failure.line)):
        return None
    for number in failure.previous:
        found = re.match(r"(?:[^#]|(?<=\S)#)*[^\s:#]\s+#", failure.text(number))
        if found:
            return _comment_in_text(number, found.end() - 1)
    return None


def _comment_in_text(line: int, column: int) -> Advice:
    message, hint = Message("source.text.comment"), Message("source.text.comment-quote")
    return Advice("comment-in-text", line + 1, column + 1, message, hint)


def brackets(failure: SyntaxErrorAt) -> Advice | None:
    """A bracket too many or too few, or text that braces cannot hold."""
    here = failure.char(failure.line, failure.column)
    if here and here in "]}" and not failure.in_brackets and "node" not in failure.context:
        message, hint = Message("source.braces.stray", bracket=here), Message("source.braces.take-out")
        return failure.here("stray-bracket", message, hint)
    if failure.before.endswith(("}", "]")) and here not in ("", ":", "?") or failure.in_brackets and here == "{":
        return failure.here("braces-in-text", Message("source.braces.unquoted"), Message("source.braces.quote"))
    if not failure.in_brackets:
        return None
    if here == "?":
        message, hint = Message("source.braces.question-mark"), Message("source.braces.own-line")
        return failure.here("comma-in-braces", message, hint)
    open_line, open_column = failure.opened
    if here == ":" and (failure.line == open_line or KEY.match(failure.before)):
        return failure.here("colon-in-text", Message("source.text.colon"), Message("source.quote-it"))
    bracket = failure.char(open_line, open_column) or "{"
    hint = Message("source.braces.close", bracket="}" if bracket == "{" else "]")
    return failure.at_opened("unclosed-bracket", Message("source.braces.unclosed", bracket=bracket), hint)


def colon(failure: SyntaxErrorAt) -> Advice | None:
    """A colon inside a text, or with no key before it."""
    text, key = failure.text(failure.line), KEY.match(failure.text(failure.line))
    if "mapping values" in failure.problem and key and (target := _FLOW.match(text, key.end())):
        message, hint = Message("source.text.flow"), Message("source.text.write-flow", flow=target[1])
        return failure.here("colon-in-text", message, hint)
    if "mapping values" in failure.problem and key and text[key.end() : failure.column].strip():
        return failure.here("colon-in-text", Message("source.text.colon"), Message("source.text.colon-quote"))
    if not failure.in_brackets and failure.char(failure.line, failure.column) == ":" and not failure.before.strip(" -"):
        return failure.here("empty-key", Message("source.key.missing"), Message("source.key.write-or-take-out"))
    return None


def full_width_in_braces(failure: SyntaxErrorAt) -> Advice | None:
    """A full-width comma or colon between the pairs of a mapping in braces."""
    found = _WIDE_IN_BRACES.search(failure.text(failure.line)) if failure.in_brackets else None
    if found and found[1]:
        message, hint = Message("source.key.wide-colon", key=found[1]), Message("source.key.write-key", key=found[1])
        return Advice("full-width", failure.line + 1, found.end(), message, hint)
    if found:
        message, hint = Message("source.text.wide-divider", sign=found[2]), Message("source.text.write-comma")
        return Advice("full-width", failure.line + 1, found.start(2) + 1, message, hint)
    return None
