"""The API as an OpenAPI 3.1 document, made from what runs: the routes, who may take them, and the table of moves.

`python -m ivr.console.openapi` prints docs/openapi.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from ivr.call.phone import E164
from ivr.case.move_fields import Field
from ivr.case.moves import MOVES
from ivr.console.access import ACCESS, MAY_MOVE
from ivr.console.asked import ETAG, FILTERS, KEY, MOST, USUAL
from ivr.console.operations import OPERATIONS, Operation, error_answers
from ivr.console.shapes import SHAPES

Schema = dict[str, Any]
CONTROLS = r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"
"""What no text may hold; see `ivr.case.move_fields`."""
LINES = r"\t\n"
NUMBER = {
    "name": "number", "in": "path", "required": True, "description": "A case number.",
    "schema": {"type": "string", "pattern": "^[0-9]{9,18}$"},
}  # fmt: skip


@cache
def document() -> Schema:
    """The whole document."""
    paths: dict[str, Schema] = {}
    for route, operation in OPERATIONS.items():
        method, path = route.split()
        paths.setdefault(path.replace("<", "{").replace(">", "}"), {})[method.lower()] = _operation(route, operation)
    shapes = models_json_schema(
        [(shape, "serialization") for shape in SHAPES], ref_template="#/components/schemas/{model}"
    )[1]["$defs"]
    token = {"type": "http", "scheme": "bearer", "description": "Made by `ivr people token NAME`."}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Cases of the hotline", "version": "1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": "Read cases and move them: docs/api.md.",
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": token},
            "schemas": {**shapes, **{f"Move_{kind}": _move(kind) for kind in MAY_MOVE}, "Move": _any_move()},
        },
    }  # fmt: skip


def _operation(route: str, operation: Operation) -> Schema:
    roles = ACCESS[route]
    path = [NUMBER] if "<number>" in route else []
    made: Schema = {
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": [*path, *(_parameter(name) for name in operation.query), *map(_header, operation.headers)],
        "responses": {"200": _answer(operation), **error_answers(operation, secured=roles is not None)},
    }
    if operation.body:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{operation.body}"}}}
        made["requestBody"] = {"required": True, "content": content}
    if roles is None:
        made["security"] = []
    else:
        made["x-roles"] = list(roles)
    return made


def _answer(operation: Operation) -> Schema:
    schema = {"$ref": f"#/components/schemas/{operation.answer}"} if operation.answer else {"type": "object"}
    found: Schema = {"description": operation.gives, "content": {"application/json": {"schema": schema}}}
    if operation.tagged:
        found["headers"] = {"ETag": {"description": "The version of the case.", "schema": {"type": "string"}}}
    if "Idempotency-Key" in operation.headers:
        again = {"description": "The move was made at an earlier request.", "schema": {"const": "true"}}
        found["headers"]["Idempotent-Replayed"] = again
    return found


def _parameter(name: str) -> Schema:
    schema: Schema
    if name == "limit":
        schema = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    elif name == "after":
        schema = {"type": "string", "format": "cursor", "minLength": 1, "description": "`next` of the page before."}
    else:
        schema = _filter(name)
    return {"name": name, "in": "query", "required": False, "schema": schema}


def _filter(name: str) -> Schema:
    form = FILTERS[name]
    if isinstance(form, tuple):
        return {"type": "string", "enum": list(form)}
    pattern = f"^{E164.pattern}$" if form is E164 else _text_pattern(one_line=True, needed=True)
    return {"type": "string", "pattern": pattern, "maxLength": 80}


def _header(name: str) -> Schema:
    needed = name == "If-Match"
    pattern = ETAG.pattern if needed else KEY.pattern
    says = (
        "The version you looked at, in quotes." if needed else "The same for each try of one move; kept for 24 hours."
    )
    schema = {"type": "string", "pattern": f"^{pattern}$"}
    return {"name": name, "in": "header", "required": needed, "description": says, "schema": schema}


def _any_move() -> Schema:
    refs = {kind: f"#/components/schemas/Move_{kind}" for kind in MAY_MOVE}
    return {
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "move", "mapping": refs},
    }


def _move(kind: str) -> Schema:
    """The body of one move."""
    row = MOVES[kind]
    fields: Mapping[str, Field] = row.fields or {}
    needed = [name for name, field in fields.items() if field.needed and not field.own]
    data: Schema = {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        "additionalProperties": False,
    }
    if needed:
        data["required"] = needed
    return {
        "type": "object",
        "description": f"From {', '.join(row.leads)}.",
        "x-roles": list(MAY_MOVE[kind]),
        "properties": {"move": {"type": "string", "const": kind}, "data": data},
        "required": ["move", "data"] if needed else ["move"],
        "additionalProperties": False,
    }


def _field(field: Field) -> Schema:
    schema: Schema = {"type": "string"}
    if field.one_of:
        return {**schema, "enum": [*field.one_of, *([] if field.needed else [""])]}
    schema["pattern"] = _text_pattern(one_line=field.fact, needed=field.needed and not field.own)
    return {**schema, "maxLength": field.most}


def _text_pattern(*, one_line: bool, needed: bool) -> str:
    forbidden = CONTROLS + (LINES if one_line else "")
    any_of_it = f"[^{forbidden}]*"
    return rf"^{any_of_it}[^\s{forbidden}]{any_of_it}$" if needed else f"^{any_of_it}$"


def text() -> str:
    """The document as docs/openapi.json holds it."""
    return json.dumps(document(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    print(text(), end="")  # noqa: T201
