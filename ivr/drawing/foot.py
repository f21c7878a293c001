"""Under a card: the calls that left it by none of its rows, so that all numbers add up to that of its head."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.drawing.boxes import SMALL, Box
from ivr.drawing.graph import Card, Graph
from ivr.drawing.marks import Marks
from ivr.drawing.measure import measure
from ivr.drawing.placing import STEM_AT
from ivr.drawing.rows import in_picture
from ivr.drawing.xml import number as n
from ivr.drawing.xml import text, titled
from ivr.flow.model import StepKey
from ivr.messages.message import Message

HUNG_UP = "M5 0v7H1.5L8 14.5 14.5 7H11V0z"
SIGNS = {"star": "*", "pound": "#"}
BETWEEN, SIGN = 14.0, 14.0
AWAY, OTHERWISE = "overlay.traffic.away", "overlay.traffic.otherwise"
"""What is said of those who did not come back from a flow that is run, and of exits that are drawn no more."""
BELOW = 13.0
"""From the card to the line its words stand on."""


def share(count: int, came: int) -> str:
    """A number as a part of another."""
    return f"{count:,} / {came:,} = {100 * count / came:.0f} %"


def foot(graph: Graph, card: Card, box: Box, marks: Marks, came: int) -> str:
    """Who hung up, who pressed a key of the hotline, and who left in another way; in words where there is room for
    them beside the arrow to the next card."""
    right, parts = box.w - 6, []
    for style, words, count in _leavers(graph, card, marks, came):
        sign = SIGN if style == "m-lost" else 0.0
        fits = right - sign - measure(words, SMALL) >= STEM_AT + 12
        shown_as = words if fits else f"+{count:,}"
        width = measure(shown_as, SMALL) + sign
        x = right - width
        drawn = ""
        if style == "m-lost":
            place = f"translate({n(x)} {n(box.h + BELOW - 10)}) scale(.75)"
            drawn, x = f'<path class="m-left" transform="{place}" d="{HUNG_UP}"/>', x + SIGN
        said = titled(f"{words}: {share(count, came)}")
        parts.append(f"<g>{drawn}{text(style, (x, box.h + BELOW), shown_as, SMALL)}{said}</g>")
        right -= width + BETWEEN
    return "".join(parts)


def _leavers(graph: Graph, card: Card, marks: Marks, came: int) -> Iterator[tuple[str, str, int]]:
    left = marks.left.get(StepKey(graph.flow, card.id), 0)
    if left:
        yield "m-lost", in_picture(Message("overlay.traffic.left", calls=left), graph.language), left
    keys = marks.by_keys(graph.flow, card.id)
    pressed = sum(keys.values())
    if pressed:
        shown = " ".join(SIGNS.get(key, key) for key in sorted(keys))
        yield (
            "m-foot",
            in_picture(Message("overlay.traffic.keys", calls=pressed, keys=shown), graph.language),
            pressed,
        )
    away = came - left - pressed - sum(marks.count(graph.flow, card.id, row) for row in card.rows)
    if away:
        code = AWAY if card.runs else OTHERWISE
        yield "m-foot", in_picture(Message(code, calls=away), graph.language), away
