"""Small hotlines that phone their customers, for tests of what is promised of such calls."""

from __future__ import annotations

from small import with_keys
from tiny import SINCE, files

from ivr.explore.promise_result import PromiseResult
from ivr.explore.prove import Proof, prove
from ivr.explore.state_walk import Scope
from ivr.flow.compile import compile_release
from ivr.flow.model import Release
from ivr.flow.parse import parse

MAIN = "told: {say: {zh-CN: 八点。, en-US: At eight.}, next: goodbye}\n"
OUTGOING = """\
shortcuts:
  9: {next: back, label: {zh-CN: 返回, en-US: to go back}}
outgoing:
  ours:
    name: {zh-CN: 您好，示例银行。, en-US: "Hello, Illustrative Bank."}
    from: "+862155500000"
"""
OURS = """\
flow: ours
title: {zh-CN: 我们的电话, en-US: Our call}
steps:
  hello:
    menu: {zh-CN: '您好，请问可以说话吗？', en-US: "Hello, is this a good time?"}
    choices:
      1: {label: {zh-CN: 可以, en-US: yes}, next: accept}
      2: {label: {zh-CN: 打错了, en-US: wrong number}, next: wrong}
      3: {label: {zh-CN: 改日, en-US: another day}, next: later}
      4: {label: {zh-CN: 别打了, en-US: no more calls}, next: stop}
    no_input: {tries: 2, next: later}
    no_match: {tries: 2, next: later}
  wrong: {follow_up: wrong_person, next: goodbye}
  later: {follow_up: later, next: goodbye}
  stop: {follow_up: opted_out, next: goodbye}
  accept:
    yes_no: {zh-CN: '您接受吗？', en-US: 'Do you accept?'}
    yes: accepted
    no: refused
    no_input: {tries: 2, next: unclear}
    no_match: {tries: 2, next: unclear}
  accepted: {follow_up: accepted, next: goodbye}
  unclear: {follow_up: unclear, next: goodbye}
  refused: {follow_up: not_accepted, next: why}
  why: {record: {zh-CN: 为什么？, en-US: Why?}, save: story, no_input: goodbye, no_match: goodbye, next: goodbye}
"""

ABOUT_A_CASE = (
    OURS.replace("steps:\n", "takes: {case: case}\nsteps:\n")
    .replace("您接受吗？", "{case.told:date}的答复您接受吗？")
    .replace("Do you accept?", "Do you accept our answer of {case.told:date}?")
)


def placing(flow: str = ABOUT_A_CASE, /, *, extra: str = "", promises: str = "", **flows: str) -> Release:
    """A hotline that begins calls of its own in `ours`; `extra` are more keys under `outgoing`."""
    written = files(MAIN, promises=promises, ours=flow, **flows)
    written["hotline.yaml"] = with_keys(written["hotline.yaml"].decode(), OUTGOING + extra).encode()
    parsed = parse(written)
    assert not parsed.findings, [str(finding) for finding in parsed.findings]
    return compile_release(parsed)


def placed_proof(flow: str = ABOUT_A_CASE, /, *, extra: str = "", promises: str = "", **flows: str) -> Proof:
    """The proof of its own calls alone."""
    release = placing(flow, extra=extra, promises=promises, **flows)
    proof = prove(release, Scope(since=SINCE, entries=["ours"]), calls=200)
    assert proof.complete, proof.checked.unknown_turn or proof.undecided
    return proof


def result_named(name: str, proof: Proof) -> PromiseResult:
    """What became of one promise."""
    return next(result for result in proof.results if result.name == name)
