"""What a request asks: its query, headers and body, judged before anything is looked at. Each mistake is a `Refusal`
that names it; what is not known is a mistake, so that no misspelt filter lists the cases of everybody."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import TypeVar

import msgspec
from flask import Request
from werkzeug.datastructures import MultiDict

from ivr.call.case_kinds import CASE_KINDS
from ivr.call.case_number import parse_case_number
from ivr.call.phone import E164
from ivr.case.case import STATUSES
from ivr.case.move_fields import shortened
from ivr.console.answers import Refusal
from ivr.messages.catalogue import ENGLISH, language_like
from ivr.messages.message import Message
from ivr.service.cases.move_once import Asked

LARGEST_BODY = 64 * 1024
USUAL, MOST = 50, 200
"""Cases of a page."""
NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,80}")
ETAG = re.compile(r'(?:W/)?"([1-9][0-9]{0,8})"')
"""A version in quotes. A proxy that packs answers makes such a tag weak; a version is one all the same."""
KEY = re.compile(r"[!-~]{1,200}")
FILTERS: Mapping[str, re.Pattern[str] | tuple[str, ...]] = {
    "status": STATUSES,
    "kind": CASE_KINDS,
    "owner": NAME,
    "team": NAME,
    "customer": E164,
    "late": ("yes",),
}


Body = TypeVar("Body")


class MoveBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a move."""

    move: str
    data: dict[str, str] = {}


def language_of(request: Request) -> str:
    """The language that the reader understands best of those there are; English where none is asked for."""
    wanted = (language_like(tag) for tag, weight in request.accept_languages if weight > 0)
    return next(filter(None, wanted), ENGLISH)


def filters_of(query: MultiDict[str, str], *names: str) -> dict[str, str]:
    """The parameters of a query by name, each given once and as it must be."""
    for name, values in query.lists():
        if name not in names:
            raise bad_field(name, Message("api.unknown-parameter", name=shortened(name), known=names))
        if len(values) > 1:
            raise bad_field(name, Message("api.parameter-twice", name=name))
    given = query.to_dict()
    for name, form in FILTERS.items():
        if name in given:
            _check(name, given[name], form)
    return given


def _check(name: str, text: str, form: re.Pattern[str] | tuple[str, ...]) -> None:
    if isinstance(form, tuple):
        if text not in form:
            raise bad_field(name, Message("move.refused.not-one-of", name=name, value=shortened(text), words=form))
    elif not form.fullmatch(text) or not text.strip():
        if form is E164:
            raise bad_field(name, Message("move.refused.not-a-number", value=shortened(text)))
        raise bad_field(name, Message("api.no-name", name=name, most=80))


def limit_of(text: str | None) -> int:
    """How many cases a page has at most."""
    if text is None:
        return USUAL
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text, re.ASCII) or int(text) > MOST:
        raise bad_field("limit", Message("api.no-limit", most=MOST))
    return int(text)


def number_of(text: str) -> int:
    """A case number of a URL; 404 where it can be none."""
    number = parse_case_number(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if number is None:
        raise no_such_case(text)
    return number


def no_such_case(text: str) -> Refusal:
    """There is no such case."""
    return Refusal(404, "no_such_case", Message("service.case.none", case=shortened(text)))


def bad_field(name: str, message: Message) -> Refusal:
    """A part of the request is not as it must be."""
    return Refusal(400, "bad_field", message, more={"field": shortened(name)})


class BlockBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that names a number."""

    number: str


def move_of(request: Request) -> MoveBody:
    """The move in a request's body."""
    return body_of(request, MoveBody)


def body_of(request: Request, kind: type[Body]) -> Body:
    """A request's body, of this form."""
    if request.mimetype != "application/json" or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise Refusal(415, "not_json", Message("api.not-json"))
    if (request.content_length or 0) > LARGEST_BODY:
        raise too_large()
    body = request.get_data(cache=False)
    if len(body) > LARGEST_BODY:
        raise too_large()
    try:
        found = msgspec.json.decode(body, type=kind)
        json.loads(body, object_pairs_hook=_once)
        return found
    except (msgspec.DecodeError, ValueError, RecursionError) as wrong:
        raise Refusal(400, "bad_body", Message("api.bad-body"), more={"why": shortened(str(wrong))}) from wrong


def _once(pairs: list[tuple[str, object]]) -> None:
    """Of two values for one name nobody can say which is meant (RFC 8259, section 4)."""
    seen = set()
    for name, _ in pairs:
        if name in seen:
            raise bad_field(name, Message("api.name-twice", name=shortened(name)))
        seen.add(name)


def too_large() -> Refusal:
    """The body is longer than any move."""
    return Refusal(413, "too_large", Message("api.too-large", most=LARGEST_BODY // 1024))


def version_of(request: Request) -> int:
    """The version of the case that the client looked at."""
    text = request.headers.get("If-Match")
    if text is None:
        raise Refusal(428, "no_if_match", Message("api.no-if-match"))
    found = ETAG.fullmatch(text.strip())
    if found is None:
        raise Refusal(400, "bad_if_match", Message("api.bad-if-match", value=shortened(text)))
    return int(found[1])


def asked_of(request: Request, person: str, number: int, body: MoveBody) -> Asked | None:
    """What tells this request from others, where it has a key: the order and the blanks of its JSON do not."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not KEY.fullmatch(key):
        raise bad_field("Idempotency-Key", Message("api.bad-key", most=200))
    what = msgspec.json.encode((number, body.move, body.data), order="sorted")
    whose = hashlib.sha256(f"{person}\n{key}".encode()).hexdigest()
    return Asked(whose, hashlib.sha256(what).hexdigest())
