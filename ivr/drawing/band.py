"""One band: its columns ordered, every card and every arrow in it placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ivr.drawing.boxes import ENTERS, Box, tail
from ivr.drawing.columns import Columns, Item, Segment
from ivr.drawing.heights import set_heights
from ivr.drawing.link import Link
from ivr.drawing.order import ordered
from ivr.drawing.placed import Placed, Route, Run
from ivr.drawing.polish import polished
from ivr.drawing.strands import STEM

PASSING = 6.0
"""The height an arrow takes that passes through a column."""
HEAD_LENGTH = 8.0


class BandPlacing:
    """Places the strands of one band. Nothing outside the band has a part in it."""

    GAP = 92.0
    """The most that is between columns, but for what stands at the rows' ends."""
    USUAL_GAP = 70.0
    """What is reckoned with before the arrows are placed."""
    STRAIGHT, PER_HEIGHT, MERGING = 44.0, 0.24, 14.0
    """The room of an arrow that goes straight on; what each pixel it rises or falls takes besides, so that curves are
    no steeper than that; and what rows take that come together."""
    BEHIND_SIGNS = 24.0
    """What signs at the rows' ends may take of that room."""

    def __init__(
        self,
        result: Placed,
        strands: Mapping[str, Sequence[str]],
        column: Mapping[str, int],
        links: Sequence[Link],
    ) -> None:
        self.result, self.strands, self.column, self.links = result, strands, column, links
        self.passing: dict[int, list[Item]] = {link.number: self._passed(link) for link in links}
        self.edges: list[float] = []
        self.rights: list[float] = []
        self.width = self.height = 0.0
        self.crossings = 0

    def place(self, top: float) -> None:
        """Give every card of the band its place below `top`."""
        segments = [segment for link in self.links for segment in self._segments(link)]
        columns, self.crossings = ordered(self._columns(), segments)
        columns, self.crossings = polished(columns, segments, self.crossings)
        set_heights(columns, segments)
        highest = min(item.y for column in columns for item in column)
        for column in columns:
            for item in column:
                item.y += top - highest
        self.height = max(item.y + item.h for column in columns for item in column) - top
        self._place_cards(columns, self._gaps(columns, segments))

    def _gaps(self, columns: Columns, segments: Sequence[Segment]) -> list[float]:
        """The room behind each column for the curves of its arrows."""
        items = {item.id: item for column in columns for item in column}
        merging = {link.source for link in self.links if len(link.arrow.rows) > 1}
        found = [self.STRAIGHT] * len(columns)
        for s in segments:
            source, target = items[s.source], items[s.target]
            rise = abs(target.y + s.enters - source.y - s.leaves)
            room = self.STRAIGHT + rise * self.PER_HEIGHT + (self.MERGING if s.source in merging else 0.0)
            found[source.column] = max(found[source.column], min(room, self.GAP))
        return found

    def _box(self, card: str) -> Box:
        return self.result.boxes[card]

    def _passed(self, link: Link) -> list[Item]:
        between = range(self.column[link.source] + 1, self.column[link.target])
        return [Item(f"\0{link.number}.{at}", at, PASSING, passing=True) for at in between]

    def _segments(self, link: Link) -> list[Segment]:
        stops = [link.source, *(item.id for item in self.passing[link.number]), link.target]
        middle, found = PASSING / 2, []
        for at, (source, target) in enumerate(zip(stops, stops[1:], strict=False)):
            first, last = at == 0, at == len(stops) - 2
            weight = 2.0 if first and last else 3.0 if first or last else 8.0
            weight *= 0.4 if link.arrow.tone == "give-up" else 1.0
            weight *= 1.6 if first and 0 in link.arrow.rows else 1.0
            leaves, pulls = (link.leaves, link.pulls) if first else (middle, middle)
            found.append(Segment(source, target, leaves, pulls, ENTERS if last else middle, weight))
        return found

    def _columns(self) -> Columns:
        """The items of each column, as a walk from the first card comes to them."""
        columns: Columns = [[] for _ in range(max(self.column.values(), default=0) + 1)]
        after: dict[str, list[Link]] = {}
        for link in self.links:
            after.setdefault(link.source, []).append(link)
        seen: set[str] = set()
        for root in self.strands:
            stack = [root]
            while stack:
                head = stack.pop()
                if head in seen:
                    continue
                seen.add(head)
                columns[self.column[head]].append(self._item(head))
                for link in after.get(head, ()):
                    for item in self.passing[link.number]:
                        columns[item.column].append(item)
                stack.extend(link.target for link in reversed(after.get(head, ())))
        return columns

    def _item(self, head: str) -> Item:
        members = self.strands[head]
        height = sum(self._box(member).h for member in members) + STEM * (len(members) - 1)
        return Item(head, self.column[head], height, small=not self.result.graph.cards[head].is_step)

    def _place_cards(self, columns: Columns, gaps: Sequence[float]) -> None:
        x = 0.0
        for column, gap in zip(columns, gaps, strict=True):
            cards = [card for item in column for card in self.strands.get(item.id, ())]
            wide = max((self._box(card).w for card in cards), default=0.0)
            room = max((self._tail(card) + self._box(card).w - wide for card in cards), default=0.0)
            for item in column:
                below = item.y
                for card in self.strands.get(item.id, ()):
                    self._box(card).x, self._box(card).y = x, below
                    below += self._box(card).h + STEM
            self.edges.append(x)
            self.rights.append(x + wide + max(room, 0.0))
            self.width = max(self.width, x + wide + max(room, 0.0))
            x += wide + max(gap, room + gap - self.BEHIND_SIGNS) if column else 0.0

    def _tail(self, card: str) -> float:
        rows = self.result.graph.cards[card].rows
        return max((tail(row, self.result.jump_title(card, at)) for at, row in enumerate(rows)), default=0.0)

    def routes(self) -> list[Route]:
        """The way of every arrow from column to column: straight past all that stands in one, curved between."""
        return [self._route(link) for link in self.links]

    def _route(self, link: Link) -> Route:
        box, target = self._box(link.arrow.source), self._box(link.arrow.target)
        starts = [box.y + box.rows[row] for row in link.arrow.rows]
        edge = box.x + box.w
        runs = [Run(edge, max(edge, self.rights[self.column[link.source]]), sum(starts) / len(starts))]
        for item in self.passing[link.number]:
            runs.append(Run(self.edges[item.column], self.rights[item.column], item.y + PASSING / 2))
        return Route(link.arrow, starts, runs, (target.x, target.y + ENTERS))
