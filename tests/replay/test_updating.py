"""Expectations are put right where they stand; acts, comments, order and spelling stay."""

from __future__ import annotations

import pytest

from ivr.flow.model import Release
from ivr.replay.both_ways import run_engine
from ivr.replay.updating import NotUpdated, scalar, updated

TEXT = """\
# a call for trying
call: a complaint
at: 2026-03-02T22:10+08:00
from: "+862155500123"
turns:
  - hear: [普通话请按一, 'For English']   # first
    press: 1
  - silence
  - {press: 3, hear: "请选择业务"}
  - {press: 1}
  - {record: {seconds: 4, text: 重复扣费}, hear: [ 请在提示音后说明 ]}
  - {press: 1}
  - {hear: 您的投诉已受理, hang up: yes}
ends:
  case: {due: 2026-03-18, kind: complaint, product: loan, story: '重复'} # all wrong
  disposition: abandoned
  ending: lost
"""
RIGHT = (
    TEXT.replace("普通话请按一", "欢迎致电示例银行。普通话请按1。")
    .replace('"请选择业务"', '"请选择服务。"')
    .replace("2026-03-18", "2026-03-17")
    .replace("product: loan", "product: card")
    .replace("'重复'", '"重复扣费"')
    .replace("abandoned", "completed")
    .replace("ending: lost", "ending: served")
)


def put_right(text: str, release: Release) -> str:
    return updated("mine.call.yaml", text, lambda fixture: run_engine(fixture, release)[0])


def test_all_that_is_wrong_is_put_right_in_place(hotline: Release) -> None:
    assert put_right(TEXT, hotline) == RIGHT


def test_what_is_right_stays_as_it_is(hotline: Release) -> None:
    assert put_right(RIGHT, hotline) == RIGHT


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("case: no", "case: {kind: complaint}"),
        ("case: {kind: inquiry}", "case: {kind: complaint}"),
        ("case: [{kind: complaint}, {kind: feedback}]", "case: {kind: complaint}"),
    ],
)
def test_other_cases_than_expected_are_named(hotline: Release, wrong: str, right: str) -> None:
    lines = RIGHT.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("  case:"))
    before, after = lines[:], lines[:]
    before[at], after[at] = f"  {wrong}\n", f"  {right}\n"

    assert put_right("".join(before), hotline) == "".join(after)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "  - silence\n",
            "  - {transfer: busy}\n",
            "put through now: this question takes one key or speech",
        ),
        ("product: card", "colour: red", "expected the complaint's colour to be red, it has none"),
    ],
)
def test_what_no_expectation_can_put_right_is_refused(hotline: Release, old: str, new: str, why: str) -> None:
    assert old in RIGHT

    with pytest.raises(NotUpdated, match=why):
        put_right(RIGHT.replace(old, new), hotline)


def test_a_text_over_several_lines_is_left_to_its_author(hotline: Release) -> None:
    text = RIGHT.replace("{hear: 您的投诉已受理, hang up: yes}", "hang up: yes\n    hear: >-\n      别的\n      话")

    with pytest.raises(NotUpdated, match="the value on line 14 goes on over several lines; change it by hand"):
        put_right(text, hotline)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("请选择服务。", "请选择服务。"), ("yes", '"yes"'), ("a: b", '"a: b"'), ("{x}", '"{x}"'), ("1", "1"),
        ('say "no"', '"say \\"no\\""'), ("您好，请按1", '"您好，请按1"'), (" x", '" x"'), ("a #b", '"a #b"'),
    ],
)  # fmt: skip
def test_a_value_is_written_plain_only_where_that_is_safe(text: str, written: str) -> None:
    assert scalar(text) == written
