"""What the API answers: JSON, and errors in one form, with a sentence in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from werkzeug import Response

from ivr.messages.catalogue import ENGLISH
from ivr.messages.message import Message, plain_values

Headers = Mapping[str, str]
NO_HEADERS: Headers = {}
JSON = "application/json; charset=utf-8"
FIXED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Refusal(Exception):
    """A request that is not done, and why. `more` is what else the answer says."""

    def __init__(
        self,
        status: int,
        error: str,
        message: Message,
        *,
        more: Mapping[str, Any] | None = None,
        headers: Headers = NO_HEADERS,
    ) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message
        self.more, self.headers = more or {}, headers

    def body(self) -> dict[str, Any]:
        """The answer: its code and values are the same in every language."""
        hint = hint_of(self.error)
        told = {"error": self.error, "message": self.message, **({"hint": hint} if hint else {})}
        return {**told, "values": plain_values(self.message), **self.more}


def hint_of(error: str) -> Message | None:
    """What to do next, where the sentence alone does not say it."""
    match error:
        case "unauthorized":
            return Message("api.hint.token")
        case "changed":
            return Message("api.hint.changed")
        case "no_if_match" | "bad_if_match":
            return Message("api.hint.if-match")
        case "store" | "late":
            return Message("api.hint.again")
    return None


def answer(body: Any, language: str, status: int = 200, headers: Headers = NO_HEADERS) -> Response:
    """A JSON answer, with its sentences in a language."""
    text = json.dumps(in_language(body, language), ensure_ascii=False, separators=(",", ":"))
    made = Response(text.encode("utf-8", "replace") + b"\n", status, {**FIXED, "Content-Type": JSON, **headers})
    made.headers["Content-Language"] = language
    return made


def in_language(value: Any, language: str) -> Any:
    """JSON data with each message in it made in a language."""
    if isinstance(value, Message):
        return str(value) if language == ENGLISH else value.in_language(language)
    if isinstance(value, Mapping):
        return {name: in_language(each, language) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [in_language(each, language) for each in value]
    return value
