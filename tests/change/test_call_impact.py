"""One call against a draft: what is the same, what is reported, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from invented_calls import CALLED, InventedPhone, encode, invented

from ivr.call.inputs import Stored
from ivr.change.impact import paired_replay
from ivr.change.impact.compare_calls import NOT_REPRODUCED, RELEASE_GONE, TURNS_MISSING, BatchComparison
from ivr.change.impact.effects import CallImpact, Effect
from ivr.change.impact.report import Report, data, text
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse
from ivr.flow.release import body_of
from ivr.lint.findings import compiled
from ivr.messages.message import Message
from ivr.service.calls.answer import digest
from ivr.service.ports import RecordedCall, RecordedTurn

FLOWS = {path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "flows").glob("*.yaml")}
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def release() -> Release:
    return compile_release(parse(FLOWS))


def call_of(release: Release, *acts: str, at: datetime = MONDAY, caller: str = "+12025550123") -> RecordedCall:
    """A call that presses keys; a word in angle brackets is said, a blank is silence, "rec" a message."""
    phone = InventedPhone(release, at, 7, caller)
    phone.dial()
    for act in acts:
        if act == "":
            phone.silence()
        elif act == "rec":
            phone.record(5)
        elif act.startswith("<"):
            phone.speak(act[1:-1])
        else:
            phone.press(act)
    turns = [RecordedTurn(encode(taken.stored), digest(taken.events)) for taken in phone.taken]
    return RecordedCall(
        call="CA7", taken=len(turns), number=7, release="r", entry="main", language="zh-CN", customer=caller,
        line=CALLED, started_at=at.isoformat(), disposition=None, simulated=False, turns=turns,
    )  # fmt: skip


def edited(*texts: tuple[str, str, str]) -> dict[str, bytes]:
    """The shipped flows with texts replaced, each found exactly once; without errors."""
    files = dict(FLOWS)
    for file, old, new in texts:
        written = files[file].decode()
        assert written.count(old) == 1, old
        files[file] = written.replace(old, new).encode()
    compiled(files)
    return files


def impact_on(call: RecordedCall, draft: Mapping[str, bytes]) -> CallImpact:
    return BatchComparison(lambda release: body_of(FLOWS) if release == "r" else None, draft).impact(call)


THANKS = "  thanks:\n    say: {zh-CN: 谢谢。, en-US: Thank you.}\n    next: open\n"
SWAPPED = (
    ("main.yaml", "      4:\n", "      7:\n"), ("main.yaml", "      5:\n", "      4:\n"),
    ("main.yaml", "      7:\n", "      5:\n"),
)  # fmt: skip


def test_a_key_that_moved_is_reported_in_both_readings(release: Release) -> None:
    found = impact_on(call_of(release, "1", "", "4"), edited(*SWAPPED))

    assert found.outcome == "moved"
    (one,) = found.effects
    assert one.effect == Effect("moved key", "main", "menu", "意见和评价", old_key_action="长者服务")
    assert (one.before, one.after) == ("4", "5")


def test_who_says_the_choice_is_not_touched_by_its_key(release: Release) -> None:
    assert impact_on(call_of(release, "1", "", "<评价>"), edited(*SWAPPED)).outcome == "words"
    assert impact_on(call_of(release, "1", "", "<五>"), edited(*SWAPPED)).outcome == "moved"


def test_a_caller_whose_country_is_not_phoned_any_more_is_diverted_and_nobody_else(release: Release) -> None:
    only_china = edited(("hotline.yaml", "calls_to: [CN, US]", "calls_to: [CN]"))
    acts = ("1", "", "3", "1", "rec", "1")

    abroad = impact_on(call_of(release, *acts, caller="+12025550123"), only_china)
    at_home = impact_on(call_of(release, *acts, caller="+862155500123"), only_china)

    assert abroad.outcome == "diverted" and abroad.turn == 6
    assert at_home.outcome == "same"


def test_who_keyed_a_number_that_is_not_phoned_any_more_is_diverted(release: Release) -> None:
    only_china = edited(("hotline.yaml", "calls_to: [CN, US]", "calls_to: [CN]"))

    found = impact_on(call_of(release, "1", "", "3", "1", "rec", "0012025550123#", "1", caller=""), only_china)

    assert found.outcome == "diverted" and found.turn == 7


def test_a_choice_that_is_gone_ends_the_comparison(release: Release) -> None:
    gone = (
        "complaint.yaml",
        "      4: {is: other, label: {zh-CN: 其他, en-US: anything else}, topics: [complaint_service]}\n",
        "",
    )

    found = impact_on(call_of(release, "1", "", "3", "4", "rec"), edited(gone))

    assert found.turn == 5 and [one.effect for one in found.effects] == [
        Effect("no longer offered", "complaint", "product", "other")
    ]


def test_the_last_turn_counts_though_no_turn_follows(release: Release) -> None:
    there = ("main.yaml", "next: flow complaint", "next: flow feedback")

    found = impact_on(call_of(release, "1", "", "3"), edited(there))

    assert [one.effect for one in found.effects] == [
        Effect("diverted", "main", "menu", "投诉", ("complaint",), ("feedback",))
    ]
    assert found.effects[0].before == 'the flow "complaint"' and found.effects[0].after == 'the flow "feedback"'


def test_a_renamed_step_and_a_reworded_choice_divert_nobody(release: Release) -> None:
    renamed = (
        ("complaint.yaml", "  open:\n", "  keep:\n"),
        ("complaint.yaml", "{none: open}\n    next: open", "{none: keep}\n    next: keep"),
        ("main.yaml", "label: {zh-CN: 投诉, en-US", "label: {zh-CN: 投诉建议, en-US"),
    )

    found = impact_on(call_of(release, "1", "", "3", "1", "rec", "1", "1"), edited(*renamed))

    assert found.outcome == "words"
    assert {(one.effect.flow, one.effect.step) for one in found.effects} == {("main", "menu")}


def test_the_hours_of_the_draft_are_asked_at_the_moment_of_the_call(release: Release) -> None:
    earlier = ("hotline.yaml", "mon-fri: 08:30-20:00", "mon-fri: 08:30-18:00")

    assert impact_on(call_of(release, "1", "", "0", at=MONDAY), edited(earlier)).outcome == "same"
    found = impact_on(call_of(release, "1", "", "0", at=EVENING), edited(earlier))

    assert found.outcome == "diverted" and (found.effects[0].effect.flow, found.effects[0].effect.step) == ("", "")


def test_what_a_call_does_by_a_fact_that_was_not_stored_is_unknown(release: Release) -> None:
    arm = "      - {when: {call.elderly: yes}, next: elderly}\n"
    asks = ("agent.yaml", arm, "      - {when: {caller.visits: {at_least: 3}}, next: closed}\n" + arm)

    found = impact_on(call_of(release, "1", "", "0"), edited(asks))

    assert (found.outcome, found.why) == ("unknown", "caller.visits")
    assert impact_on(call_of(release, "1", "", "4"), edited(asks)).outcome == "same"


def test_a_fact_that_every_call_has_is_known(release: Release) -> None:
    arm = "      - {when: {call.elderly: yes}, next: elderly}\n"
    asks = ("agent.yaml", arm, "      - {when: {caller.phone: {known: no}}, next: closed}\n" + arm)

    assert impact_on(call_of(release, "1", "", "0"), edited(asks)).outcome == "same"
    assert impact_on(call_of(release, "1", "", "0", caller=""), edited(asks)).outcome == "diverted"


def test_a_changed_value_is_blamed_on_the_step_that_sets_it(release: Release) -> None:
    other = ("main.yaml", "set: {call.elderly: yes}", "set: {call.elderly: no}")

    found = impact_on(call_of(release, "1", "", "5"), edited(other))

    assert [(one.effect.flow, one.effect.step) for one in found.effects] == [("main", "elderly")]


def test_an_inherited_change_is_blamed_on_the_hotline(release: Release) -> None:
    fewer = ("hotline.yaml", "  no_input:\n    tries: 3", "  no_input:\n    tries: 2")

    found = impact_on(call_of(release, "1", "", "", "", "3"), edited(fewer))

    assert [one.effect for one in found.effects] == [Effect("diverted", "", "", "no_input")]


def test_a_step_that_only_speaks_diverts_nobody(release: Release) -> None:
    said = (
        ("complaint.yaml", "{none: open}\n    next: open", "{none: thanks}\n    next: thanks"),
        ("complaint.yaml", "  open:\n", f"{THANKS}  open:\n"),
    )

    found = impact_on(call_of(release, "1", "", "3", "1", "rec", "1", "1"), edited(*said))

    assert [one.effect for one in found.effects] == [Effect("words", "complaint", "thanks")]


def test_another_desk_is_reported_by_its_name(release: Release) -> None:
    other = ("agent.yaml", "transfer: agents", "transfer: elderly_desk")

    found = impact_on(call_of(release, "1", "", "0"), edited(other))

    assert (found.effects[0].before, found.effects[0].after) == ('the desk "agents"', 'the desk "elderly_desk"')


def test_another_entry_flow_is_reported(release: Release) -> None:
    elsewhere = ("hotline.yaml", '"+862155500000": main', '"+862155500000": inquiry')

    found = impact_on(call_of(release, "1"), edited(elsewhere))

    assert [(one.effect.how, one.after) for one in found.effects] == [("begins elsewhere", "inquiry")]


def test_a_case_with_other_fields_is_another_record(release: Release) -> None:
    less = ("complaint.yaml", "with: [product, story, phone]", "with: [product, story]")

    found = impact_on(call_of(release, "1", "", "3", "1", "rec", "1"), edited(less))

    assert [one.effect for one in found.effects] == [Effect("other record", "complaint", "open", "")]


def test_calls_that_cannot_be_read_are_counted_as_that(release: Release) -> None:
    whole = call_of(release, "1", "", "3")
    short = whole._replace(turns=whole.turns[:2])
    other = whole._replace(turns=[*whole.turns[:-1], whole.turns[-1]._replace(digest=b"0" * 16)])
    broken = whole._replace(turns=[whole.turns[0]._replace(input=b"{}"), *whole.turns[1:]])

    assert impact_on(short, FLOWS) == CallImpact("unreadable", why=Message(TURNS_MISSING))
    assert impact_on(other, FLOWS) == CallImpact("unreadable", why=Message(NOT_REPRODUCED), turn=4)
    assert impact_on(broken, FLOWS).outcome == "unreadable"
    assert impact_on(whole._replace(release="gone"), FLOWS) == CallImpact("skipped", why=Message(RELEASE_GONE))


def test_remembering_turns_changes_no_impact(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = edited(*SWAPPED, ("contact.yaml", "    yes: take_it\n", "    yes: ask\n"))
    calls = [call for call, _ in invented(release, range(1, 81))]
    one = BatchComparison(lambda name: body_of(FLOWS), draft)
    remembered = [one.impact(call) for call in calls]

    monkeypatch.setattr(paired_replay, "MOST_STATES", 100)
    fresh = [BatchComparison(lambda name: body_of(FLOWS), draft).impact(call) for call in calls[:10]]
    forgetful = BatchComparison(lambda name: body_of(FLOWS), draft)

    assert fresh == remembered[:10]
    assert [forgetful.impact(call) for call in calls] == remembered


def test_the_report_says_how_many_and_never_what_comes_after(release: Release) -> None:
    there = ("main.yaml", "next: flow complaint", "next: flow feedback")
    comparison = BatchComparison(lambda name: body_of(FLOWS) if name == "r" else None, edited(there))
    call = call_of(release, "1", "", "3")
    totals = comparison.totals([call, call_of(release, "1", "", "2"), call._replace(release="gone", call="CA8")])

    report = Report(totals=totals, changes=comparison.difference("r").changes)

    said = list(text(report))
    assert said[0] == "3 calls: 2 replayed, 1 skipped, 0 unreadable."
    assert said[1] == "1 diverted, 1 the same."
    assert any(
        '1 caller (50.0%) who chose "投诉" at "menu" of "main" reaches the flow "feedback"' in line
        and "1 complaint is not on record at that point" in line
        for line in said
    )
    assert "is unknown" in said[-1]
    found = data(report)
    assert (found["replayed"], found["diverted"], found["skipped"]) == (2, 1, 1)
    assert found["groups"][0]["example"] == "CA7" and found["groups"][0]["because"]


def test_a_waiting_time_is_reported_as_beyond_a_replay(release: Release) -> None:
    comparison = BatchComparison(lambda name: body_of(FLOWS), edited(("hotline.yaml", "wait: 5s", "wait: 8s")))
    report = Report(
        totals=comparison.totals([call_of(release, "1", "", "2")]), changes=comparison.difference("r").changes
    )

    assert report.totals.outcomes["same"] == 1
    assert any("the wait for an answer is 8 s" in line for line in text(report))


def test_inputs_are_stored_as_production_stores_them(release: Release) -> None:
    ((call, taken),) = list(invented(release, range(3, 4)))

    assert encode(taken[0].stored) == call.turns[0].input and isinstance(taken[0].stored, Stored)
