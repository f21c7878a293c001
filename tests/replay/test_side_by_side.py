"""Two columns that line up in a terminal, whatever the script."""

from __future__ import annotations

import pytest

from ivr.replay.side_by_side import cells, wrapped


@pytest.mark.parametrize(
    ("text", "wide"), [("press 1", 7), ("请按1", 5), ("ｐ", 2), ("cafe\u0301", 4), ("", 0), ("，", 2), ("é", 1)]
)
def test_a_text_takes_the_cells_a_terminal_gives_it(text: str, wide: int) -> None:
    assert cells(text) == wide


@pytest.mark.parametrize(
    "text", ["请选择服务。挂失或可疑交易，请按1。", "How can we help you with your savings today?", "a" * 40]
)
def test_no_line_is_wider_than_its_column_and_nothing_is_lost(text: str) -> None:
    lines = list(wrapped(text, 11))

    assert all(cells(line) <= 11 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
