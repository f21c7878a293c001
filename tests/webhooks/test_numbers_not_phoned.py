"""Numbers that the hotline does not phone: keyed by a caller, sent as the caller's own, or set in files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import small_hotline
from small_hotline import CALL, CALLED, House
from test_bad_input import heard

from ivr.app.database import opened
from ivr.service.calls.turn_facts import CallHeader, TurnFacts

CONTACT = """\
flow: other
title: {en-US: A number to reach you}
steps:
  known:
    branch:
      - {when: {caller.phone: {known: yes}}, next: same}
      - {next: ask}
  same:
    yes_no: {en-US: "May we call you back on {caller.phone:phone}?"}
    yes: goodbye
    no: ask
  ask:
    collect: {en-US: Which number?}
    again: {en-US: Once more please.}
    type: phone
    save: phone
    no_match: {tries: 3, next: gave_up}
    next: keep
  keep:
    case: callback
    with: [phone]
    next: kept
  kept: {say: {en-US: "We keep {phone:phone}."}, next: goodbye}
  gave_up: {say: {en-US: Without a number then.}, next: goodbye}
"""


@pytest.fixture
def contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The small hotline, with the question for a number behind its second number."""
    monkeypatch.setattr(small_hotline, "OTHER", CONTACT)
    monkeypatch.setattr(small_hotline, "HOTLINE", small_hotline.HOTLINE.replace(
        "cases: {complaint: {clock: cn-2020}}", "cases: {complaint: {clock: cn-2020}, callback: {clock: none}}"
    ))  # fmt: skip
    monkeypatch.setattr(House, "made", b"")
    made = House(tmp_path)
    yield made
    made.close()


def call(
    house: House, caller: str, *, route: str = "/voice", digits: str | None = None, to: str = "+12025550199"
) -> str:
    more = [] if digits is None else [("Digits", digits)]
    reply = house.send(route, [("CallSid", CALL), ("From", caller), ("To", to), *more])
    assert reply.status == 200
    return heard(reply.body.decode())


@pytest.mark.parametrize("caller", ["+862155500123", "+12025550123", "sip:+8613800138000@pbx.example.com"])
def test_a_caller_s_own_number_is_offered(contact: House, caller: str) -> None:
    assert "May we call you back" in call(contact, caller)


NOT_PHONED = [
    "+10000000000", "+999999999999", "+12025550199", CALLED, "+881612345678", "+447012345678", "+24762890",
    "+18762345678", "+25261234567", "+19005550123", "+4915112345678", "sip:+19005550123@pbx.example.com", "+86110",
]  # fmt: skip


@pytest.mark.parametrize("caller", NOT_PHONED)
def test_a_number_that_is_not_phoned_counts_as_withheld_and_staff_see_it_all_the_same(
    contact: House, caller: str
) -> None:
    assert "Which number?" in call(contact, caller)
    said = call(contact, caller, route="/voice/t/2", digits="02155500124#")
    assert "We keep" in said
    assert contact.rows("SELECT customer, address FROM calls")[0] in (
        (caller, None), (caller.removeprefix("sip:").partition("@")[0], caller), ("", caller),
    )  # fmt: skip


def test_the_number_dialled_is_no_caller_s_own_even_where_it_is_not_listed(contact: House) -> None:
    assert "Which number?" in call(contact, "+12025550177", to="+12025550177")


def test_who_sends_a_number_that_is_not_phoned_has_no_history_with_others_who_do(contact: House) -> None:
    release = contact.hotline.ports.release(contact.store.current_release())
    for caller, past in (("+10000000000", None), ("+862155500123", "3")):
        facts = TurnFacts(release, contact.now, CallHeader(1, contact.now, caller), stored=lambda name: "3")
        assert [facts.get(name) for name in ("caller.visits", "caller.open_cases")] == [past, past]


KEYED = ["0090055501234", "00881612345678", "00447012345678", "0024762890", "0018762345678", "0019005550123",
         "0025261234567", "0088216123456789", "0091123456789012", "02155500000"]  # fmt: skip


@pytest.mark.parametrize("keys", KEYED[1:7] + KEYED[9:])
def test_a_keyed_number_that_is_not_phoned_is_refused_politely_and_another_is_taken(contact: House, keys: str) -> None:
    call(contact, "anonymous")

    said = call(contact, "anonymous", route="/voice/t/2", digits=f"{keys}#")

    assert said == "Sorry, we cannot call that number. Please give us another one. Once more please."
    assert "We keep" in call(contact, "anonymous", route="/voice/t/3", digits="02155500124#")
    assert contact.rows("SELECT count(*) FROM cases") == [(1,)]


@pytest.mark.parametrize("keys", KEYED)
def test_three_numbers_that_are_not_phoned_give_the_question_up_and_none_is_kept(contact: House, keys: str) -> None:
    call(contact, "anonymous")
    for turn in (2, 3, 4):
        said = call(contact, "anonymous", route=f"/voice/t/{turn}", digits=f"{keys}#")
    assert "Without a number then." in said
    assert contact.count()["cases"] == 0


@pytest.mark.parametrize(
    ("caller", "contact_number"),
    [("+862155500123", "+862155500123"), ("+10000000000", None), ("+18762345678", None), (CALLED, None)],
)
def test_a_case_has_a_caller_s_number_as_contact_only_where_it_is_phoned(
    house: House, caller: str, contact_number: str | None
) -> None:
    for turn, digits in enumerate((None, "1", "1"), 1):
        more = [] if digits is None else [("Digits", digits)]
        house.send(f"/voice/t/{turn}", [("CallSid", CALL), ("From", caller), ("To", CALLED), *more])
    with opened(house.settings) as database:
        (case,) = database.reports().of_call(CALL)
    assert (case["caller"], case["contact"]) == (caller, contact_number)


def test_keys_that_are_no_number_hear_the_usual_words(contact: House) -> None:
    call(contact, "anonymous")
    assert call(contact, "anonymous", route="/voice/t/2", digits="12345#") == "That is no choice. Once more please."
