"""Words under a language the hotline does not speak, and a topics.yaml that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ivr.lint.findings import findings_of

FLOWS = Path(__file__).parents[2] / "flows"


def _codes(file: str, old: str, new: str) -> list[tuple[str, str]]:
    files = {each.name: each.read_bytes() for each in FLOWS.glob("*.yaml")}
    text = files[file].decode()
    assert old in text
    files[file] = text.replace(old, new, 1).encode()
    return [(finding.file, finding.code) for finding in findings_of(files) if finding.severity == "error"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("main.yaml", "words: {zh-CN: [建议, 评价, 表扬]", "words: {zh: [建议, 评价, 表扬]"),
        ("main.yaml", "en-US: [feedback, suggestion]}", "en-US: [feedback], fr-FR: [avis]}"),
        ("hotline.yaml", "words: {zh-CN: [返回, 上一层]", "words: {zh-TW: [返回, 上一层]"),
    ],
)
def test_words_in_a_language_nobody_speaks_here_are_an_error_once(file: str, old: str, new: str) -> None:
    assert _codes(file, old, new) == [(file, "unknown-language")]


@pytest.mark.parametrize("new", ["\tcard_lost:", "   card_lost:\n  - x"])
def test_a_topics_file_that_cannot_be_read_is_said_to_be_that_alone(new: str) -> None:
    found = _codes("topics.yaml", "  card_lost:", new)
    assert found and {file for file, _ in found} == {"topics.yaml"}
