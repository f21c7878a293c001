"""What is wrong with one value: a validator's own sentence, or ours for each kind of error that pydantic has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ivr.errors import Problem
from ivr.flow.likely import did_you_mean
from ivr.messages.message import Message
from ivr.source.scalars import SourcePath

SENTENCES: Mapping[str, str] = {
    "dict_type": "flow.value.mapping",
    "model_type": "flow.value.mapping",
    "list_type": "flow.value.list",
    "tuple_type": "flow.value.list",
    "string_type": "flow.value.text",
    "too_short": "flow.value.one-needed",
    "string_too_short": "flow.value.something",
    "bool_type": "flow.field.yes-or-no",
    "bool_parsing": "flow.field.yes-or-no",
    "int_type": "flow.value.whole",
    "int_parsing": "flow.value.whole",
    "int_parsing_size": "flow.value.whole",
}
"""By pydantic's kind of error, where nothing of the error itself stands in the sentence."""


def said_of(error: Any) -> Message:
    """The sentence for an error: what a validator of ours raised, else ours for its kind."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return _with_stop(limits["error"].args[0])
        case "string_too_long":
            return Message("flow.value.too-long", length=len(error["input"]), most=limits["max_length"])
        case "greater_than_equal":
            return Message("flow.value.at-least", least=limits["ge"])
        case "less_than_equal":
            return Message("flow.value.at-most", most=limits["le"])
        case "less_than":
            return Message("flow.value.less-than", bound=limits["lt"])
    return Message(SENTENCES.get(error["type"], "flow.value.unfit"))


def _with_stop(said: str) -> Message:
    """What a validator of ours said; what somebody else's did, as a sentence."""
    return said if isinstance(said, Message) and said.endswith((".", "?")) else Message("flow.value.stop", said=said)


def likely_option(error: Any) -> str:
    """A hint where a validator's sentence lists the words that may be written (its value `options`), and one of them
    was nearly hit."""
    said, written = error["ctx"]["error"].args[0], error["input"]
    options = said.values.get("options", ()) if isinstance(said, Message) else ()
    word = next(iter(written), "") if isinstance(written, dict) else written
    return did_you_mean(word, options) if isinstance(word, str) else ""


def not_one_of(error: Any) -> Problem:
    """A word that is none of the few which may stand there."""
    options = tuple(re.findall("'([^']*)'", error["ctx"]["expected"]))
    written = error["input"]
    one_of = Message("flow.value.one-of", options=options)
    if isinstance(written, list | dict):
        return Problem("bad-value", one_of, Message("flow.value.no-brackets", words=tuple(map(str, written))))
    if written == "":
        return Problem("bad-value", Message("flow.value.empty", said=one_of))
    message = Message("flow.value.not-one-of", written=written, options=options)
    return Problem("bad-value", message, did_you_mean(str(written), options))


def as_list(path: SourcePath, written: Any) -> str:
    """How a list is written where something else stands."""
    if isinstance(written, dict) and written:
        return Message("flow.value.with-dashes")
    parts = ", ".join(re.split(r"\s*[,，、;；]\s*", written)) if isinstance(written, str) else ""
    return Message("flow.value.write", key=path[-1], written=f"[{parts}]") if path and parts else ""


def as_text(path: SourcePath, written: Any) -> str:
    """How a list of texts is written where one text is expected."""
    texts = [item for item in written if isinstance(item, str)] if isinstance(written, list) else []
    joined = f'"{", ".join(texts)}"'
    return Message("flow.value.write", key=path[-1], written=joined) if texts and path else ""


def too_small(path: SourcePath) -> str:
    """What to write instead of asking less than once."""
    if path[-1:] != ("tries",):
        return ""
    how = path[-2] if path[-2:-1] in (("no_input",), ("no_match",)) else "no_input"
    return Message("flow.value.once", key=how)
