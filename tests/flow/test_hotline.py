"""hotline.yaml: what would only fail on a live call is a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.lint.findings import findings_of

FLOWS = Path(__file__).parents[2] / "flows"


@pytest.mark.parametrize(
    ("written", "instead", "line"),
    [
        ("time_zone: Asia/Shanghai", "time_zone: Nowhere/City", 4),
        ("country: CN", "country: XX", 5),
        ("holidays: CN", "holidays: Atlantis", None),
    ],
)
def test_a_place_nobody_knows_is_found_before_a_call_needs_it(written: str, instead: str, line: int | None) -> None:
    files = {f"flows/{path.name}": path.read_bytes() for path in FLOWS.glob("*.yaml")}
    text = files["flows/hotline.yaml"].decode()
    assert written in text
    files["flows/hotline.yaml"] = text.replace(written, instead).encode()

    found = findings_of(files)

    assert [finding.code for finding in found] == ["bad-value"]
    assert line is None or found[0].line == line
    assert "such as" in found[0].message + found[0].hint


@pytest.mark.parametrize(
    ("written", "line", "said"),
    [
        ("waive:\n  a persn: a survey has no agents\n", 2, '"a persn" is not one of "never silent", "never endless"'),
        ('waive:\n  a person: ""\n', 2, 'say why it cannot hold here, such as "a survey has no agents"'),
        ("waive:\n  intake kept: [no intake]\n", 2, "say why it cannot hold here"),
        ('waive:\n  a person: {main: ""}\n', 2, "say why it cannot hold here"),
        ("waive:\n  every step and every exit is reached: {main: no}\n", 2, "is about all flows together"),
        ("waive: [a person]\n", 1, "keys with a colon are expected here"),
        ("waive: a person\n", 1, "keys with a colon are expected here"),
    ],
)
def test_a_waiver_names_a_promise_there_is_and_gives_its_reason(written: str, line: int, said: str) -> None:
    files = {f"flows/{path.name}": path.read_bytes() for path in FLOWS.glob("*.yaml")}
    files["flows/hotline.yaml"] = written.encode() + files["flows/hotline.yaml"]

    (found,) = findings_of(files)

    assert (found.code, found.file, found.line) == ("bad-value", "flows/hotline.yaml", line)
    assert said in found.message
    assert found.hint == 'Did you mean "a person"?' or "persn" not in written


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("steps_in_a_turn: 50", "steps_in_a_turn: 0", '"steps_in_a_turn": write a number of at least 5.'),
        ("steps_in_a_turn: 50", "steps_in_a_turn: 900", '"steps_in_a_turn": write a number of at most 500.'),
        ("turns: 200", "turns: 2", '"turns": write a number of at least 10.'),
        (
            "  - {at most: 3 menus, before: an answer}",
            "  - {when: {}, first: a person}",
            "when is empty: write what must hold, such as {caller.visits: {at_least: 3}}.",
        ),
    ],
)
def test_a_number_or_condition_that_cannot_be_is_said_in_our_own_words(written: str, instead: str, said: str) -> None:
    files = {f"flows/{path.name}": path.read_bytes() for path in FLOWS.glob("*.yaml")}
    files["flows/hotline.yaml"] = files["flows/hotline.yaml"].decode().replace(written, instead).encode()

    found = [finding.message for finding in findings_of(files)]

    assert any(said in message for message in found), found
