"""What the document says of each route besides its roles: parameters, body and answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ivr.console.cases import LIST


class Operation(NamedTuple):
    """A route. `answer` and `body` are names of schemas; `errors` are statuses besides those of all routes."""

    id: str
    summary: str
    gives: str
    answer: str = ""
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    body: str = ""
    errors: tuple[int, ...] = ()
    tagged: bool = False


OPERATIONS: Mapping[str, Operation] = {
    "GET /api/openapi.json": Operation("openapi", "This document.", "The document."),
    "GET /api/me": Operation("me", "Who asks, and the moves they may make.", "The token's owner.", "Me"),
    "GET /api/people": Operation("people", "Everybody, with roles and teams.", "All people.", "People"),
    "GET /api/cases": Operation(
        "cases", "Cases, the newest first; with `late` the one due first.", "A page.", "Cases", query=LIST
    ),
    "GET /api/cases/<number>": Operation("case", "One case.", "The case.", "Case", errors=(404,), tagged=True),
    "GET /api/cases/<number>/events": Operation(
        "events", "What has happened to a case.", "The log.", "Events", errors=(404,), tagged=True
    ),
    "POST /api/cases/<number>/moves": Operation(
        "move", "Make a move.", "The case after the move.", "Case", (), ("If-Match", "Idempotency-Key"), "Move",
        (404, 409, 412, 413, 415, 428), tagged=True,
    ),
    "GET /api/cases/<number>/attempts": Operation(
        "attempts", "The calls made to the customer of a case, and why they are not phoned now.", "The calls.",
        "FollowUps", errors=(404,),
    ),
    "GET /api/do-not-call": Operation(
        "doNotCall", "Numbers that no machine calls, masked.", "A page.", "DoNotCall", query=("limit", "after")
    ),
    "POST /api/do-not-call": Operation(
        "block", "Let no machine call a number.", "Done, or so already.", "Blocked", body="OneNumber",
        errors=(413, 415),
    ),
    "DELETE /api/do-not-call": Operation(
        "unblock", "Let machines call a number again.", "Done, or so already.", "Blocked", body="OneNumber",
        errors=(413, 415),
    ),
    "POST /api/outgoing/stop": Operation(
        "stop", "Switch calls to customers off, on every machine.", "They are off.", "Switched"
    ),
}  # fmt: skip
SAYS = {
    400: "The request is not as it must be.",
    401: "No token, or none that is good.",
    403: "Your roles may not do that.",
    404: "There is no such case.",
    409: "The move is refused, or the key was used for another one.",
    412: "Others were faster.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    428: "`If-Match` is missing.",
    503: "The database cannot be used now.",
}


def error_answers(operation: Operation, *, secured: bool) -> dict[str, Any]:
    """The answers that tell of an error."""
    statuses = (400, *((401, 403) if secured else ()), *operation.errors, 503)
    return {str(status): _error(status) for status in statuses}


def _error(status: int) -> dict[str, Any]:
    shape = "Changed" if status == 412 else "Error"
    found: dict[str, Any] = {
        "description": SAYS[status],
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}},
    }
    header = {401: "WWW-Authenticate", 503: "Retry-After"}.get(status)
    if header:
        found["headers"] = {header: {"schema": {"type": "string"}}}
    return found
