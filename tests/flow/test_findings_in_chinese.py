"""What is wrong with a file is told in the reader's language, to the last word of ours."""

from __future__ import annotations

import random
import re

import pytest
from small import small_files
from test_any_edit import edited

from ivr.errors import Finding
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.messages.message import Message
from ivr.source.yaml_file import read_source

WORDS = "{zh-CN: 您好。, en-US: Hello.}"
_THEIRS = re.compile(r"“[^”]*”|`[^`]*`|\{.*\}|\[.*\]|如 .*|（.*）")
"""What is the author's, or is to be written as it stands."""


def left_in_english(findings: list[Finding]) -> list[str]:
    """The sentences of findings that a Chinese reader would get in English."""
    told = [said for finding in findings for said in (finding.message, finding.hint) if said]
    chinese = {str(said): said.in_language("zh-CN") if isinstance(said, Message) else said for said in told}
    return [
        english
        for english, said in chinese.items()
        if not re.search("[\u4e00-\u9fff]", said) or re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", _THEIRS.sub("", said))
    ]


@pytest.mark.parametrize("seed", range(60))
def test_no_sentence_about_an_edit_is_left_in_english(seed: int) -> None:
    chance = random.Random(seed)
    files = read_files(chance.choice(["flows", "docs/small", "tests/flows/three_languages"]))
    for _ in range(6):
        name = chance.choice(sorted(files))
        files[name] = edited(chance, files[name].decode()).encode()

    assert left_in_english(parse(files).findings) == []


@pytest.mark.parametrize(
    "steps",
    [
        f"1st: {{say: {WORDS}, next: goodbye}}",
        f"a: {{type: say, text: {WORDS}, next: goodbye}}",
        f"a: {{say: {WORDS}, menu: {WORDS}}}",
        "a: [say, goodbye]",
        "a: goodbye",
        f"a: {{say: {WORDS}, next: go to b}}",
        f"a: {{say: {WORDS}, next: return to main}}",
        f"a: {{say: {WORDS}, next: nowhere at all}}",
        f"a: {{menu: {WORDS}, scale: 0-10}}",
        f"a: {{menu: {WORDS}, choices: {{10: {{label: {WORDS}}}, A: {{label: {WORDS}}}}}}}",
        f"a: {{menu: {WORDS}, wait: 5, speech: true, confidence: 60, no_input: 3, next: goodbye}}",
        f"a: {{collect: {WORDS}, type: digits, length: 100, range: 9-1, next: goodbye}}",
        f"a: {{collect: {WORDS}, type: digit, length: [4], next: goodbye}}",
        "a: {branch: [{when: {caller.visits: '>3', caller.phone: {knwon: yes}}, next: goodbye}]}",
        "a: {case: complaint, with: 'product, phone', next: goodbye}",
        "a: {hours: 9-17, open: goodbye, closed: goodbye}",
        'a: {transfer: "+862155500100", otherwise: goodbye}',
        "a: {say: {中文: 您好}, next: goodbye}",
    ],
)
def test_no_sentence_about_a_step_is_left_in_english(steps: str) -> None:
    findings = parse(small_files(steps)).findings

    assert findings
    assert left_in_english(findings) == []


@pytest.mark.parametrize(
    "keys",
    [
        "time_zone: Beijing",
        "country: China",
        "calls_to: [UK, Nowhere]",
        "numbers: {021-5550-0000: main}",
        "hours: {agents: {open: {mon-fri: 08:30-20:00}, closed_on: [2026-02-30, 10-01, soon, 1812-01-01]}}",
        "call: {elderly: {type: yesno}}",
        "cases: {complaint: {clock: soon, high: {within: 1s}}}",
        "promises: [{from: somewhere, press: 0}, {never: a persn, before: the end}]",
        "promises: [{at most: 3 thing, before: goodbye}, {from: goodbye, reach: a person}]",
        "promises: [{after: goodbye, always: goodbye, before: the end}, {when: {}, first: a person}]",
        "waive: {a person: '', every step and every exit is reached: {main: no}}",
        "limits: {turns: 2, steps_in_a_turn: 900, next: goodbye}",
    ],
)
def test_no_sentence_about_a_hotline_is_left_in_english(keys: str) -> None:
    findings = parse(small_files(keys=keys)).findings

    assert findings
    assert left_in_english(findings) == []


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\0", b"- a\n", b"a\n", b"a: b\n---\na: b\n", "a: 好".encode("gb18030"), "a: b".encode("utf-16"),
        b"a: \xff\xfe", b"a:\tb\n\tc: d\n\te: f\n", b"a: *b\n", b"a: &b c\n", b"a: !b c\n", b"a: [b\n",
        b"a: [b]]\nc: d\n", b'a: "b\n', b'a: "b" c\n', b'a: "\\q"\n', b"a: b: c\n", b"a: {b, c: d, e}\n",
        b"a: {b: 08:00-09:00, 10:00-11:00}\n", b"*: a\n", b"#: a\n", b"<<: a\n", b"a: b\na: c\n", b"[a]: b\n",
        "a：b\n".encode(), "a: ｛b: c｝\n".encode(), "a: “b”\n".encode(), "a: [b， c]\n".encode(),
        "a: \u200bb\u0007\u2028\ufffd\n".encode(), b"a: @b\n", b"a: b\n  c: d\n", b"a:\n    b: c\n  d: e\n",
        b"a\nb: c\n", b"a: " + b"[" * 30, b"a" * 1_000_001, b"a: \x80\n" * 3, b": b\n",
    ],
)  # fmt: skip
def test_no_sentence_about_a_file_is_left_in_english(raw: bytes) -> None:
    findings = read_source("main.yaml", raw).findings

    assert findings
    assert left_in_english(findings) == []
