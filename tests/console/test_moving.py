"""Moves over the API: once, on the version that was looked at, and refused with a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from console_api import NOW, Api
from sqlalchemy import text

from ivr.service.cases.move_once import FORGET_ANSWERS
from ivr.service.rows import stamp
from ivr.service.work import Worker
from ivr.storage.bulk import engine


def test_a_move_answers_the_case_after_it_and_its_new_etag(any_api: Api) -> None:
    number = any_api.put()

    got = any_api.move(number, "taken")

    assert (got.status_code, got.headers["ETag"], got.json["owner"], got.json["status"]) == (
        200,
        '"3"',
        "li",
        "in_progress",
    )
    plain = any_api.get(f"/api/cases/{number}").json
    for of_one in ("path", "others", "said_later"):
        del plain[of_one]
    del plain["clock"]["why"]
    assert got.json == plain


def test_a_whole_life_is_led_over_the_api(api: Api) -> None:
    number = api.put()
    steps = [
        ("assigned", "wang", {"owner": "li"}), ("taken", "li", {}),
        ("noted", "sun", {"text": "listened"}),
        ("decided", "li", {"outcome": "upheld", "reasons": "posted twice", "answer": "We give it back."}),
        ("told", "li", {"how": "letter"}),
    ]  # fmt: skip
    for version, (kind, who, data) in enumerate(steps, 2):
        got = api.move(number, kind, who, _={"If_Match": f'"{version}"'}, **data)
        assert (got.status_code, got.json["version"]) == (200, version + 1), got.json
    assert got.json["status"] == "closed" and got.json["told_at"]


@pytest.mark.parametrize(
    ("tag", "status", "error"),
    [
        (None, 428, "no_if_match"), ("2", 400, "bad_if_match"), ("*", 400, "bad_if_match"),
        ('"two"', 400, "bad_if_match"), ('"2", "3"', 400, "bad_if_match"), ('"1"', 412, "changed"),
        ('"9"', 412, "changed"), ('W/"2"', 200, None),
    ],
)  # fmt: skip
def test_a_move_is_made_on_the_version_that_was_looked_at(
    api: Api, tag: str | None, status: int, error: str | None
) -> None:
    got = api.move(api.put(), "taken", _={"If_Match": tag})

    assert (got.status_code, got.json.get("error")) == (status, error)


def test_who_was_slower_is_told_what_came_between(api: Api) -> None:
    number = api.put()
    api.move(number, "taken")
    api.move(number, "noted", "wang", _={"If_Match": '"3"'}, text="call her")

    got = api.move(number, "taken", "zhao")

    assert (got.status_code, got.json["version"]) == (412, 4)
    assert [(event["seq"], event["kind"], event["by"]) for event in got.json["since"]] == [
        (3, "taken", "li"), (4, "noted", "wang"),
    ]  # fmt: skip


def test_a_refused_move_says_why_in_the_reader_s_language(api: Api) -> None:
    number = api.put()
    api.move(number, "taken")
    again = {"If_Match": '"3"'}

    english = api.move(number, "taken", "zhao", _=again)
    chinese = api.move(number, "taken", "zhao", _={**again, "Accept_Language": "fr;q=0.9, zh-CN, en;q=0.8"})

    assert english.status_code == chinese.status_code == 409
    assert english.json["error"] == chinese.json["error"] == "has-owner"
    assert english.json["values"] == chinese.json["values"] == {"owner": "li"}
    assert english.json["message"] == "li has taken this case. A lead can assign it to you."
    assert chinese.json["message"].startswith("li 已接手") and chinese.headers["Content-Language"] == "zh-CN"


@pytest.mark.parametrize(
    ("kind", "data", "field", "code"),
    [
        ("flown", {}, "move", None), ("opened", {}, "move", None), ("attempted", {"result": "accepted"}, "move", None),
        ("decided", {"outcome": "upheld"}, "reasons", "missing"), ("noted", {"text": "  "}, "text", "missing"),
        ("taken", {"why": "x"}, "why", "takes-nothing"),
        ("noted", {"text": "x", "y\x00": "z"}, "y\ufffd", "unknown-field"),
        ("told", {"how": "pigeon"}, "how", "not-one-of"), ("noted", {"text": "x" * 4001}, "text", "too-long"),
        ("noted", {"text": "a\x00b"}, "text", "control-character"),
        ("withdrawn", {"reason": "\u202e"}, "reason", "control-character"),
        ("linked", {"case": "1\n2", "reason": "x"}, "case", "one-line"),
    ],
)  # fmt: skip
def test_a_field_that_is_wrong_whatever_the_case_is_named(
    api: Api, kind: str, data: dict[str, str], field: str, code: str | None
) -> None:
    got = api.move(api.put(), kind, **data)

    assert (got.status_code, got.json["error"], got.json["field"], got.json.get("code")) == (
        400,
        "bad_field",
        field,
        code,
    )


def test_a_conflict_of_interest_is_one_s_own_unless_somebody_is_named(api: Api) -> None:
    number = api.put()

    assert api.move(number, "conflicted", reason="a cousin").json["conflicts"] == ["li"]


def test_a_move_that_names_nobody_we_know_is_refused(api: Api) -> None:
    got = api.move(api.put(), "assigned", "wang", owner="nobody")

    assert (got.status_code, got.json["error"]) == (409, "unknown")


def test_the_same_key_has_the_same_answer_however_often_and_late(any_api: Api) -> None:
    number, keyed = any_api.put(), {"Idempotency_Key": "a1"}
    first = any_api.move(number, "taken", _=keyed)
    any_api.move(number, "noted", "wang", _={"If_Match": '"3"'}, text="x")

    again = any_api.move(number, "taken", _=keyed)

    assert again.status_code == 200 and again.json == first.json and again.headers["ETag"] == '"3"'
    assert again.headers["Idempotent-Replayed"] == "true" and "Idempotent-Replayed" not in first.headers
    assert any_api.get(f"/api/cases/{number}").json["version"] == 4
    url, body = f"/api/cases/{number}/moves", b'{"data": {},\n "move": "taken"}'
    blanks = any_api.post(url, body, Content_Type="application/json", If_Match='"2"', **keyed)
    assert blanks.json == first.json


def test_a_key_is_of_one_request_of_one_person(api: Api) -> None:
    number, other = api.put(), api.put()
    keyed = {"Idempotency_Key": "a1"}
    api.move(number, "taken", _=keyed)

    for got in (api.move(number, "noted", _=keyed, text="x"), api.move(other, "taken", _=keyed)):
        assert (got.status_code, got.json["error"]) == (409, "key_used")
    assert api.move(other, "taken", "wang", _=keyed).status_code == 200
    assert api.move(other, "taken", _={"Idempotency_Key": "ü"}).json["field"] == "Idempotency-Key"


def test_a_move_that_was_not_made_takes_no_key(api: Api) -> None:
    number, keyed = api.put(), {"Idempotency_Key": "a1"}

    assert api.move(number, "told", _=keyed, how="letter").status_code == 409
    assert api.move(number, "taken", _={**keyed, "If_Match": '"1"'}).status_code == 412
    assert api.move(number, "taken", _=keyed).status_code == 200


def test_answers_are_kept_for_a_day_and_hold_nothing_of_the_customer(any_api: Api) -> None:
    number = any_api.put()
    for version, key in enumerate(("old", "new"), 2):
        any_api.move(
            number, "noted", _={"If_Match": f'"{version}"', "Idempotency_Key": key}, text="phone +862155500177"
        )
    with engine(any_api.url).begin() as connection:
        kept = connection.execute(text("SELECT key, body FROM kept_answers ORDER BY made_at")).all()
        connection.execute(
            text("UPDATE kept_answers SET made_at = :at WHERE key = :key"),
            {"at": stamp(NOW - timedelta(hours=25)), "key": kept[0][0]},
        )
    assert [body for _, body in kept] == [f'{{"number":{number},"version":{version}}}' for version in (3, 4)]

    worker = Worker(any_api.database.ports, {FORGET_ANSWERS.name: FORGET_ANSWERS}, "w", fail)
    worker.keep_repeated()

    assert worker.all_due() == 1
    again = any_api.move(number, "noted", _={"If_Match": '"2"', "Idempotency_Key": "old"}, text="phone +862155500177")
    kept_one = any_api.move(
        number, "noted", _={"If_Match": '"2"', "Idempotency_Key": "new"}, text="phone +862155500177"
    )
    assert (again.status_code, kept_one.status_code) == (412, 200)


def fail(line: str) -> None:
    raise AssertionError(line)
