"""A hotline.yaml with keys missing: all are told at once; the examples, pasted in, make a hotline without errors."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from small import small_files

from ivr.errors import Finding
from ivr.flow.release import Files
from ivr.lint.findings import findings_of

NEEDED = ["hotline", "default", "time_zone", "languages", "defaults", "limits", "trouble", "goodbye"]
ADD = "Add a line such as "


def without(files: Files, *keys: str) -> dict[str, bytes]:
    """The files, hotline.yaml without some of its keys and all below them."""
    parts = re.split(r"^(?=\w+:)", files["hotline.yaml"].decode(), flags=re.M)
    kept = [part for part in parts if part.split(":", 1)[0] not in keys]
    return {**files, "hotline.yaml": ("".join(kept) or "country: CN\n").encode()}


def missing(files: Files) -> list[Finding]:
    return [finding for finding in findings_of(files) if finding.code == "missing-key"]


def grave(files: Files) -> list[str]:
    return [str(finding) for finding in findings_of(files) if finding.severity == "error"]


def pasted(files: Files, found: list[Finding]) -> dict[str, bytes]:
    lines = [finding.hint.removeprefix(ADD) for finding in found]
    return {**files, "hotline.yaml": files["hotline.yaml"] + "\n".join(["", *lines, ""]).encode()}


def text_line(files: Files) -> int:
    """The line before the languages."""
    return files["hotline.yaml"].decode().split("languages:")[0].count("\n")


def test_all_keys_that_are_missing_are_told_at_once_with_examples_that_work() -> None:
    files = without(small_files(), *NEEDED)

    found = missing(files)

    assert sorted(finding.message.split('"')[1] for finding in found) == sorted(NEEDED)
    assert all(finding.hint.startswith(ADD) for finding in found)
    assert grave(pasted(files, found)) == []


@pytest.mark.parametrize("key", NEEDED)
def test_an_example_fits_into_the_hotline_it_is_missing_in(key: str) -> None:
    files = without(small_files(), key)

    assert grave(pasted(files, missing(files))) == []


def test_the_keys_of_a_language_and_of_the_defaults_are_told_at_once() -> None:
    bare = without(small_files(), "languages", "defaults")
    text = "languages: {zh-CN: {}, en-US: {}}\ndefaults: {wait: 4s}\n"
    files = {**bare, "hotline.yaml": bare["hotline.yaml"] + text.encode()}

    found = missing(files)

    told = [finding.message.split('"')[1] for finding in found]
    assert told.count("voice") == told.count("announce") == 2 and "no_input" in told and "connecting" in told
    hotline = yaml.load(files["hotline.yaml"], Loader=yaml.BaseLoader)
    for finding in found:
        ((key, value),) = yaml.load(finding.hint.removeprefix(ADD), Loader=yaml.BaseLoader).items()
        place = (
            hotline["defaults"]
            if finding.line > 1 + text_line(files)
            else (hotline["languages"]["zh-CN" if finding.column < 20 else "en-US"])
        )
        place[key] = value
    assert grave({**files, "hotline.yaml": json.dumps(hotline, ensure_ascii=False).encode()}) == []


def test_without_a_hotline_it_is_said_how_to_begin_one() -> None:
    files = {name: raw for name, raw in small_files().items() if name != "hotline.yaml"}

    (found,) = [finding for finding in findings_of(files) if finding.code == "missing-file"]

    assert "Begin one with hotline: and a name" in found.hint
    begun = {**files, "hotline.yaml": b"hotline: Mine\n"}
    rest = [line for line in grave(pasted(begun, missing(begun))) if "unknown-hours" not in line]
    assert not any(code in line for line in rest for code in ("missing-key", "bad-value", "unknown-key"))


def test_a_language_nobody_has_words_for_gets_english_ones() -> None:
    text = "flow: main\ntitle: {sv-SE: Hej}\nsteps:\n  a: {say: {sv-SE: Hej.}, next: goodbye}\n"
    files = {"hotline.yaml": b"hotline: Min\n", "main.yaml": text.encode()}

    assert grave(pasted(files, missing(files))) == []
