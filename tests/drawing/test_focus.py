"""What a card shows of words that are too long for it: where they differ, and no more lines than before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pictures import cards, graph, graph_of, quoted, shipped

from ivr.drawing.build import View
from ivr.drawing.focus import focus_of, focused
from ivr.drawing.graph import Graph
from ivr.drawing.marks import Marks
from ivr.drawing.placing import placed

LONG = "Thank you for your patience. We are open from nine to five. We are closed on Sundays and on all holidays. "


def saying(words: str) -> Graph:
    """A flow that says something."""
    return graph(f"one:\n  say: {{en-US: {quoted(words)}}}\n  next: goodbye\n")


def shown(after: Graph, before: Graph, card: str = "one") -> str:
    """What a card shows of an edit."""
    return " ".join(focused(placed(after), Marks(focus=focus_of(after, before))).boxes[card].lines)


def test_an_edit_at_the_end_of_long_words_is_seen() -> None:
    before, after = saying(LONG + "Call tomorrow."), saying(LONG + "Call on Monday.")

    assert "Call on Monday." in shown(after, before) and shown(after, before).startswith("…")
    assert shown(saying(LONG), before).endswith("on all holidays."), "what is gone was at the end"
    assert shown(saying("Short"), before) == "Short" and shown(after, after).startswith("Thank you")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=300), st.data())
def test_no_card_has_other_lines_than_it_has_room_for(words: str, data: st.DataObject) -> None:
    words = words.replace("{", "")
    at = data.draw(st.integers(0, len(words)))
    before, after = saying(words), saying(words[:at] + "changed" + words[at:])

    plain, other = placed(after), focused(placed(after), Marks(focus=focus_of(after, before)))

    assert cards(other) == cards(plain)
    assert len(other.boxes["one"].lines) <= len(plain.boxes["one"].lines)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_two_receipts_that_begin_alike_show_where_they_differ(language: str) -> None:
    boxes = placed(graph_of(shipped(), "complaint", View(language))).boxes

    assert boxes["receipt"].lines != boxes["receipt_anyway"].lines
