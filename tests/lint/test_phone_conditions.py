"""A phone number is kept with + and the country code: lint says of a condition on another form that it never holds."""

from __future__ import annotations

import pytest
from small import small_files

from ivr.errors import Finding
from ivr.lint.findings import findings_of

GENERIC = 'Write it with + and the country code, such as "+862155500123".'


def never_holds(when: str, keys: str = "") -> list[Finding]:
    steps = f"""
        ask: {{collect: {{zh-CN: 请输入电话。, en-US: Your number.}}, type: phone, save: reach, next: known}}
        known:
          branch:
            - {{when: {when}, next: goodbye}}
            - {{next: goodbye}}
    """
    return [finding for finding in findings_of(small_files(steps, keys=keys)) if finding.code == "never-holds"]


@pytest.mark.parametrize(
    ("when", "hint"),
    [
        ('{call.to: "02155500000"}', 'Write "+862155500000".'),
        ('{call.to: "008621 5550 0000"}', 'Write "+862155500000".'),
        ('{caller.phone: "13912345678"}', 'Write "+8613912345678".'),
        ('{call.from: {not: "13912345678"}}', 'Write "+8613912345678".'),
        ('{caller.phone: ["+8613912345678", "110"]}', GENERIC),
        ("{caller.phone: withheld}", GENERIC),
        ('{reach: "+86 139 1234 5678"}', 'Write "+8613912345678".'),
        ('{caller.phone: {starts_with: "139"}}', 'Write "+86139".'),
        ('{caller.phone: {starts_with: "021"}}', 'Write "+8621".'),
        ('{caller.phone: {starts_with: "00852"}}', 'Write "+852".'),
        ('{reach: {not: {starts_with: "+0"}}}', GENERIC),
    ],
)
def test_a_number_in_another_form_never_holds(when: str, hint: str) -> None:
    (found,) = never_holds(when)

    assert "a phone number begins with + and the country code" in found.message
    assert (found.hint, found.severity) == (hint, "warning")


@pytest.mark.parametrize(
    "when",
    [
        '{call.to: "+862155500000"}',
        '{call.to: "sip:desk@example.com"}',
        '{caller.phone: ["+8613912345678", "+12025550123"]}',
        '{caller.phone: {starts_with: "+86139"}}',
        '{caller.phone: {starts_with: "+"}}',
        "{caller.phone: {known: no}}",
        '{caller.visits: "3"}',
    ],
)
def test_a_number_as_it_is_kept_is_left_alone(when: str) -> None:
    assert never_holds(when) == []


def test_without_a_country_only_the_form_is_told() -> None:
    (found,) = never_holds('{call.to: "02155500000"}', keys='country: ""\ncalls_to: [CN]\n')

    assert found.hint == GENERIC
    assert found.message.in_language("zh-CN") == "“call.to”不会是“02155500000”：电话号码以 + 和国家代码开头。"


def test_a_value_of_the_whole_call_may_be_a_number() -> None:
    (found,) = never_holds('{call.desk: "02155500000"}', keys="call: {desk: {type: phone}}\n")

    assert found.message.startswith('"call.desk" is never "02155500000"')


def test_a_number_in_the_condition_of_a_promise_is_looked_at_too() -> None:
    promise = '{never: transfer agents, while: {call.to: "02155500000", caller.phone: "+8613912345678"}}'
    (found,) = never_holds("{call.recording: yes}", keys=f"promises:\n  - {promise}\n")

    assert found.file == "hotline.yaml" and found.message.startswith('"call.to" is never "02155500000"')
