"""A fixture of a call that the hotline places: what does not fit together is said at its line, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.replay.both_ways import run_engine
from ivr.replay.fixture import read_fixture

CALLS = Path(__file__).parents[1] / "calls"
SOUND = """\
call: a customer accepts
outgoing: followup
case: {kind: complaint, name: 王女士}
answered: human
at: 2026-03-11T10:00
turns:
  - {press: 1}
  - {press: 1}
  - silence
ends: {disposition: completed, follow_up: accepted}
"""
WITHOUT_CASE = SOUND.replace("case: {kind: complaint, name: 王女士}\n", "")
BUSY = SOUND[: SOUND.index("turns:")].replace("human", "busy") + "turns: []\nends: {follow_up: busy}\n"


def said(text: str) -> list[str]:
    """What is wrong with it, each with its line."""
    return [f"{finding.line}: {finding.message}" for finding in read_fixture("a.call.yaml", text.encode())[1]]


def failure(text: str) -> str:
    fixture, findings = read_fixture("a.call.yaml", text.encode())
    assert fixture is not None, findings
    return run_engine(fixture, compiled(read_files(str(CALLS.parents[1] / "flows"))))[0].failure


def test_a_sound_one_is_read_and_passes() -> None:
    assert said(SOUND) == [] == said(BUSY)
    assert failure(SOUND) == "" == failure(BUSY)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (SOUND.replace("outgoing: followup\n", ""), "2: case is about a call that the hotline places: write outgoing"),
        (SOUND.replace("outgoing: followup\n", ""), "3: answered is about a call that the hotline places"),
        (SOUND.replace("outgoing: followup\n", ""), "9: follow_up is about a call that the hotline places"),
        (SOUND + "flow: main\n", "11: flow is for calls that come in: leave it out"),
        (SOUND + 'from: "+862155500123"\n', "11: from is the hotline's own number here"),
        (SOUND.replace("human", "busy"), "7: nobody takes the call up (answered: busy), so nothing is heard"),
        (BUSY.replace("{follow_up", "{disposition: completed, follow_up"), "7: nobody takes the call up, so it has no"),
        (BUSY.replace("follow_up: busy", "follow_up: later"), "7: a call with answered: busy comes to busy"),
        (BUSY.replace("{follow_up: busy}", "{}"), "7: a call with answered: busy comes to busy"),
        (SOUND.replace("disposition: completed, ", ""), "10: disposition is missing under ends"),
        (SOUND.replace("follow_up: accepted", "follow_up: busy"), "10: busy is what the network says of a call that"),
        (SOUND.replace("follow_up: accepted", "follow_up: happy"), '10: "follow_up": "happy" is no result of a call'),
        (SOUND.replace("human", "robot"), "4: "),
        (SOUND.replace("王女士}", "王女士, opened: 2026-03-09, told: 2026-03-02}"), "3: the case is opened on"),
        (SOUND.replace("王女士}", "王女士, told: 2026-03-12}"), "3: the customer is told on 2026-03-12, after"),
        (SOUND.replace("name: 王女士", "nmae: 王女士"), '3: there is no key "nmae" here'),
        (WITHOUT_CASE.replace("accepted}", "accepted, noted: {rating: 1}}"),
         "9: noted is what the call puts on the case it is about"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_said_at_its_line(text: str, wrong: str) -> None:
    found = said(text)

    assert any(each.startswith(wrong) for each in found), found


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (SOUND.replace("outgoing: followup", "outgoing: main"),
         'a.call.yaml:2: flow "main" is not under outgoing in hotline.yaml, so the hotline places no calls in it: '
         "followup, survey."),
        (WITHOUT_CASE,
         'a.call.yaml:2: flow "followup" takes a case: write which, such as case: {kind: complaint'),
        (SOUND.replace("outgoing: followup", "outgoing: survey"),
         'a.call.yaml:3: flow "survey" takes no case: leave case out.'),
        (SOUND.replace("follow_up: accepted", "follow_up: later"),
         "a.call.yaml:10: expected the call to come to later, it came to accepted."),
        (SOUND.replace("accepted}", "accepted, noted: {rating: 4}}"),
         "a.call.yaml:10: expected rating 4 on the case, found none."),
        (SOUND.replace("- silence", "- {press: 3}").replace("accepted}", "accepted, noted: {rating: 4}}"),
         "a.call.yaml:10: expected rating 4 on the case, found 3."),
    ],
)  # fmt: skip
def test_what_this_hotline_does_otherwise_is_said_at_its_line(text: str, wrong: str) -> None:
    assert failure(text).startswith(wrong)


def test_a_case_without_days_was_opened_and_told_before_the_call() -> None:
    spoken = SOUND.replace("{press: 1}\n  - {press: 1}", "{press: 1}\n  - {hear: 您3月1日反映的问题, press: 1}")

    assert failure(spoken) == ""
