"""Nobody of a survey that was stopped is phoned any more, whoever is on the telephone meanwhile."""

from __future__ import annotations

import pytest
from outgoing_house import CUSTOMER, NEXT_MORNING, OutgoingHouse

from ivr.service.outgoing.number_keys import keys_of
from ivr.service.outgoing.outgoing_report import OutgoingReports
from ivr.service.outgoing.outgoing_rows import FollowUpRow
from ivr.service.rows import stamp
from ivr.service.surveys.survey import SurveyRow
from ivr.storage.bulk import engine
from ivr.storage.survey_rows import SurveyRows


@pytest.mark.parametrize("stopped", ["while it rings", "after it rang"])
def test_nobody_is_tried_again_once_the_survey_is_stopped(
    house: OutgoingHouse, database_url: str, stopped: str
) -> None:
    house.told()
    flow = house.follow_up().flow
    house.store.run("DELETE FROM follow_ups", {}, returns=False)
    now = stamp(house.now)
    person = FollowUpRow(
        "000001", None, None, flow, CUSTOMER, keys_of(house.ports, CUSTOMER)[0], "zh-CN", "stopped", None, now, now, 0,
        False,
    )  # fmt: skip
    surveys = SurveyRows(engine(database_url))
    surveys.begin(SurveyRow("", flow, now, "li", "list.csv", 1), [person])
    house.now = NEXT_MORNING
    assert house.round() == {"placed": 1}
    (attempt,) = house.store.attempts_of("s1-000001")
    if stopped == "while it rings":
        assert surveys.stop("s1") == 0, "nobody waits"
        house.hear(attempt.attempt, ended="no_answer", sequence=2)
    else:
        house.hear(attempt.attempt, ended="no_answer", sequence=2)
        assert surveys.stop("s1") == 1
        house.hear(attempt.attempt, ended="completed", sequence=3)
    for _ in range(3):
        house.later(days=2)
        house.round()
    assert len(house.network.asked) == 1
    why = OutgoingReports(house.ports, allowed=True).why(CUSTOMER)
    assert (why.code, str(why.said)) == ("survey_stopped", "The survey was stopped, so nobody of it is phoned.")
