"""A captured call goes the same way, and nothing of what its caller gave stands in the fixture."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from entries_hotline import files
from recorded_call import NOON, Recorder

from ivr.call.inputs import (
    Digits,
    Input,
    NoInput,
    Recording,
    ReplyRefused,
    Resume,
    Speech,
    Transferred,
)
from ivr.call.verbs import Ask, RecordVerb, TransferVerb
from ivr.flow.model import Release
from ivr.lint.findings import compiled
from ivr.replay.anonymize import NotCaptured
from ivr.replay.both_ways import run_engine
from ivr.replay.capture import capture, path_of
from ivr.replay.fixture import Fixture, read_fixture

SPOKEN = ("我叫王翠花要投诉", "my name is Wilhelmina", "人工", "credit card please", "四", "不可以", "yes", "翠花")


def passes(text: str, release: Release) -> Fixture:
    fixture, findings = read_fixture("captured.call.yaml", text.encode())
    assert fixture is not None, findings
    assert run_engine(fixture, release)[0].failure == ""
    return fixture


def anything(call: Recorder, chance: random.Random) -> Input:
    """Something the network could send now."""
    verb = call.verbs[-1]
    if isinstance(verb, TransferVerb):
        return Transferred(chance.choice(["answered", "busy", "no_answer", "failed"]))
    if isinstance(verb, RecordVerb):
        message = Recording(f"RE{chance.randrange(10**32):032d}", chance.randint(1, 60), chance.choice("#09*"))
        return chance.choice([NoInput(), message])
    if chance.random() < 0.1:
        return chance.choice([Resume(), Resume(), Resume(), ReplyRefused(12100)])
    if isinstance(verb, Ask) and verb.digits != 1:
        entry = chance.choice(["13917654321", "02155588776", "55588776", "12", "4*", "0", "*", "9"])
        return chance.choice([Digits(entry), Digits(entry), Speech("幺三九一七六五四三二一", 0.87), NoInput()])
    spoken = Speech(chance.choice(SPOKEN), chance.choice([0.1, 0.395, 0.62, None]))
    return chance.choice([Digits(chance.choice("1234567890*#")), Digits(chance.choice("12345")), spoken, NoInput()])


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_caller_did_is_captured_and_replays_the_same_way(hotline: Release, seed: int) -> None:
    chance = random.Random(seed)
    call = Recorder(hotline, caller=chance.choice(["+8613917654399", "+14155552671", ""]))
    while call.state.stack and len(call.turns) < 25:
        call.take(anything(call, chance), seconds=chance.randint(1, 90))

    made = capture(hotline, call.call(), {})

    passes(made.text, hotline)
    for canary in ("139", "88776", "4155552671", "翠花", "Wilhelmina", "幺三九", "7777"):
        assert canary not in made.text


@pytest.mark.parametrize(
    "came", [Recording("RE1", 0, "0"), Recording("RE1", 0, "#"), Recording("RE1", 5, "hangup"), ReplyRefused(12100)]
)
def test_what_hardly_ever_happens_is_captured_too(hotline: Release, came: Input) -> None:
    call = Recorder(hotline)
    for each in (Digits("1"), NoInput(), Digits("3"), Digits("1"), came):
        call.take(each)

    passes(capture(hotline, call.call(), {}).text, hotline)


def test_every_kind_of_entry_is_replaced_by_one_of_its_kind(small: Release) -> None:
    call = Recorder(small, caller="+8613917654321")
    for came in (
        Digits("1"), Digits("13917654321"), Digits("19840229"), Digits("480651"), Digits("7391"), Digits("883712"),
        Speech("我住在翠花路三号", 0.93), Digits("90125"), Digits("77"), Digits("1"),
    ):  # fmt: skip
        call.take(came, seconds=4)
    assert not call.state.stack

    made = capture(small, call.call(), {})

    fixture = passes(made.text, small)
    for canary in ("1391765", "1984", "0229", "480651", "7391", "883712", "翠花", "90125"):
        assert canary not in made.text
    phones = [turn.press for turn in fixture.fields.turns][1]
    assert fixture.fields.from_ == "+862155500101" and phones == "02155500101pound"  # the same number as the caller's


def test_one_number_is_replaced_by_one_other_throughout(small: Release) -> None:
    call = Recorder(small, caller="+8613917654321")
    call.take(Digits("1"))
    call.take(Digits("02155588776"))
    call.take(Digits("20000101"))
    call.take(Digits("9"))

    made = capture(small, call.call(), {})

    assert "02155500102pound" in made.text and "88776" not in made.text


def test_a_transcript_is_replaced(hotline: Release) -> None:
    call = Recorder(hotline)
    for came in (Digits("1"), NoInput(), Digits("3"), Digits("1")):
        call.take(came)
    call.take(Recording("RE1", 14, "#", "https://recordings.example/RE1"))

    made = capture(hotline, call.call(), {"RE1": "王翠花的信用卡6222被重复扣费"})

    fixture = passes(made.text, hotline)
    assert fixture.fields.turns[4].record is not None and fixture.fields.turns[4].record.text == "示例内容"
    assert "翠花" not in made.text and "6222" not in made.text and "example/" not in made.text
    assert fixture.fields.ends.case[0].model_dump()["story"] == "示例内容"


def test_speech_that_chose_something_becomes_the_choice_s_own_words(hotline: Release) -> None:
    call = Recorder(hotline)
    for came in (Digits("1"), NoInput(), Speech("我姓王，我要投诉你们", 0.71)):
        call.take(came)

    made = capture(hotline, call.call(), {})

    assert passes(made.text, hotline).fields.turns[2].speak == "投诉"
    assert "confidence: 71%" in made.text


def test_a_desk_that_closed_under_way_closes_in_the_fixture(hotline: Release) -> None:
    call = Recorder(hotline, started=datetime(2026, 3, 2, 11, 59, 20, tzinfo=UTC))
    for came in (Digits("1"), NoInput()):
        call.take(came, seconds=5)
    call.take(Speech("老年人", 0.9), seconds=40)

    made = capture(hotline, call.call(), {})

    fixture = passes(made.text, hotline)
    assert [turn.after for turn in fixture.fields.turns[:3]] == [5, 5, 40]
    assert str(fixture.fields.at) == "2026-03-02 19:59:20+08:00"


def test_a_call_whose_times_decide_nothing_is_told_to_the_minute(hotline: Release) -> None:
    call = Recorder(hotline, started=NOON.replace(second=17))
    call.take(Digits("2"), seconds=8)

    made = capture(hotline, call.call(), {})

    assert "at: 2026-03-02T12:00+08:00\n" in made.text and "after" not in made.text


def test_hours_that_are_told_differently_now_are_pinned(hotline: Release) -> None:
    call = Recorder(hotline)
    call.pinned["hours.agents"] = "closed"
    for came in (Digits("1"), NoInput(), Digits("5")):
        call.take(came)

    made = capture(hotline, call.call(), {})

    assert passes(made.text, hotline).fields.facts == {"hours.agents": "closed"}


def test_a_caller_s_past_is_pinned(small: Release) -> None:
    call = Recorder(small, entry="again", pinned={"caller.visits": "4"})

    made = capture(small, call.call(), {})

    fixture = passes(made.text, small)
    assert fixture.fields.facts == {"caller.visits": "4"} and fixture.fields.flow == "again"


def test_a_turn_without_a_substitute_is_reported_and_nothing_is_written(hotline: Release) -> None:
    call = Recorder(hotline)
    call.take(Transferred("busy"))

    with pytest.raises(NotCaptured) as told:
        capture(hotline, call.call(), {})

    assert (
        str(told.value)
        == f"call {call.call().call}: no substitute leads the same way for what came in at turn 2; not written."
    )


def test_paths_are_told_apart_by_their_exits(hotline: Release) -> None:
    one, other, third = (Recorder(hotline) for _ in range(3))
    one.take(Digits("1"))
    other.take(Speech("普通话", 0.9))
    third.take(Digits("2"))

    assert path_of(hotline, one.call()) == path_of(hotline, other.call()) != path_of(hotline, third.call())


@pytest.fixture(scope="module")
def small() -> Release:
    return compiled(files())
