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
