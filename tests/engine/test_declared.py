"""What a step declares of itself is what it does: lint and proof read nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.call.events import ExitTaken
from ivr.call.inputs import Digits, Given, Start
from ivr.call.state import Frame, State
from ivr.engine.turn import take_turn
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

FLOWS = Path(__file__).parents[2] / "flows"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
OWN_CONFIRM = """\
    confirm:
      zh-CN: 拨打{value}答复您的{product}问题，对吗？
      en-US: Shall we call {value} about {product}?
"""


def with_confirm(written: str) -> Release:
    files = {f"flows/{file.name}": file.read_bytes() for file in FLOWS.glob("*.yaml")}
    contact = files["flows/contact.yaml"].decode()
    files["flows/contact.yaml"] = contact.replace("    confirm: yes\n", written).encode()
    return compile_release(parse(files))


@pytest.mark.parametrize(("keys", "exit"), [("2", "declined"), ("7", "no_match")])
def test_every_way_out_of_the_consent_question_is_declared(hotline: Release, keys: str, exit: str) -> None:
    comment = hotline.flows["feedback"].steps["comment"]
    state = State(stack=(Frame("feedback", "comment"),), language="zh-CN", call={"call.recording": "no"})
    taken: list[str] = []

    for turn, came in enumerate([Start(), Digits(keys), Digits(keys)], 1):
        state, events, _ = take_turn(hotline, state, Given(input=came, turn=turn), NOW)
        taken += [event.exit for event in events if isinstance(event, ExitTaken) and event.step == "comment"]

    assert taken == [exit]
    assert str(comment.declared.exits[exit]) == "keep"


def test_a_collect_reads_what_its_own_confirmation_names_but_not_the_entry() -> None:
    ask = with_confirm(OWN_CONFIRM).flows["contact"].steps["ask"]

    assert ask.declared.reads == {"product"}


def test_a_collect_with_the_usual_confirmation_reads_nothing_more(hotline: Release) -> None:
    assert hotline.flows["contact"].steps["ask"].declared.reads == frozenset()
