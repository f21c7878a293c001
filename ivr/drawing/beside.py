"""What stands around a picture with marks: the sentence above it, steps that are gone beside it, the list below."""

from __future__ import annotations

from collections.abc import Iterator

from ivr.drawing.boxes import NARROWEST, TITLE
from ivr.drawing.graph import Graph
from ivr.drawing.mark_signs import disc, frame, tag
from ivr.drawing.marks import Marks, Said, ghosts, listed
from ivr.drawing.measure import cut, cut_middle, measure, plain, wrap
from ivr.drawing.placed import Placed
from ivr.drawing.rows import in_picture
from ivr.drawing.xml import number as n
from ivr.drawing.xml import text, titled
from ivr.messages.message import Message

APART = 64.0
"""Between the picture and the steps that are gone, and the list."""
GHOST_HEIGHT, GHOST_GAP = 30.0, 22.0
LINE, BETWEEN = 17.0, 9.0
LEAST_ROOM, MOST_ROOM = 720.0, 1400.0
"""The width of the list."""
BESIDE_SIGN, INDENT, WIDEST_PLACE = 24.0, 14.0, 300.0
"""In the list: from its left edge to places, from a sentence to what it adds below, and the most that places take."""
MOST_LISTED = 60
SIZE = 12.0


def heading(graph: Graph, marks: Marks, origin: tuple[float, float]) -> tuple[str, float]:
    """The sentence that says what is marked, behind the name of the file; and where it ends."""
    if not marks.summary:
        return "", 0.0
    x = origin[0] + measure(f"{graph.flow}.yaml", 13) + 24
    summary = plain(marks.summary)
    return text("m-what", (x, origin[1] - 24), summary, 13), x + measure(summary, 13) * 1.05 + origin[0]


def beside(placed: Placed, marks: Marks) -> tuple[str, float, float]:
    """The steps that are gone, in a column at the right of the picture; its width, and how low it goes."""
    gone = ghosts(marks, placed.graph)
    if not gone:
        return "", 0.0, 0.0
    wide = max(NARROWEST, *(measure(plain(ghost.step), TITLE) + 30 for ghost in gone))
    wide = min(wide, 2 * NARROWEST)
    x, y, parts = placed.width + APART, 0.0, []
    for ghost in gone:
        name = plain(ghost.step)
        told = "\n".join(said.text for said in marks.of(ghost.flow, ghost.step))
        card = f'<rect class="m-gone" width="{n(wide)}" height="{n(GHOST_HEIGHT)}" rx="9"/>'
        card += frame("removed", wide, GHOST_HEIGHT)
        card += text("m-strike", (14, 19.5), cut(name, TITLE, wide - 28), TITLE, wide - 28)
        parts.append(f'<g transform="translate({n(x)} {n(y)})">{titled(told)}{card}{tag("removed", wide)}</g>')
        y += GHOST_HEIGHT + GHOST_GAP
    return "".join(parts), APART + wide, y


def below(graph: Graph, marks: Marks, at: tuple[float, float], width: float) -> tuple[str, float, float]:
    """The list of what is marked, from `at` on; its width and height."""
    x, y = at
    rows = [said for said in listed(marks, graph) if said.text]
    if not rows:
        return "", 0.0, 0.0
    room = min(max(width, LEAST_ROOM), MOST_ROOM)
    places = [measure(plain(said.where), SIZE) for said in rows[:MOST_LISTED] if said.where]
    begins = BESIDE_SIGN + (min(max(places), WIDEST_PLACE) + 14 if places else 0.0)
    top = y + APART
    parts = []
    for said in rows[:MOST_LISTED]:
        drawn, lines = _item(said, (x, top), begins, room)
        parts.append(drawn)
        top += lines * LINE + BETWEEN
    if len(rows) > MOST_LISTED:
        more = in_picture(Message("overlay.more", n=len(rows) - MOST_LISTED), graph.language)
        parts.append(text("m-where", (x + BESIDE_SIGN, top + 4), more, SIZE))
        top += LINE
    return "".join(parts), room, top - y + 8


def _item(said: Said, at: tuple[float, float], begins: float, room: float) -> tuple[str, int]:
    """A sentence with its sign and its place, and below it what it adds; and how many lines that takes."""
    x, y = at
    where = plain(said.where)
    parts = [disc(said.look, x + 8, y)]
    if where:
        shown = cut_middle(where, SIZE, begins - BESIDE_SIGN - 14)
        parts.append(text("m-where", (x + BESIDE_SIGN, y + 4), shown, SIZE))
    first, *others = said.text.splitlines() or [""]
    lines = [("m-said", begins, line) for line in _lines(first, room - begins)]
    for other in others:
        lines += [("m-more", begins + INDENT, line) for line in _lines(other, room - begins - INDENT)]
    for number, (style, left, line) in enumerate(lines):
        parts.append(text(style, (x + left, y + 4 + number * LINE), line, SIZE))
    return "".join(parts), max(1, len(lines))


def _lines(words: str, room: float) -> Iterator[str]:
    yield from wrap(plain(words), SIZE, max(room, 240.0), 4)
