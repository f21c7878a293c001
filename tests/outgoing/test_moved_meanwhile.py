"""What happens to a case, a number or the rules while somebody is to be phoned or is phoned; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from outgoing_house import CUSTOMER, KEYS, NEXT_MORNING, OutgoingHouse
from small import small_release

from ivr.messages.message import Message
from ivr.service.outgoing.by_staff import block, unblock
from ivr.service.outgoing.dialler_port import NotPlaced
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.outgoing.outgoing_rows import FollowUpRow
from ivr.service.rows import stamp
from ivr.service.surveys.survey import SurveyRow
from ivr.storage.bulk import engine
from ivr.storage.survey_rows import SurveyRows

OTHER = "+862155500129"
DECIDED = {"outcome": "upheld", "reasons": "r", "answer": "We pay more."}
WITHDRAWN = ("withdrawn", {"reason": "r"})
TOLD_AGAIN = (("reopened", {"reason": "r"}), ("taken", {}), ("decided", DECIDED), ("told", {"how": "phone"}))


def ring(house: OutgoingHouse) -> str:
    """The customer is being phoned; the attempt."""
    house.told()
    house.now = NEXT_MORNING
    house.round()
    return str(house.attempts()[-1].attempt)


def asked(house: OutgoingHouse, days: int = 1) -> list[str]:
    """Whom the rounds of the next days phone."""
    before = len(house.network.asked)
    for _ in range(days):
        house.later(days=1)
        house.round()
    return [each.to for each in house.network.asked[before:]]


def survey_of(house: OutgoingHouse, database_url: str, *numbers: str) -> SurveyRows:
    now, surveys = stamp(house.now), SurveyRows(engine(database_url))
    people = [
        FollowUpRow(f"{n:06d}", None, None, "main", to, house.keys(to)[0], "zh-CN", "stopped", None, now, now, 0, False)
        for n, to in enumerate(numbers, 1)
    ]
    surveys.begin(SurveyRow("", "main", now, "li", "list.csv", len(people)), people)
    house.now = NEXT_MORNING
    return surveys


@pytest.mark.parametrize("why", ["blocked", "in the night"])
def test_nobody_of_a_survey_keeps_the_others_waiting(house: OutgoingHouse, database_url: str, why: str) -> None:
    survey_of(house, database_url, CUSTOMER, OTHER, "+862155500128")
    if why == "blocked":
        block(house.ports, CUSTOMER, "chen")
    else:
        house.later(hours=12)
        house.round()
        house.later(hours=12)
    for _ in range(4):
        house.round()
        house.later(seconds=2)
    phoned = [each.to for each in house.network.asked]
    assert phoned == [CUSTOMER, OTHER, "+862155500128"][why == "blocked" :]


def test_a_number_that_is_unblocked_is_not_phoned_about_a_case_that_has_ended(house: OutgoingHouse) -> None:
    house.told()
    block(house.ports, CUSTOMER, "chen")
    house.now = NEXT_MORNING
    house.round()
    house.moves(1, WITHDRAWN)
    unblock(house.ports, CUSTOMER)
    assert asked(house) == []
    assert house.follow_up().state == "stopped"


def test_a_number_that_is_unblocked_is_not_phoned_for_a_survey_that_was_stopped(
    house: OutgoingHouse, database_url: str
) -> None:
    surveys = survey_of(house, database_url, CUSTOMER)
    block(house.ports, CUSTOMER, "chen")
    house.round()
    surveys.stop("s1")
    unblock(house.ports, CUSTOMER)
    assert asked(house) == []


def test_a_new_number_revives_no_call_of_an_earlier_round(house: OutgoingHouse) -> None:
    house.told()
    house.moves(1, WITHDRAWN, *TOLD_AGAIN)
    house.now = NEXT_MORNING
    house.round()
    assert [row.state for row in house.store.follow_ups_of(1)] == ["stopped", "dialling"]
    house.moves(1, ("contact", {"phone": OTHER}))
    assert [row.state for row in house.store.follow_ups_of(1)] == ["stopped", "dialling"]
    house.hear(house.attempts()[-1].attempt, ended="busy")
    assert asked(house) == [OTHER]


@pytest.mark.parametrize("heard", [{"ended": "busy"}, {"result": "wrong_person"}, {"result": "later"}])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_new_number_has_tries_of_its_own(house: OutgoingHouse, heard: Any, when: str) -> None:
    """Given while the old one rings for the last time, or after it has reached somebody else."""
    if when == "after" and heard != {"result": "wrong_person"}:
        return
    name = ring(house)
    for _ in range(2):
        house.hear(name, ended="busy")
        assert asked(house) == [CUSTOMER]
        name = house.attempts()[-1].attempt
    for step in ("before", "after"):
        if step == when:
            house.moves(1, ("contact", {"phone": OTHER}))
        if step == "before":
            house.hear(name, **heard)
    if when == "before":
        house.hear(name, ended="completed")
    assert house.status() == "follow_up_due"
    assert asked(house) == [OTHER]


def test_a_new_number_changes_nothing_where_the_customer_has_answered(house: OutgoingHouse) -> None:
    name = ring(house)
    house.moves(1, ("contact", {"phone": OTHER}))
    house.hear(name, result="accepted")
    assert house.status() == "closed"
    assert asked(house, 3) == []


def test_an_answer_in_an_earlier_round_ends_the_later_one(house: OutgoingHouse) -> None:
    """The lead has told them again while they were on the telephone."""
    name = ring(house)
    house.moves(1, WITHDRAWN, *TOLD_AGAIN)
    assert [row.state for row in house.store.follow_ups_of(1)] == ["dialling", "waiting"]
    house.hear(name, result="accepted", ended="completed")
    assert house.status() == "closed"
    assert asked(house, 3) == []
    assert [row.state for row in house.store.follow_ups_of(1)] == ["done", "stopped"]


@pytest.mark.parametrize("tries", [1, 3])
@pytest.mark.parametrize(
    "heard", [{"ended": "busy"}, {"result": "later", "ended": "completed"}, {"result": "unclear", "ended": "completed"}]
)
def test_an_earlier_round_that_comes_to_nothing_leaves_the_later_one(
    house: OutgoingHouse, heard: Any, tries: int
) -> None:
    name = ring(house)
    for _ in range(tries - 1):
        house.hear(name, ended="busy")
        assert asked(house) == [CUSTOMER]
        name = house.attempts()[-1].attempt
    house.moves(1, WITHDRAWN, *TOLD_AGAIN)
    house.hear(name, **heard)
    assert house.status() == "follow_up_due"
    assert [row.state for row in house.store.follow_ups_of(1)] == ["done", "waiting"]
    assert asked(house, 1) == [CUSTOMER]


def test_fewer_tries_than_were_made_end_the_case_without_a_word(house: OutgoingHouse) -> None:
    name = ring(house)
    house.hear(name, ended="busy")
    house.release = small_release(keys=KEYS.replace("pace: 1s", "pace: 1s, tries: 1"))
    assert asked(house) == []
    assert house.status() == "closed_unconfirmed"
    assert (house.follow_up().state, house.follow_up().reason) == ("done", "unreached")


@pytest.mark.parametrize("when", ["while it waits", "while it rings"])
def test_a_flow_that_is_gone_for_a_while_costs_nobody_their_call(house: OutgoingHouse, when: str) -> None:
    with_flow, without = house.release, small_release()
    if when == "while it waits":
        house.told()
        house.release = without
    else:
        name = ring(house)
        house.release = without
        house.hear(name, ended="busy")
    assert asked(house, 2) == []
    assert OutgoingReports(house.ports, allowed=True).of_case(1)[0]["why"].startswith("The live release phones nobody")
    house.release = with_flow
    assert asked(house, 1) == [CUSTOMER]


@pytest.mark.parametrize("word", ["accepted", "opted_out", "wrong_person", "person"])
def test_a_late_word_ends_a_survey_though_another_call_rings(
    house: OutgoingHouse, database_url: str, word: str
) -> None:
    survey_of(house, database_url, CUSTOMER)
    house.round()
    (first,) = house.store.attempts_of("s1-000001")
    house.hear(first.attempt, ended="no_answer", sequence=2)
    assert asked(house) == [CUSTOMER]
    house.hear(first.attempt, result=word)
    second = house.store.attempts_of("s1-000001")[-1]
    house.hear(second.attempt, ended="busy", sequence=2)
    assert asked(house, 3) == []


def test_switched_off_while_it_rings_nobody_is_tried_again(house: OutgoingHouse) -> None:
    name = ring(house)
    house.store.set_switch("outgoing.calls", on=False)
    house.hear(name, ended="busy")
    house.hear(name, ended="busy")
    assert asked(house, 2) == []
    house.store.set_switch("outgoing.calls", on=True)
    house.round()
    assert len(house.network.asked) == 2


def test_a_number_that_is_erased_is_not_phoned(house: OutgoingHouse) -> None:
    house.told()
    house.store.run('UPDATE follow_ups SET "to" = NULL', {}, returns=False)
    house.now = NEXT_MORNING
    assert house.round() == {}
    assert house.follow_up().reason == "no_number"


def test_a_number_erased_while_it_rings_ends_well(house: OutgoingHouse) -> None:
    name = ring(house)
    house.store.run('UPDATE follow_ups SET "to" = NULL', {}, returns=False)
    house.store.run("UPDATE cases SET personal = NULL, customer = ''", {}, returns=False)
    house.hear(name, ended="busy")
    assert asked(house, 2) == []


@pytest.mark.parametrize("ending", [WITHDRAWN, ("unreached", {})])
@pytest.mark.parametrize("heard", [{"ended": "busy"}, {"result": "later"}, {"result": "unclear"}])
def test_a_case_that_ends_while_it_rings_is_not_phoned_again(house: OutgoingHouse, ending: Any, heard: Any) -> None:
    name = ring(house)
    house.moves(1, ending)
    house.hear(name, **heard)
    house.hear(name, **heard)
    assert asked(house, 3) == []


NEVER = NotPlaced(sentence=Message("outgoing.never-found"), never=True)
SOON = NotPlaced(sentence=Message("outgoing.never-found"), again=True)
OUR_FAULT = NotPlaced(sentence=Message("outgoing.never-found"))


@pytest.mark.parametrize("refused", [NEVER, SOON, OUR_FAULT], ids=["never", "soon", "our fault"])
def test_a_new_number_given_while_the_old_one_is_refused_is_phoned(house: OutgoingHouse, refused: NotPlaced) -> None:
    def given_meanwhile(_: object) -> NotPlaced:
        house.moves(1, ("contact", {"phone": OTHER}))
        return refused

    house.told()
    house.now = NEXT_MORNING
    house.network.answers = [given_meanwhile]
    house.round()
    assert asked(house, 2) == [OTHER]


@pytest.mark.parametrize("refused", [NEVER, SOON, OUR_FAULT], ids=["never", "soon", "our fault"])
def test_who_is_told_anew_while_a_call_is_refused_is_phoned_once(house: OutgoingHouse, refused: NotPlaced) -> None:
    def told_meanwhile(_: object) -> NotPlaced:
        house.moves(1, WITHDRAWN, *TOLD_AGAIN)
        return refused

    house.told()
    house.now = NEXT_MORNING
    house.network.answers = [told_meanwhile]
    house.round()
    assert [row.state for row in house.store.follow_ups_of(1)] == ["done", "waiting"]
    assert asked(house, 1) == [CUSTOMER]
