"""However a caller's number is written in words, those who need not phone it do not read it."""

from __future__ import annotations

import pytest

from ivr.console.masking import masked, masked_case


@pytest.mark.parametrize(
    "text",
    [
        "13800138000", "+8613800138000", "138 0013 8000", "138/0013/8000", "138,0013,8000", "138_0013_8000",
        "138:0013:8000", "138*0013*8000", "138–0013–8000", "021－5550－0123", "202 \u2011555\u20110123",
        "138\u00a00013\u00a08000", "138\n0013\n8000", "138   0013   8000", "138\u200b0013\u200b8000",
        "2 0 2, 5 5 5, 0 1 2 3", "一三八零零一三八零零零", "壹叁捌零零壹叁捌零零零", "洞两拐五五五洞幺", "①③⑧⓪⓪①③⑧",
        "two oh two five five five oh one two three", "one three eight double oh one three",
    ],
)  # fmt: skip
def test_a_number_in_a_note_is_hidden(text: str) -> None:
    said = masked(f"call {text} please")
    assert "••••" in said and said.startswith("call ") and said.endswith(" please")
    assert not any(part in said for part in ("1380", "2025", "555", "五五五", "five five", "叁捌零"))


@pytest.mark.parametrize("text", ["one card, two fees", "1,200 yuan", "三天之内", "by noon on 3 May", "room 12"])
def test_what_is_no_number_of_a_caller_is_read(text: str) -> None:
    assert masked(text) == text


def test_a_long_text_is_masked_from_end_to_end() -> None:
    assert masked("1 two , " * 50_000 + "_" * 100_000).startswith("••••")


def test_a_number_said_in_a_later_call_is_hidden() -> None:
    untold = {"at": "2026-03-02T10:00:00+08:00", "call": "CA1", "text": None}
    said = {**untold, "text": "call 13800138000"}
    assert [each["text"] for each in masked_case({"said_later": [said, untold]})["said_later"]] == [
        "call ••••8000",
        None,
    ]
