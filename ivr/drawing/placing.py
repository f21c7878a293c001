"""From the model to places: strands, columns, bands, order, heights; then every card and arrow has its place."""

from __future__ import annotations

from collections.abc import Sequence

from ivr.drawing.band import BandPlacing
from ivr.drawing.bands import breaks, crossed
from ivr.drawing.boxes import box_of
from ivr.drawing.focus import tell_apart
from ivr.drawing.graph import Arrow, Graph
from ivr.drawing.layers import layers
from ivr.drawing.link import STRAIGHT, Link
from ivr.drawing.placed import Band, Placed, Route
from ivr.drawing.strands import STEM, strands

FILE_WIDTH = 1520.0
"""How wide the bands of a file are to be."""
BAND_GAP = 64.0
STEM_AT = 30.0
"""So far from the left edge of a card the arrow to the one below it leaves."""
BEFORE_FRAME = 36.0
"""Room on the left of a picture in a frame, for the sign of its beginning."""


def placed(graph: Graph, wide: float = FILE_WIDTH) -> Placed:
    """Place a graph, and before it every flow that is opened in it."""
    found = [graph]
    for each in found:
        found.extend(card.inner for card in each.cards.values() if card.inner)
    done: dict[int, Placed] = {}
    for each in reversed(found):
        inner = {id: done[_of(card.inner)] for id, card in each.cards.items() if card.inner}
        done[_of(each)] = _Placing(each, inner, wide).placed()
    return done[_of(graph)]


def _of(graph: Graph) -> int:
    return id(graph)


class _Placing:
    def __init__(self, graph: Graph, inner: dict[str, Placed], wide: float) -> None:
        self.graph, self.wide = graph, wide
        sizes = {name: (each.width + BEFORE_FRAME, each.height) for name, each in inner.items()}
        boxes = {name: box_of(card, sizes.get(name)) for name, card in graph.cards.items()}
        self.result = Placed(graph, boxes, inner)
        self.strands = strands(graph, boxes)
        self.home = {member: head for head, members in self.strands.items() for member in members}
        self.offset: dict[str, float] = {}

    def placed(self) -> Placed:
        home = self.home
        pairs = [(home[arrow.source], home[arrow.target]) for arrow in self.graph.arrows]
        pairs = [(source, target) for source, target in pairs if source != target]
        layer = layers(list(self.strands), pairs, self.home.get(self.graph.first, ""))
        widths = self._widths(layer)
        self._widen(layer, widths)
        begins = breaks([width + BandPlacing.USUAL_GAP for width in widths], crossed(layer, pairs), self.wide)
        links = [self._link(at, arrow) for at, arrow in enumerate(self.graph.arrows)]
        across = [link for link in links if link.source != link.target]
        band = {head: sum(layer[head] >= begin for begin in begins) for head in self.strands}
        kept = [link for link in across if band[link.source] == band[link.target]]
        for link in (link for link in across if band[link.source] != band[link.target]):
            self._jump(link)
        top = 0.0
        for number, first in enumerate([0, *begins]):
            heads = [head for head in self.strands if band[head] == number]
            mine = [link for link in kept if band[link.source] == number]
            if heads:
                top = self._band(heads, mine, {head: layer[head] - first for head in heads}, top)
        self._down([link.arrow for link in links if link.source == link.target], home)
        tell_apart(self.graph, self.result.boxes)
        self.result.height = max((band.top + band.height for band in self.result.bands), default=0.0)
        return self.result

    def _link(self, number: int, arrow: Arrow) -> Link:
        source, box = self.home[arrow.source], self.result.boxes[arrow.source]
        port = sum(box.rows[row] for row in arrow.rows) / len(arrow.rows)
        low = self.offset[arrow.source]
        return Link(number, arrow, source, self.home[arrow.target], low + port, low * STRAIGHT + port)

    def _jump(self, link: Link) -> None:
        """Rows whose arrow would leave its band end in a chip; of a flow that is gone to nothing else is left."""
        self.result.jumps |= dict.fromkeys(((link.arrow.source, row) for row in link.arrow.rows), link.target)
        if not self.graph.cards[link.target].is_step and link.target in self.strands:
            del self.strands[link.target], self.result.boxes[link.target]

    def _widths(self, layer: dict[str, int]) -> list[float]:
        widths = [0.0] * (max(layer.values(), default=0) + 1)
        for head, members in self.strands.items():
            widest = max(self.result.boxes[member].w for member in members)
            widths[layer[head]] = max(widths[layer[head]], widest)
        return widths

    def _widen(self, layer: dict[str, int], widths: list[float]) -> None:
        """The cards of a column are equally wide, but for flags and where a frame stands; their words use the room."""
        cards, boxes = self.graph.cards, self.result.boxes
        framed = {layer[self.home[name]] for name in self.result.inner}
        for head, members in self.strands.items():
            below = 0.0
            for member in members:
                if layer[head] not in framed and cards[member].is_step:
                    boxes[member] = box_of(cards[member], at_least=widths[layer[head]])
                self.offset[member] = below
                below += boxes[member].h + STEM

    def _band(self, heads: Sequence[str], links: Sequence[Link], column: dict[str, int], top: float) -> float:
        """Place a band; where the next one begins."""
        placing = BandPlacing(self.result, {head: self.strands[head] for head in heads}, column, links)
        placing.place(top)
        members = [member for head in heads for member in self.strands[head]]
        self.result.bands.append(Band(top, placing.height, members))
        self.result.routes += placing.routes()
        self.result.width = max(self.result.width, placing.width)
        self.result.crossings += placing.crossings
        return top + placing.height + BAND_GAP

    def _down(self, arrows: Sequence[Arrow], home: dict[str, str]) -> None:
        """One short arrow from each card of a strand to the next, for all its rows."""
        joined: dict[tuple[str, str], Arrow] = {}
        for arrow in arrows:
            known = joined.setdefault((arrow.source, arrow.target), arrow)
            if known is not arrow:
                tone = known.tone if arrow.tone == "give-up" else arrow.tone
                joined[arrow.source, arrow.target] = Arrow(arrow.source, arrow.target, (*known.rows, *arrow.rows), tone)
        for arrow in joined.values():
            box, below = self.result.boxes[arrow.source], self.result.boxes[arrow.target]
            self.result.routes.append(Route(arrow, [box.y + box.h], [], (box.x + STEM_AT, below.y), down=True))
