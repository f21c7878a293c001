"""Every call to a customer records exactly one result, and the customer's word is the one that is recorded."""

from __future__ import annotations

import pytest
from placed import ABOUT_A_CASE as OURS
from placed import placed_proof, placing, result_named
from tiny import SINCE, moves, proof_of

from ivr.engine.on_record import OnRecord
from ivr.explore.prove import prove
from ivr.explore.state_walk import Scope

OF_PLACED = ("one result", "a no reopens", "silence is no answer")


@pytest.mark.parametrize("name", OF_PLACED)
def test_a_flow_that_records_what_was_said_keeps_each_promise_and_says_on_what_it_rests(name: str) -> None:
    result = result_named(name, placed_proof())

    assert result.holds, result.why
    assert " 0 " not in f" {result.evidence} "


@pytest.mark.parametrize("name", OF_PLACED)
def test_whole_and_single_proof_promise_the_same(name: str) -> None:
    flow = OURS.replace("no: refused", "no: unclear")

    alone = result_named(name, placed_proof(flow))
    whole = result_named(name, prove(placing(flow), Scope(since=SINCE), calls=50))

    assert (alone.holds, str(alone.why)) == (whole.holds, str(whole.why))


def test_nothing_is_promised_of_calls_that_nobody_places() -> None:
    assert not {
        result.name for result in proof_of("told: {say: {zh-CN: 好。, en-US: Right.}, next: goodbye}\n").results
    } & {*OF_PLACED}


@pytest.mark.parametrize(
    ("was", "now", "why", "shortest"),
    [
        ("no_input: {tries: 2, next: later}", "no_input: {tries: 2, next: goodbye}", "no result of it is on record",
         ["silence", "silence"]),
        ("2: {label: {zh-CN: 打错了, en-US: wrong number}, next: wrong}",
         "2: {label: {zh-CN: 打错了, en-US: wrong number}, next: goodbye}", "no result of it is on record", ["打错了"]),
        ("stop: {follow_up: opted_out, next: goodbye}", "stop: {follow_up: opted_out, next: later}",
         '"opted_out" is on record of our call, and now "later" too.', ["别打了"]),
        ("refused: {follow_up: not_accepted, next: why}", "refused: {follow_up: not_accepted, next: accept}",
         '"not_accepted" is on record of our call, and now "accepted" too.', ["可以", "no", "yes"]),
        ("wrong: {follow_up: wrong_person, next: goodbye}", "wrong: {run: agent, next: later}",
         "no result of it is on record", ["打错了", "yes"]),
    ],
)  # fmt: skip
def test_each_path_without_exactly_one_result_is_found(was: str, now: str, why: str, shortest: list[str]) -> None:
    result = result_named("one result", placed_proof(OURS.replace(was, now)))

    assert why in result.why
    assert moves(result) == shortest


def test_whoever_is_put_through_has_a_result_by_then(monkeypatch: pytest.MonkeyPatch) -> None:
    flow = OURS.replace("wrong: {follow_up: wrong_person, next: goodbye}", "wrong: {run: agent, next: goodbye}")
    monkeypatch.setattr(OnRecord, "_put_through", lambda self: None)

    result = result_named("one result", placed_proof(flow))
    assert result.why == "the customer is put through before any result of our call is on record."
    assert moves(result) == ["打错了"]


def test_whoever_hangs_up_needs_no_result() -> None:
    recorded_first = OURS.replace("no: refused", "no: why").replace(
        "no_input: goodbye, no_match: goodbye, next: goodbye", "no_input: refused, no_match: refused, next: refused"
    ).replace("next: why}", "next: goodbye}")  # fmt: skip

    assert result_named("one result", placed_proof(recorded_first)).holds


@pytest.mark.parametrize(
    ("was", "now", "why", "shortest"),
    [
        ("no: refused", "no: unclear", '"no" has to record not_accepted, and records unclear.', ["可以", "no"]),
        ("no: refused", "no: why", '"no" has to record not_accepted before anything else is asked', ["可以", "no"]),
        ("no: refused", "no: accepted", '"no" has to record not_accepted, and records accepted.', ["可以", "no"]),
        ("yes: accepted", "yes: refused", '"yes" has to record accepted, and records not_accepted.', ["可以", "yes"]),
        ("    yes: accepted\n    no: refused", "    yes: refused\n    no: accepted", "has to record", ["可以", "yes"]),
        ("follow_up: accepted", "follow_up: unclear", '"yes" has to record accepted, and records unclear.',
         ["可以", "yes"]),
        ("no_input: {tries: 2, next: unclear}", "no_input: {tries: 2, next: refused}",
         '"no_input" has to record unclear, and records not_accepted.', ["可以", "silence", "silence"]),
        ("no_input: {tries: 2, next: unclear}", "no_input: {tries: 2, next: hello}",
         '"no_input" has to record unclear before anything else is asked', ["可以", "silence", "silence"]),
        ("follow_up: unclear", "follow_up: later", '"no_match" has to record unclear, and records later.',
         ["可以", "no_match", "no_match"]),
        ("3: {label: {zh-CN: 改日, en-US: another day}, next: later}",
         "3: {label: {zh-CN: 改日, en-US: another day}, next: accept}\n      5: "
         "{label: {zh-CN: 不, en-US: no}, next: refused}", "has to record", []),
        ("next: accept}", "next: accepted}", "has to record not_accepted", []),
    ],
)  # fmt: skip
def test_a_no_that_does_not_reopen_at_once_is_found(was: str, now: str, why: str, shortest: list[str]) -> None:
    result = result_named("a no reopens", placed_proof(OURS.replace(was, now)))

    assert not result.holds
    assert why in result.why
    assert moves(result) == shortest or not shortest


@pytest.mark.parametrize("result", ["wrong_person", "opted_out", "accepted"])
def test_silence_is_nobodys_word(result: str) -> None:
    proof = placed_proof(OURS.replace("later: {follow_up: later", f"later: {{follow_up: {result}"))

    found = result_named("silence is no answer", proof)
    assert found.why == f"{result} is recorded, and nobody said anything."
    assert moves(found) == ["no_match", "no_match"]


def test_a_result_of_every_choice_can_be_promised() -> None:
    written = """\
- {choice: ours.hello 2, leads to: follow_up wrong_person}
- {choice: ours.hello 3, leads to: follow_up later}
- {never: ours.accept, after: follow_up later}
- {never: ours.why, before: follow_up not_accepted}
"""
    sound = prove(placing(promises=written), Scope(since=SINCE), calls=50)
    unsound = OURS.replace("follow_up: unclear", "follow_up: later").replace("next: wrong}", "next: later}")
    broken = prove(placing(unsound, promises=written), Scope(since=SINCE), calls=50)

    assert [result.holds for result in sound.results[-4:]] == [True] * 4
    assert [result.holds for result in broken.results[-4:]] == [False, True, True, True]
