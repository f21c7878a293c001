"""Calls on record replayed: the same to the byte, or reported with where and how they differ."""

from __future__ import annotations

import pytest
from recorded_call import CALL, Recorder, Records

from ivr.call.inputs import Digits, NoInput, Recording
from ivr.errors import NoSuch
from ivr.flow.model import Release
from ivr.flow.release import read_files
from ivr.lint.findings import compiled
from ivr.replay.stored import ReplayTotals, first_difference, replay_stored, turns_of
from ivr.service.ports import CallFilter, RecordedCall, RecordedTurn
from ivr.twilio.twiml import Documents

DOCUMENTS = Documents("", "")


@pytest.fixture
def call(hotline: Release) -> RecordedCall:
    """A complaint of six turns."""
    made = Recorder(hotline)
    for came in (Digits("1"), NoInput(), Digits("3"), Digits("1"), Recording("RE1", 9, "#")):
        made.take(came)
    return made.call()


def with_turn(call: RecordedCall, number: int, turn: RecordedTurn) -> RecordedCall:
    turns = [*call.turns]
    turns[number - 1] = turn
    return call._replace(turns=turns)


def tally(
    release: Release, call: RecordedCall, *, replies: tuple[str | None, ...] = (), twiml: bool = False
) -> ReplayTotals:
    whole = ReplayTotals()
    for each in replay_stored(Records([call], replies), CallFilter(), lambda _: release, DOCUMENTS.render, twiml=twiml):
        whole.add(each)
    return whole


def documents(release: Release, call: RecordedCall) -> tuple[str, ...]:
    """What the turns were answered."""
    taken = [turn for _, turn in turns_of(release, call)]
    return tuple(DOCUMENTS.render(release, turn.verbs, n, call.line) for n, turn in enumerate(taken, 2))


def test_a_call_comes_out_the_same(hotline: Release, call: RecordedCall) -> None:
    assert first_difference(hotline, call) is None
    assert tally(hotline, call) == ReplayTotals(calls=1, turns=6)


def test_a_flow_that_leads_elsewhere_is_told_at_its_first_turn(hotline: Release, call: RecordedCall) -> None:
    files = {name: raw for name, raw in read_files("flows").items()}
    files["flows/main.yaml"] = files["flows/main.yaml"].replace(b"next: flow complaint", b"next: flow feedback")
    other = compiled(files)

    found = tally(other, call, replies=documents(hotline, call)).differ

    assert [(each.call, each.turn) for each in found] == [(CALL, 4)]
    assert found[0].lines[0] == 'given  {"type":"digits","keys":"3"}'
    assert found[0].lines[1] == 'now    {"type":"exit","flow":"main","step":"menu","exit":"投诉"}'
    assert found[0].lines[2] == 'now    {"type":"case_opened","kind":"feedback"}'
    assert any(line.startswith("stored <Say") and "请选择投诉的业务" in line for line in found[0].lines)
    assert any(line.startswith("now    <Say") and "请为我们的服务打分" in line for line in found[0].lines)


def test_documents_are_compared_when_asked(hotline: Release, call: RecordedCall) -> None:
    stored = list(documents(hotline, call))
    assert tally(hotline, call, replies=tuple(stored), twiml=True).differ == []
    stored[2] = stored[2].replace("请选择服务。", "请选择业务。")

    found = tally(hotline, call, replies=tuple(stored), twiml=True).differ

    say = '<Say voice="Polly.Zhiyu-Neural" language="cmn-CN">{}</Say>'
    assert [(each.turn, list(each.lines)) for each in found] == [
        (3, [f"stored {say.format('请选择业务。')}", f"now    {say.format('请选择服务。')}"])
    ]


def test_documents_no_longer_kept_are_not_missed(hotline: Release, call: RecordedCall) -> None:
    assert tally(hotline, call, replies=(None,) * 6, twiml=True) == ReplayTotals(calls=1, turns=6)


def test_a_turn_kept_without_its_release_ends_the_comparison(hotline: Release, call: RecordedCall) -> None:
    kept = with_turn(call, 6, RecordedTurn(call.turns[5].input, b""))

    assert first_difference(hotline, kept) is None


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"taken": 9}, "6 of its 9 turns are stored; the others are missing"),
        ({"entry": "gone"}, 'its release has no flow "gone"'),
    ],
)
def test_a_call_that_cannot_be_taken_again_is_told_in_a_line(
    hotline: Release, call: RecordedCall, broken: dict[str, object], said: str
) -> None:
    assert tally(hotline, call._replace(**broken)) == ReplayTotals(unread=[f"call {CALL}: {said}"])


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"at":"2026-03-02T04:00:00Z","input":{"type":"video"}}', "Invalid value 'video' - at `$.input.type`"),
        (b'{"at":"2026-03-02T04', "Input data was truncated"),
    ],
)
def test_an_input_of_a_newer_version_or_half_of_one_is_told(
    hotline: Release, call: RecordedCall, raw: bytes, said: str
) -> None:
    strange = with_turn(call, 5, RecordedTurn(raw, b"?" * 16))

    told = f"call {CALL}: turn 5 cannot be read; a newer version may have written it: {said}"
    assert tally(hotline, strange) == ReplayTotals(unread=[told])


def test_a_release_that_is_gone_is_told_for_each_of_its_calls(call: RecordedCall) -> None:
    def gone(name: str) -> Release:
        raise NoSuch(f"release {name} is gone")

    found = [*replay_stored(Records([call, call]), CallFilter(), gone, DOCUMENTS.render)]

    assert found == [ReplayTotals(unread=[f"call {CALL}: release a release is gone"])] * 2
