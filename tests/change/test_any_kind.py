"""Diff and impact know no kind of step: a copy of a kind under another name is compared as the kind itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from copied_kinds import NAME, copied_kind, written
from invented_calls import invented

from ivr.change.diff.change import Change
from ivr.change.diff.compare import difference
from ivr.change.impact.compare_calls import BatchComparison
from ivr.change.impact.report import Report, data
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.flow.release import body_of
from ivr.lint.findings import compiled
from ivr.service.ports import RecordedCall
from ivr.steps.kinds import KINDS

HOURS = """\
  closed:
    hours: agents
    open: offer
    closed: shut
    holiday: shut
  shut:
"""
HEARD = """\
  heard:
    say: {zh-CN: 好。, en-US: Good.}
    next: booked
"""
FLOWS = {path.name: path.read_bytes() for path in sorted((Path(__file__).parents[2] / "flows").glob("*.yaml"))}
BEFORE = {
    **FLOWS,
    "agent.yaml": FLOWS["agent.yaml"].replace(b"  closed:\n    say:", HOURS.encode() + b"    say:"),
    "contact.yaml": FLOWS["contact.yaml"].replace(b"next: return none", b"next: bye")
    + "  bye: {hangup: {zh-CN: 再见。, en-US: Goodbye.}}\n".encode(),
}
"""The shipped flows with a step of each kind."""
EDITS = (
    ("main.yaml", "words: [English, 英文]", "words: [English]"),
    ("main.yaml", "next: flow complaint", "next: flow feedback"),
    ("main.yaml", "为提升服务质量，本次通话可能会录音。", "为改进服务，本次通话可能会录音。"),
    ("main.yaml", "set: {call.elderly: yes}", "set: {call.elderly: no}"),
    *((("main.yaml", f"      {old}:\n", f"      {new}:\n")) for old, new in ((4, 7), (5, 4), (7, 5))),
    (
        "inquiry.yaml",
        "en-US: [fund*]}\n        topics: [wealth_*]\n        next: wealth",
        "en-US: [fund*]}\n        next: loan",
    ),
    ("complaint.yaml", "no_input: {tries: 2, next: contact}", "no_input: {tries: 1, next: contact}"),
    ("complaint.yaml", "at_most: 3m", "at_most: 90s"),
    ("complaint.yaml", "with: [product, story, phone]", "with: [product, phone]"),
    ("complaint.yaml", "{none: open}", "{none: product}"),
    ("agent.yaml", "{when: {call.elderly: yes}, next: elderly}", "{when: {call.elderly: no}, next: elderly}"),
    ("agent.yaml", "otherwise: busy", "otherwise: offer"),
    ("agent.yaml", "holiday: shut", "holiday: offer"),
    ("agent.yaml", "nobody is free", "everybody is busy"),
    ("agent.yaml", "    next: booked\n", f"    next: heard\n{HEARD}"),
    ("agent.yaml", "    no: return\n", "    no: goodbye\n"),
    ("followup.yaml", "follow_up: unclear", "follow_up: later"),
    ("followup.yaml", "with: [rating]", "with: {score: {rating}}"),
    ("contact.yaml", "confirm: yes", "confirm: no"),
    ("contact.yaml", "Goodbye.", "Bye."),
)


def edited(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All edits at once; at least one is of each kind."""
    found = dict(files)
    for file, old, new in EDITS:
        text = found[file].decode()
        assert text.count(old) == 1, old
        found[file] = text.replace(old, new).encode()
    return found


AFTER = edited(BEFORE)
Result = tuple[list[Change], list[Any], Mapping[str, Any]]


@pytest.fixture(scope="module")
def calls() -> list[RecordedCall]:
    return [call for call, _ in invented(compile_release(parse(written(BEFORE))), range(1, 61))]


def compared(calls: list[RecordedCall], before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Result:
    """What diff and impact say of two sets of files."""
    comparison = BatchComparison(lambda release: body_of(before), after)
    changes = difference(parse(before), parse(after)).changes
    report = Report(
        totals=comparison.totals(calls), changes=comparison.difference("r").changes, kinds=comparison.kinds()
    )
    return list(changes), [comparison.impact(call) for call in calls], data(report)


@pytest.fixture(scope="module")
def usual(calls: list[RecordedCall]) -> Result:
    return compared(calls, written(BEFORE), written(AFTER))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_under_another_name_has_the_same_diff_and_impact(
    kind: str, calls: list[RecordedCall], usual: Result
) -> None:
    changes, impacts, _ = usual
    assert {impact.outcome for impact in impacts} >= {"diverted", "words", "same"}
    of_the_kind = {(flow.name, step.name) for flow, step in compiled(BEFORE).steps() if step.kind.name == kind}
    assert of_the_kind & {(change.flow, change.step) for change in changes}

    with copied_kind(kind):
        before, after = written(BEFORE, kind), written(AFTER, kind)
        assert any(step.kind.name == NAME for _, step in compiled(before).steps())
        found = compared(calls, before, after)

    assert repr(found) == repr(usual)
