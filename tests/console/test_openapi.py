"""The document of the API: it is that of this version, it is valid, and answers are as it says."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from console_api import Api
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from ivr.case.moves import MOVES, STAFF_MOVES
from ivr.console.access import ACCESS
from ivr.console.openapi import document, text

PAGE = Path(__file__).parents[2] / "docs" / "openapi.json"


def schema(name: str) -> OAS31Validator:
    return OAS31Validator({"$ref": f"#/components/schemas/{name}", "components": document()["components"]})


def test_the_page_is_that_of_this_version() -> None:
    assert PAGE.read_text(encoding="utf-8") == text(), "run `python -m ivr.console.openapi > docs/openapi.json`"


def test_the_document_is_valid_and_is_what_the_api_answers(api: Api) -> None:
    validate(document())
    assert api.get("/api/openapi.json", "").json == json.loads(PAGE.read_text(encoding="utf-8"))


def test_it_names_every_move_and_every_route() -> None:
    schemas, paths = document()["components"]["schemas"], document()["paths"]
    named = {schemas[ref["$ref"].rpartition("/")[2]]["properties"]["move"]["const"] for ref in schemas["Move"]["oneOf"]}
    routes = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}

    assert named == set(STAFF_MOVES)
    assert routes | {"GET /healthz"} == {route.replace("<", "{").replace(">", "}") for route in ACCESS}


@pytest.mark.parametrize("kind", STAFF_MOVES)
def test_a_move_s_schema_has_the_fields_of_its_row(kind: str) -> None:
    fields = MOVES[kind].fields or {}
    data = document()["components"]["schemas"][f"Move_{kind}"]["properties"]["data"]

    assert set(data["properties"]) == set(fields) and data["additionalProperties"] is False
    assert set(data.get("required", ())) == {name for name, field in fields.items() if field.needed and not field.own}
    for name, field in fields.items():
        assert set(data["properties"][name].get("enum", ())) - {""} == set(field.one_of)


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"move": "noted", "data": {"text": "two\nlines"}}, True), ({"move": "noted", "data": {"text": " \n"}}, False),
        ({"move": "noted", "data": {"text": "a\x00"}}, False), ({"move": "noted", "data": {"text": "x" * 4001}}, False),
        ({"move": "noted"}, False), ({"move": "taken"}, True), ({"move": "taken", "data": {"x": "y"}}, False),
        ({"move": "told", "data": {"how": "pigeon"}}, False), ({"move": "conflicted", "data": {"reason": "x"}}, True),
        ({"move": "linked", "data": {"case": "1\n2", "reason": "x"}}, False), ({"move": "opened", "data": {}}, False),
    ],
)  # fmt: skip
def test_the_schema_and_the_api_say_the_same_of_a_body(api: Api, body: dict[str, Any], fits: bool) -> None:
    got = api.post(f"/api/cases/{api.put()}/moves", body, If_Match='"2"')

    assert schema("Move").is_valid(body) == fits == (got.status_code != 400), got.json


def test_answers_are_as_the_document_says(api: Api) -> None:
    number, other = api.put(), api.put(timedelta(days=20))
    api.move(other, "linked", case=str(number), reason="same matter")
    api.move(number, "taken")
    for name, got in {
        "Cases": api.get("/api/cases?limit=1"), "Case": api.get(f"/api/cases/{number}"), "Me": api.get("/api/me"),
        "Events": api.get(f"/api/cases/{number}/events"), "People": api.get("/api/people", "wang"),
        "Changed": api.move(number, "taken", "zhao"), "Error": api.move(number, "noted", text=""),
    }.items():  # fmt: skip
        assert list(schema(name).iter_errors(got.json)) == [], name
    assert schema("Case").is_valid(api.get(f"/api/cases/{other}", "zhou").json)
    assert schema("Case").is_valid(api.move(number, "noted", _={"If_Match": '"3"'}, text="x").json)
