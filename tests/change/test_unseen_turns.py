"""Most turns are taken on the draft alone, because they meet no edit. That must never change the impact of a call."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from invented_calls import invented

from ivr.change.diff.compare import difference
from ivr.change.impact.changed import changed
from ivr.change.impact.compare_calls import CallComparison
from ivr.errors import FlowInvalid
from ivr.flow.compile import compile_release
from ivr.flow.parse import Parsed, parse
from ivr.lint.findings import compiled
from ivr.service.ports import RecordedCall

FLOWS = {path.name: path.read_bytes() for path in sorted((Path(__file__).parents[2] / "flows").glob("*.yaml"))}
BEFORE = parse(FLOWS)
EDITS = (
    (r"((?:next|yes|no|closed|otherwise|answered|none): )([a-z_ ]+)", "target"),
    (r"(tries: )(\d)", "count"),
    (r"(\n      )(\d)(?=:)", "key"),
    (r"(\[)([^\[\]{}:]+)(?=\])", "words"),
    (r"(\n  )([a-z_]+)(?=:\n    [a-z_]+:)", "name"),
    (r"(call\.elderly: )(yes|no)", "flag"),
    (r"(zh-CN: )([^\s{},\"]+。)", "prompt"),
)  # fmt: skip


def edited(chance: random.Random) -> Mapping[str, bytes]:
    """The shipped flows with one to three edits of any kind, wherever they may be wrong."""
    files = dict(FLOWS)
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(files))
        text = files[name].decode()
        pattern, what = chance.choice(EDITS)
        places = list(re.finditer(pattern, text))
        if places:
            found = chance.choice(places)
            new = other(chance, what, found[2], re.findall(r"\n  ([a-z_]+):\n", text))
            files[name] = (text[: found.start(2)] + new + text[found.end(2) :]).encode()
    return files


def other(chance: random.Random, what: str, old: str, steps: Sequence[str]) -> str:
    """What an edit writes in place of `old`."""
    return {
        "target": chance.choice([*steps, "goodbye", "repeat", "flow agent", "return"]),
        "count": str(chance.randint(1, 4)),
        "key": str(chance.randint(1, 8)),
        "words": "xyz",
        "name": f"{old}_too",
        "flag": chance.choice(["yes", "no"]),
        "prompt": "改了。",
    }[what]


def draft(seed: int) -> Parsed:
    """The first of this seed's edits that could go live."""
    chance = random.Random(seed)
    while True:
        files = edited(chance)
        with suppress(FlowInvalid):
            compiled(files)
            return parse(files)


@pytest.fixture(scope="module")
def calls() -> list[RecordedCall]:
    return [call for call, _ in invented(compile_release(BEFORE), range(1, 81))]


def comparison(after: Parsed, *, all_seen: bool) -> CallComparison:
    found = changed(compile_release(BEFORE), compile_release(after), difference(BEFORE, after))
    return CallComparison(replace(found, everywhere=True) if all_seen else found)


@pytest.mark.parametrize("seed", range(20))
def test_turns_taken_on_the_draft_alone_are_the_same_on_both(seed: int, calls: list[RecordedCall]) -> None:
    after = draft(seed)
    places = {(change.flow, change.step) for change in difference(BEFORE, after).changes if change.changes_behavior}

    quick, thorough = comparison(after, all_seen=False), comparison(after, all_seen=True)

    for call in calls:
        impact = quick.impact(call)
        assert impact == thorough.impact(call), call.call
        to_blame = {(one.effect.flow, one.effect.step) for one in impact.effects if one.effect.how != "words"}
        assert to_blame <= places, f"{call.call}: no edit there"
