"""Who may do what: the whole table of roles, routes and moves, against the running application."""

from __future__ import annotations

import pytest
from console_api import PEOPLE, Api

from ivr.case.moves import MOVES, STAFF_MOVES
from ivr.console.access import ACCESS, MAY_MOVE, MOVERS, READERS
from ivr.service.people import ROLES

ONE_EACH = {roles[0]: name for name, roles in PEOPLE.items() if len(roles) == 1 and name != "zhao"}


def test_there_is_somebody_of_each_role() -> None:
    assert set(ONE_EACH) == set(ROLES)


def test_the_routes_of_the_application_are_those_of_the_table(api: Api) -> None:
    served = {
        f"{method} {rule.rule}"
        for rule in api.app.url_map.iter_rules()
        for method in rule.methods or ()
        if method != "HEAD"
    }

    assert served == set(ACCESS)


@pytest.mark.parametrize("route", ACCESS)
def test_a_route_is_for_its_roles_alone(api: Api, route: str) -> None:
    number, (method, path) = api.put(), route.split()
    url = path.replace("<number>", str(number))
    for role, name in ONE_EACH.items():
        got = api.get(url, name) if method == "GET" else api.post(url, {"move": "noted", "data": {}}, name)
        roles = ACCESS[route]
        refused = roles is not None and role not in roles

        assert (got.status_code == 403) == refused, (role, route, got.json)
        assert not refused or got.json["error"] == "not_your_role"
    assert (api.get(url, "") if method == "GET" else api.post(url, {}, "")).status_code == (
        200 if roles is None else 401
    )


@pytest.mark.parametrize("kind", STAFF_MOVES)
def test_a_move_is_for_the_roles_of_its_row_alone(api: Api, kind: str) -> None:
    number = api.put()
    for role, name in ONE_EACH.items():
        got = api.move(number, kind, name, _={"If_Match": '"9"'}, unheard_of="x")

        assert (got.status_code == 403) == (role not in MOVES[kind].roles), (role, kind, got.json)
    assert api.get(f"/api/cases/{number}").json["version"] == 2


def test_auditors_ops_testers_and_administrators_write_nothing() -> None:
    assert set(MOVERS) == {"agent", "lead", "quality"}
    assert set(READERS) == {*MOVERS, "auditor"}
    assert all(roles for roles in MAY_MOVE.values())


def test_whoever_has_several_roles_has_the_moves_of_all(api: Api) -> None:
    mine = {name: set(api.get("/api/me", name).json["moves"]) for name in ("li", "wang", "both", "sun", "zhou")}

    assert mine["both"] == mine["li"] | mine["wang"] > mine["li"]
    assert mine["sun"] == {kind for kind in STAFF_MOVES if "quality" in MOVES[kind].roles} and mine["zhou"] == set()
    assert api.move(api.put(), "taken", "both").json["owner"] == "both"
