"""What a caller gave is found wherever it stands in a fixture; what the flows say themselves is no secret."""

from __future__ import annotations

import pytest
from recorded_call import CALL, Recorder

from ivr.call.inputs import Digits, Speech, Stored
from ivr.flow.model import Release
from ivr.replay.fixture import read_fixture
from ivr.replay.leaks import survives
from ivr.service.calls.replay_call import decode_stored

FIXTURE = """\
call: captured
at: 2026-03-02T12:00+08:00
from: "+862155500101"
turns: [{press: 1}, {speak: 投诉}, {record: {seconds: 4, text: 示例内容}}, {press: 02155500102pound}]
ends: {disposition: completed, case: {kind: complaint, product: card, story: 示例内容, due: 2026-03-17}}
"""


def found(release: Release, text: str) -> list[str]:
    call = Recorder(release, caller="+8613917654321")
    for came in (Digits("1"), Speech("王翠花", 0.9), Speech("投诉", 0.9), Digits("02155588776"), Speech("card", 0.9)):
        call.take(came)
    inputs: list[Stored] = [decode_stored(turn.input) for turn in call.turns]
    fixture, findings = read_fixture("captured", text.encode())
    assert fixture is not None, findings
    return survives(release, call.call(), inputs, {"RE1": "信用卡6222被盗刷"}, fixture)


def test_substitutes_and_the_flows_own_words_give_nothing_away(hotline: Release) -> None:
    assert found(hotline, FIXTURE) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+862155500101", "+8613917654321"),
        ("speak: 投诉", "speak: 王翠花"),
        ("text: 示例内容", "text: 我的信用卡6222被盗刷了"),
        ("story: 示例内容", "story: 信用卡6222被盗刷"),
        ("02155500102", "02155588776"),
        ("call: captured", f"call: {CALL}"),
        ("product: card", "phone: 02155588776"),
    ],
)
def test_what_was_given_is_found(hotline: Release, old: str, new: str) -> None:
    assert old in FIXTURE
    assert len(found(hotline, FIXTURE.replace(old, new))) == 1
