"""What explore tries, and what its random calls bring, is what the rendered document lets a caller send."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from tiny import SINCE, compiled_tiny

from ivr.analysis.value_classes import Classes
from ivr.call.inputs import Digits, Input, Recording, Speech
from ivr.call.verbs import Ask, RecordVerb
from ivr.explore.input_ways import verb_at, ways_at
from ivr.explore.prove import Proof, prove
from ivr.explore.sendable import can_send
from ivr.explore.state_walk import Scope
from ivr.flow.model import Release

STAR = """\
  star:
    next: repeat
    label: {zh-CN: 重听, en-US: this again}
    words: {zh-CN: [再说一遍], en-US: [repeat]}
"""
NO_STAR = (STAR, "")
ASK = Ask("en-US", digits=0, end_key="#", wait=5, gap=3, speech=True)
DEEP = 1500


def proof_of(main: str, hotline: tuple[str, str] = ("", "")) -> Proof:
    return prove(compiled_tiny(main, hotline=hotline), Scope(since=SINCE), calls=DEEP)


def record(more: str = "") -> str:
    return f"""\
story:
  record: {{zh-CN: 请讲。, en-US: Speak.}}
  save: story
  {more}
  no_input: {{tries: 2, next: goodbye}}
  no_match: {{tries: 2, next: goodbye}}
  next: goodbye
"""


def collect(more: str) -> str:
    return f"""\
code:
  collect: {{zh-CN: 请输入。, en-US: Enter.}}
  save: code
  {more}
  no_input: {{tries: 2, next: goodbye}}
  no_match: {{tries: 2, next: mistaken}}
  next: given
given: {{say: {{zh-CN: 好。, en-US: Right.}}, next: goodbye}}
mistaken: {{say: {{zh-CN: 不对。, en-US: Wrong.}}, next: goodbye}}
"""


def menu(keys: str, more: str = "") -> str:
    choices = "".join(f"    {key}: {{label: {{zh-CN: 第{key}, en-US: choice {key}}}, next: goodbye}}\n" for key in keys)
    return f"""\
offers:
  menu: {{zh-CN: 请选择。, en-US: Choose.}}
  {more}
  no_input: {{tries: 2, next: goodbye}}
  no_match: {{tries: 2, next: mistaken}}
  choices:
{choices}mistaken: {{say: {{zh-CN: 不对。, en-US: Wrong.}}, next: goodbye}}
"""


@pytest.mark.parametrize(
    ("main", "hotline"),
    [
        (record(), NO_STAR),
        (record("shortcuts: no"), ("", "")),
        (record("at_most: 3s"), NO_STAR),
        (collect("type: digits\n  end_key: star"), NO_STAR),
        (collect("type: digits\n  end_key: star"), ("", "")),
        (collect("type: digits\n  length: 1"), ("", "")),
        (collect("type: digits\n  length: 1"), NO_STAR),
        (collect("type: digits\n  length: 4\n  speech: no"), ("", "")),
        (collect("type: text\n  speech: no"), ("", "")),
        (collect("type: text\n  speech: no\n  shortcuts: no"), NO_STAR),
        (menu("12345678", "speech: no\n  shortcuts: no"), ("", "")),
        (menu("12345678", "speech: no"), NO_STAR),
        (menu("12", "speech: no"), NO_STAR),
    ],
)
def test_a_walk_knows_every_call_whichever_keys_mean_nothing(main: str, hotline: tuple[str, str]) -> None:
    proof = proof_of(main, hotline)

    assert proof.complete, proof.checked.unknown_turn
    assert [result.why for result in proof.results if not result.holds] == []


def tried(proof: Proof) -> Iterator[tuple[str, Input]]:
    """What the walk has tried in the main flow, beside limits and holds."""
    graph = proof.walked.graph
    for edge in graph.all_edges():
        asked = graph.states[edge.source].stack
        if asked and asked[-1].flow == "main" and edge.way.mover in ("chosen", "answer", "passive"):
            yield edge.way.means, edge.way.input


def keyed(proof: Proof) -> set[str]:
    """What keys have meant there."""
    return {means for means, came in tried(proof) if isinstance(came, Digits)}


def test_a_message_is_ended_only_by_a_key_that_ends_it() -> None:
    keys = {came.key for _, came in tried(proof_of(record("shortcuts: no"))) if isinstance(came, Recording)}

    assert keys == {"#", "0"}


def test_no_message_is_longer_than_the_longest_one() -> None:
    spoken = {came.seconds for _, came in tried(proof_of(record("at_most: 3s"))) if isinstance(came, Recording)}

    assert max(spoken) == 3


def test_a_key_that_ends_an_entry_takes_none_back() -> None:
    means = keyed(proof_of(collect("type: digits\n  length: 4-12\n  end_key: star")))

    assert "shortcut 0" in means
    assert "taken back" not in means and "shortcut star" not in means


def test_a_digit_that_is_a_whole_entry_is_no_shortcut() -> None:
    means = keyed(proof_of(collect("type: digits\n  length: 1")))

    assert "shortcut star" in means
    assert "shortcut 0" not in means and "shortcut 9" not in means


def test_nothing_is_said_where_nobody_listens() -> None:
    proof = proof_of(collect("type: text\n  speech: no"))

    assert not [came for _, came in tried(proof) if isinstance(came, Speech)]
    assert {("main", "code", "no_match"), ("main", "mistaken", "")} == set(map(tuple, proof.unreached))


def test_a_key_nobody_offers_is_tried_where_eight_are_offered_and_9_is_no_shortcut() -> None:
    proof = proof_of(menu("12345678", "speech: no\n  shortcuts: no"))

    assert {came.keys for means, came in tried(proof) if means == "no_match" and isinstance(came, Digits)}
    assert proof.unreached == []


def test_an_entry_too_short_or_no_date_is_tried_by_keys_that_can_be_sent() -> None:
    for kind in ("digits\n  length: 4", "date", "phone", "number", "case_number"):
        proof = proof_of(collect(f"type: {kind}\n  speech: no"))

        assert proof.unreached == [], kind
        assert all(can_send(ASK, came) for means, came in tried(proof) if means == "no_match"), kind


@pytest.mark.parametrize(
    ("verb", "came", "can"),
    [
        (ASK, Digits("12"), True),
        (ASK, Digits("1*"), True),
        (ASK, Digits("12#"), False),
        (ASK, Digits("#1"), False),
        (ASK, Digits(""), False),
        (ASK, Digits("1" * 65), True),
        (ASK, Digits("1" * 66), False),
        (Ask("en-US", 4, "#", 5, 3, False), Digits("12345"), False),
        (Ask("en-US", 4, "#", 5, 3, False), Speech("one"), False),
        (Ask("en-US", 1, "", 5, 3, False), Digits("#"), True),
        (ASK, Recording("RE1", 1), False),
        (RecordVerb("en-US", "#0", 60, 5), Recording("RE1", 5, "*"), False),
        (RecordVerb("en-US", "#0*", 60, 5), Recording("RE1", 5, "*"), True),
        (RecordVerb("en-US", "#0", 60, 5), Recording("RE1", 61), False),
        (RecordVerb("en-US", "#0", 60, 5), Recording("RE1", 60, "hangup"), True),
        (RecordVerb("en-US", "#0", 60, 5), Digits("0"), False),
    ],
)
def test_what_a_document_can_send(verb: Ask | RecordVerb, came: Input, can: bool) -> None:
    assert can_send(verb, came) is can


def test_the_shipped_hotline_is_walked_by_what_it_can_send(hotline: Release) -> None:

    classes = Classes(hotline)
    phases = ("asked", "confirm", "consent", "record")
    for (flow, step), phase in itertools.product(hotline.steps(), phases):
        if not hasattr(step, "listening") or (phase != "asked" and phase not in step.declared.choices):
            continue
        place = (flow.name, step.name, phase, "en-US")
        verb = verb_at(hotline, place)
        inputs = [way.input for group in ways_at(hotline, classes, place) for way in group if way.mover != "limit"]
        assert isinstance(verb, Ask | RecordVerb)
        assert all(can_send(verb, came) for came in inputs if isinstance(came, Digits | Speech | Recording))
