"""`call.to`, the number dialled: a flow may branch on it and speak it; proof tries each number that can lead there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from small import small_files
from tiny import SINCE, broken, moves, proof_of

from ivr.cli.shared.in_process_hotline import HotlinePool
from ivr.cli.shared.written_example import written_example
from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope
from ivr.flow.compile import compile_release
from ivr.flow.parse import parse
from ivr.lint.findings import findings_of
from ivr.replay.both_ways import run_both
from ivr.replay.fixture import read_fixture

FIRST, SECOND, OTHER = "+862155500001", "+862155500002", "+862155500003"
NUMBERS = ("default: main", f'default: main\nnumbers: {{"{FIRST}": main, "{SECOND}": main, "{OTHER}": other}}')
BY_NUMBER = f"""\
ask: {{menu: {{zh-CN: 请选择。, en-US: Choose.}}, choices: {{1: {{label: {{zh-CN: 一, en-US: one}}, next: which}}}}}}
which:
  branch:
    - {{when: {{call.to: "{FIRST}"}}, next: first}}
    - {{when: {{call.to: "{SECOND}"}}, next: second}}
    - {{when: {{call.to: "{OTHER}"}}, next: never}}
    - {{next: another}}
first: {{say: {{zh-CN: 一号线。, en-US: The first line.}}, next: goodbye}}
second: {{say: {{zh-CN: 二号线。, en-US: The second line.}}, next: goodbye}}
never: {{say: {{zh-CN: 三号线。, en-US: The third line.}}, next: goodbye}}
another:
  say: {{zh-CN: "您拨打的是{{call.to:phone}}。", en-US: "You have dialled {{call.to:phone}}."}}
  next: goodbye
"""
OTHER_FLOW = """\
flow: other
title: {zh-CN: 其他, en-US: Another}
steps:
  hello: {say: {zh-CN: 您好。, en-US: Hello.}, next: goodbye}
"""
PROMISES = "- {never: main.second, before: case complaint}"


def test_proof_finds_the_line_by_which_a_promise_breaks() -> None:
    proof = proof_of(BY_NUMBER, hotline=NUMBERS, promises=PROMISES, other=OTHER_FLOW)
    result = next(result for result in broken(proof) if result.name.startswith("never: main.second"))

    assert moves(result) == ["一"]
    assert result.example is not None and proof.walked is not None
    text = written_example(proof.walked, result.example, "a call").text
    assert f"to: '{SECOND}'" in text


def test_a_number_that_leads_to_another_flow_is_not_the_one_dialled() -> None:
    proof = proof_of(BY_NUMBER, hotline=NUMBERS, other=OTHER_FLOW)

    assert proof.complete, proof.checked.unknown_turn
    assert [(name.flow, name.step) for name in proof.unreached if name.step == "never"] == [("main", "never")]
    assert not {"first", "second", "another"} & {name.step for name in proof.unreached}


def test_a_call_has_one_number_however_often_it_is_asked_for() -> None:
    again = f'''first: {{branch: [{{when: {{call.to: "{SECOND}"}}, next: bad}}, {{next: told}}]}}
bad: {{say: {{zh-CN: 错。, en-US: Bad.}}, next: goodbye}}
told: {{say'''
    twice = BY_NUMBER.replace("first: {say", again)
    proof = proof_of(twice, hotline=NUMBERS, other=OTHER_FLOW)

    assert "bad" in {name.step for name in proof.unreached}


def test_a_branch_by_the_beginning_of_the_number_is_proved_too() -> None:
    steps = BY_NUMBER.replace(f'call.to: "{OTHER}"', 'call.to: {starts_with: "+44"}')
    proof = proof_of(steps, hotline=NUMBERS, other=OTHER_FLOW)

    assert proof.complete, proof.checked.unknown_turn
    assert "never" not in {name.step for name in proof.unreached}


def test_lint_takes_it_as_a_phone_number_that_is_always_known() -> None:
    files = small_files(BY_NUMBER, other=OTHER_FLOW)
    files["hotline.yaml"] = files["hotline.yaml"].decode().replace(*NUMBERS).encode()

    assert [str(found) for found in findings_of(files) if found.severity == "error"] == []
    spoken = files | {"main.yaml": files["main.yaml"].replace(b"call.to:phone", b"call.to")}
    assert "missing-format" in {found.code for found in findings_of(spoken, "live")}


@pytest.mark.parametrize(
    ("to", "hears"),
    [(FIRST, "The first line."), (SECOND, "The second line."), ("+862155500999", "You have dialled")],
)
def test_it_is_the_same_through_the_engine_and_the_webhooks(tmp_path: Path, to: str, hears: str) -> None:
    files = small_files(BY_NUMBER, other=OTHER_FLOW)
    files["hotline.yaml"] = files["hotline.yaml"].decode().replace(*NUMBERS).encode()
    at = datetime(2026, 3, 2, 6, 0, tzinfo=UTC).isoformat()
    text = (
        f'call: x\nat: {at}\nto: "{to}"\nlanguage: en-US\nturns:\n  - {{press: 1}}\nends:\n  disposition: completed\n'
    )
    fixture, findings = read_fixture("x.call.yaml", f"{text}  hear: {hears}\n".encode())
    assert fixture is not None, findings

    verdict = run_both(fixture, files, compile_release(parse(files)), HotlinePool(tmp_path))

    assert not verdict.failure


def test_where_nobody_asks_for_it_proof_begins_once() -> None:
    files = small_files("a: {say: {zh-CN: 好。, en-US: Right.}, next: goodbye}\n", other=OTHER_FLOW)
    files["hotline.yaml"] = files["hotline.yaml"].decode().replace(*NUMBERS).encode()
    proof = prove(compile_release(parse(files)), Scope(since=SINCE), calls=10)

    assert proof.walked is not None
    assert len(proof.walked.graph.roots) == 2
