"""Whatever is done to a file, lint answers with findings: at once, each at a place that is there, never a traceback."""

from __future__ import annotations

import random
from datetime import date

import pytest
from work import calls_made

from ivr.flow.release import read_files
from ivr.lint.findings import findings_of
from ivr.lint.formats.text import report_lines

SIGNS = "{}[]:,#\"'*&!|>%@`1，："
VALUES = ("yes", "no", "[]", "{}", "[a, b]", "{a: b}", "{x}", "3", "flow nowhere", "", "return word", "back", "1-9",
          '"{foo:bar}"', "zh-CN")  # fmt: skip
KEYS = ("next", "save", "menu", "say", "choices", "run", "case", "transfer", "branch", "set", "with", "is", "label",
        "no_input", "languages", "scale", "hours")  # fmt: skip


def edited(chance: random.Random, text: str) -> str:
    """A file after one slip: a line gone, doubled, cut, moved in or out; a key, a value or a sign changed."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    column = chance.randrange(len(line) + 1)
    key, colon, value = line.partition(":")
    indent = " " * (len(key) - len(key.lstrip()))
    lines[at : at + 1] = chance.choice(
        [
            [], [line, line], [line[:column]], [f"  {line}"], [line.removeprefix("  ")],
            [f"{key[:-1]}{colon}{value}"], [f"{key}: {chance.choice(VALUES)}"],
            [f"{indent}{chance.choice(KEYS)}{colon}{value}"], [line[:column] + chance.choice(SIGNS) + line[column:]],
            [f"{indent}# ivr: ignore[dead-end, {chance.choice(KEYS)}] why", line],
        ]
    )  # fmt: skip
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(40))
def test_lint_answers_with_findings(seed: int) -> None:
    chance = random.Random(seed)
    files = read_files(chance.choice(["flows", "docs/small", "tests/flows/three_languages"]))
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(sorted(files))
        files[name] = edited(chance, files[name].decode()).encode()
    texts = {name: raw.decode() for name, raw in files.items()}

    findings = findings_of(files, "live", date(2026, 12, 15))

    assert list(report_lines(findings, files))[:1] == [str(finding) for finding in findings[:1]]
    for finding in findings:
        lines = texts.get(finding.file, "").split("\n")
        assert 1 <= finding.line <= len(lines) and 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
        assert finding.end_column == 0 or finding.end_column > finding.column, finding


@pytest.mark.parametrize(
    ("before", "mistake"), [("en-US: Welcome.", "press 6 95594 {{ }} "), ("steps:\n", "# ivr: ignore[x] y\n")]
)
def test_twice_as_many_of_one_mistake_are_about_twice_the_work(before: str, mistake: str) -> None:
    def work(times: int) -> int:
        files = dict(read_files("docs/small"))
        text = files["docs/small/main.yaml"].decode()
        at = text.index(before) + (len(before) if "Welcome" in before else 0)
        files["docs/small/main.yaml"] = f"{text[:at]}{mistake * times}{text[at:]}".encode()
        assert findings_of(files, "live")
        return calls_made(lambda: findings_of(files, "live"))

    assert work(2000) < 2.5 * work(1000)
