"""Syntax errors inside a text: quotes, braces, commas, colons and comments that ended it."""

from __future__ import annotations

import re

from ivr.source.failure import KEY, Advice, SyntaxErrorAt
from ivr.source.scalars import QUOTE_IT
from ivr.source.traps import swallowed_line

_WIDE_IN_BRACES = re.compile(r"[{,，]\s*([\w-]+)\s*：|([，；、])\s*[\w-]+\s*[:：]")
_FLOW = re.compile(r"\s*flow\s*:\s*([a-z][a-z0-9_]*)\s*\Z")
_SWALLOWED = re.compile(r"\s(#)[^#]*[}\]]")


def quote(failure: SyntaxErrorAt) -> Advice | None:
    """A quote not closed, closed too early, or with a backslash that is no escape."""
    if "end of stream" in failure.problem and "quoted" in failure.context:
        hint = "Close the quote at the end of its text."
        return failure.at_opened("unclosed-quote", "the quote opened here is never closed.", hint)
    if "escape" in failure.problem:
        hint = "Write \\\\ for a backslash, or put the text in single quotes."
        message = "a backslash in double quotes begins an escape, and this is none."
        column = failure.text(failure.line).rfind("\\", 0, failure.column + 1)
        return Advice("bad-escape", failure.line + 1, max(column, 0) + 1, message, hint)
    for span in failure.scalars[-2:]:
        if span.quoted and span.last_line == failure.line + 1 and swallowed_line(failure.lines, span):
            message = f"the quote opened here is closed only on line {span.last_line}."
            hint = "Close the quote at the end of its text."
            return Advice("unclosed-quote", span.line, span.column, message, hint)
    if failure.before.endswith(('"', "'")) and failure.char(failure.line, failure.column) not in "]}":
        apostrophe = failure.before.endswith("'")
        hint = "Put the whole text in double quotes." if apostrophe else "Quote the whole text, or use 「」 inside it."
        return failure.here("quote-in-text", "the text goes on behind its closing quote.", hint)
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
    hint = 'Put the whole text in double quotes, or write "pound".'
    message = "a blank and # begin a comment: the text ends here."
    return Advice("comment-in-text", line + 1, column + 1, message, hint)


def brackets(failure: SyntaxErrorAt) -> Advice | None:
    """A bracket too many or too few, or text that braces cannot hold."""
    here = failure.char(failure.line, failure.column)
    if here and here in "]}" and not failure.in_brackets and "node" not in failure.context:
        return failure.here("stray-bracket", f"{here} closes nothing.", f"Take it out. If it is text: {QUOTE_IT}")
    if failure.before.endswith(("}", "]")) and here not in ("", ":", "?") or failure.in_brackets and here == "{":
        hint = "Text that begins with { or [, or is inside them, needs quotes, or its own line."
        return failure.here("braces-in-text", "braces or brackets stand inside a text that is not quoted.", hint)
    if not failure.in_brackets:
        return None
    if here == "?":
        hint = "Put each language on its own line, or quote the text."
        return failure.here("comma-in-braces", "a question mark ended the text in braces.", hint)
    open_line, open_column = failure.opened
    if here == ":" and (failure.line == open_line or KEY.match(failure.before)):
        return failure.here("colon-in-text", "a colon and a blank stand inside the text.", QUOTE_IT)
    bracket = failure.char(open_line, open_column) or "{"
    hint = f"Write {'}' if bracket == '{' else ']'} at its end."
    return failure.at_opened("unclosed-bracket", f"{bracket} is opened here and not closed.", hint)


def colon(failure: SyntaxErrorAt) -> Advice | None:
    """A colon inside a text, or with no key before it."""
    text, key = failure.text(failure.line), KEY.match(failure.text(failure.line))
    if "mapping values" in failure.problem and key and (target := _FLOW.match(text, key.end())):
        hint = f"Write flow {target[1]}, without a colon."
        return failure.here("colon-in-text", "flow is followed by the name of a flow, not by a colon.", hint)
    if "mapping values" in failure.problem and key and text[key.end() : failure.column].strip():
        hint = "Put the whole text in double quotes; a full-width ： needs none."
        return failure.here("colon-in-text", "a colon and a blank stand inside the text.", hint)
    if not failure.in_brackets and failure.char(failure.line, failure.column) == ":" and not failure.before.strip(" -"):
        return failure.here("empty-key", "a key is missing before the colon.", "Write the key, or take out the line.")
    return None


def full_width_in_braces(failure: SyntaxErrorAt) -> Advice | None:
    """A full-width comma or colon between the pairs of a mapping in braces."""
    found = _WIDE_IN_BRACES.search(failure.text(failure.line)) if failure.in_brackets else None
    if found and found[1]:
        message = f'the colon behind "{found[1]}" is full-width.'
        return Advice("full-width", failure.line + 1, found.end(), message, f"Write {found[1]}: and a blank.")
    if found:
        message = f"{found[2]} is full-width and does not divide what is in brackets."
        return Advice("full-width", failure.line + 1, found.start(2) + 1, message, "Write , instead.")
    return None
