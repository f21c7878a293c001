"""A misspelt key is found at any depth, with the key that was meant, once; and all else is judged as it was meant."""

from __future__ import annotations

import pytest

from ivr.errors import Finding
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.lint.findings import findings_of

SLIPS = [
    ("hotline.yaml", "    tries: 3\n", "tires", "tries"),
    ("hotline.yaml", "    wait: 6s ", "wiat", "wait"),
    ("hotline.yaml", "limits: {steps_in_a_turn", "steps_in_turn", "steps_in_a_turn"),
    ("hotline.yaml", "\nlimits: {", "limts", "limits"),
    ("hotline.yaml", "    words: {zh-CN: [返回", "wrods", "words"),
    ("hotline.yaml", "    voice: Polly.Joanna", "voise", "voice"),
    ("hotline.yaml", "{clock: cn-2020", "clok", "clock"),
    ("hotline.yaml", "closed_on: [", "close_on", "closed_on"),
    ("hotline.yaml", "ring: 30s", "rings", "ring"),
    ("hotline.yaml", "  agents: {open", "opne", "open"),
    ("hotline.yaml", "holidays: CN", "holiday", "holidays"),
    ("hotline.yaml", "elderly: {type", "typ", "type"),
    ("hotline.yaml", "time_zone:", "timezone", "time_zone"),
    ("hotline.yaml", "keys: {star: 星号", "starr", "star"),
    ("main.yaml", "      8: {label:", "lable", "label"),
    ("main.yaml", "      1: {is: zh-CN", "iss", "is"),
    ("main.yaml", "words: [普通话", "wrods", "words"),
    ("main.yaml", "    no_input: {tries: 2, next: notice}", "tires", "tries"),
    ("main.yaml", "    no_input: {tries: 2", "no_inptu", "no_input"),
    ("main.yaml", "    announce: no", "anounce", "announce"),
    ("main.yaml", "    whisper:", "wisper", "whisper"),
    ("main.yaml", "    transfer: card", "tranfser", "transfer"),
    ("main.yaml", "    with: [phone]", "wiht", "with"),
    ("main.yaml", "    outcomes:", "outcome", "outcomes"),
    ("main.yaml", "\ntitle:", "titel", "title"),
    ("main.yaml", "\nsteps:", "setps", "steps"),
    ("agent.yaml", "{when: {call.elderly", "wehn", "when"),
    ("agent.yaml", "- {next: hold}", "nxt", "next"),
    ("contact.yaml", "{known: yes}", "knwon", "known"),
    ("contact.yaml", "    confirm: yes", "confrim", "confirm"),
    ("contact.yaml", "      say:\n", "sya", "say"),
    ("feedback.yaml", "    scale: 1-5", "scael", "scale"),
    ("inquiry.yaml", "    yes: return", "yess", "yes"),
]


def lint(file: str, old: str, new: str, profile: str = "draft") -> list[Finding]:
    files = read_files("flows")
    text = files[f"flows/{file}"].decode()
    assert old in text
    files[f"flows/{file}"] = text.replace(old, new, 1).encode()
    return findings_of(files, "live" if profile == "live" else "draft")


@pytest.mark.parametrize(("file", "line", "slip", "meant"), SLIPS)
def test_a_slip_of_the_pen_is_one_finding_that_names_what_was_meant(
    file: str, line: str, slip: str, meant: str
) -> None:
    written = line.replace(meant, slip, 1)
    assert written != line

    findings = lint(file, line, written, profile="live")

    assert len(findings) == 1, [str(finding) for finding in findings]
    assert f'Did you mean "{meant}"?' in findings[0].hint
    assert findings[0].severity == "error"


def test_a_key_of_a_recorded_prompt_is_not_told_as_a_text_that_is_none() -> None:
    findings = lint("contact.yaml", "zh-CN: 请输入您的联系电话，按井号键结束。", "zh-CN: {text: 请输入, audoi: a.wav}")

    assert [finding.code for finding in findings] == ["not-built", "unknown-key"]
    assert 'Did you mean "audio"?' in findings[1].hint


def test_all_else_is_told_too_at_its_place_behind_the_slip() -> None:
    findings = lint(
        "main.yaml", "      8: {label: {zh-CN: 不录音, en-US: no recording}", "      8: {lable: {zh-CN: 不录音}"
    )

    assert {finding.code for finding in findings} == {"unknown-key", "missing-language"}
    text = read_files("flows")["flows/main.yaml"].decode()
    assert {finding.line for finding in findings} == {text.split("      8: {label")[0].count("\n") + 1}


def test_a_slip_in_the_hotline_does_not_hide_those_in_the_flows() -> None:
    files = read_files("flows")
    for name, old, new in (("hotline", "ring: 30s", "rings: 30s"), ("main", "next: flow complaint", "next: complain")):
        files[f"flows/{name}.yaml"] = files[f"flows/{name}.yaml"].replace(old.encode(), new.encode())

    assert [finding.code for finding in findings_of(files)][:2] == ["unknown-key", "unknown-target"]


def test_a_key_that_is_nothing_at_all_is_left_out_and_the_keys_are_listed() -> None:
    findings = lint("main.yaml", "    announce: no\n", "    announce: no\n    colour: red\n")

    assert [finding.code for finding in findings] == ["unknown-key"]
    assert "The keys here are" in findings[0].hint


def test_what_is_to_run_is_never_read_as_it_may_have_been_meant() -> None:
    files = read_files("flows")
    files["flows/main.yaml"] = files["flows/main.yaml"].replace(b"    announce: no", b"    anounce: no")

    parsed = parse(files)

    assert "notice" not in parsed.flows["main"].steps
    assert "notice" in parse(files, as_meant=True).flows["main"].steps
