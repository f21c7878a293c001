"""What an earlier version took, this one takes to the same documents, or the difference is listed by hand."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from recorded_history import read_history

from ivr.cli.shared.in_process_hotline import LAST_RESORT
from ivr.flow.release import from_body, hash_of
from ivr.replay.stored import first_difference, turns_of
from ivr.twilio.twiml import Documents

HERE = Path(__file__).parent
VERSIONS = sorted(path.stem for path in HERE.glob("*.jsonl"))


@cache
def listed() -> set[tuple[str, str, int]]:
    """The differences that are meant: a version, a call, a turn and why, a line each."""
    lines = (HERE / "differences.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(maxsplit=3) for line in lines if line and not line.startswith("#")]
    assert all(len(row) == 4 for row in rows), "each difference says why"
    return {(name, call, int(turn)) for name, call, turn, _ in rows}


@pytest.mark.parametrize("name", VERSIONS)
def test_calls_of_an_earlier_version_get_the_same_documents_for_ever(name: str) -> None:
    history = read_history((HERE / f"{name}.jsonl").read_text(encoding="utf-8"))
    releases = {release: from_body(body) for release, body in history.bodies.items()}
    documents = Documents("", LAST_RESORT)
    differ = set()

    for call, replies in history.calls:
        release = releases[call.release]
        if (turn := first_difference(release, call)) is not None:
            differ.add((name, call.call, turn))
        for n, ((_, taken), reply) in enumerate(zip(turns_of(release, call), replies, strict=True), 1):
            if documents.render(release, taken.verbs, n + 1, call.line) != reply:
                differ.add((name, call.call, n))

    assert sorted(differ) == sorted(row for row in listed() if row[0] == name)


@pytest.mark.parametrize("name", VERSIONS)
def test_a_history_is_whole(name: str) -> None:
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    history = read_history(text)

    assert history.version == name and len(history.calls) > 50
    assert all(len(call.turns) == call.taken == len(replies) for call, replies in history.calls)
    assert all(hash_of(body) == release for release, body in history.bodies.items())
    assert "\n".join(history.lines()) + "\n" == text


def test_this_version_has_recorded_its_history() -> None:
    assert version("ivr") in VERSIONS, "run python tests/histories/record.py"
