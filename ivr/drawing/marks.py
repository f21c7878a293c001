"""What is laid over the picture of a flow: marks by step and exit, as data. They never move a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from ivr.drawing.graph import Card, Graph, Row
from ivr.flow.model import StepKey

Look = Literal["new", "changed", "removed", "finding", "unwalked", "partly"]
"""How a mark looks: each has a colour, and a sign or a line of its own, so that colour is never alone. An exit is
walked `partly` where some languages are missing."""
SHORTCUT = "shortcut "
"""How exits begin that are the hotline's own keys, which no row of a card stands for."""


class ExitKey(NamedTuple):
    """An exit of a step of a flow."""

    flow: str
    step: str
    exit: str


class Said(NamedTuple):
    """A sentence about a step, or with `exit` about one of its exits; `where` is `file:line`, if there is one.

    `step` is empty where the sentence is about the flow, or about the hotline.
    """

    flow: str
    step: str
    text: str
    look: Look
    exit: str = ""
    where: str = ""


class Focus(NamedTuple):
    """Where the words of a card begin to be others than they were: the number of a paragraph, and the character."""

    paragraph: int
    at: int


class Went(NamedTuple):
    """How often an exit was taken by those who came into its flow by a way: the steps that led in, the last of them
    last. With an empty exit: how often they hung up there."""

    way: tuple[StepKey, ...]
    key: ExitKey
    calls: int


class Ghost(NamedTuple):
    """A step that is no longer there, and its kind."""

    flow: str
    step: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What is marked, in every flow.

    `summary` is the sentence over the picture. `cards` and `rows` say how what is marked looks; `said` is what is told
    of it, on hovering and in the list below. `focus` says where the words of a card begin to differ. `taken` counts how
    often each exit was taken, `left` how often callers hung up at a step; both are None where nobody counted. `ways`
    has both by the way callers came; inside frames only those count who came by their `path`.
    """

    summary: str = ""
    cards: Mapping[StepKey, Look] = field(default_factory=dict)
    rows: Mapping[ExitKey, Look] = field(default_factory=dict)
    said: Sequence[Said] = ()
    ghosts: Sequence[Ghost] = ()
    focus: Mapping[StepKey, Focus] = field(default_factory=dict)
    ways: Sequence[Went] = ()
    path: tuple[StepKey, ...] = ()
    taken: Mapping[ExitKey, int] | None = None
    left: Mapping[StepKey, int] = field(default_factory=dict)

    def look(self, flow: str, step: str) -> Look | None:
        """How a card is marked."""
        return self.cards.get(StepKey(flow, step))

    def row_look(self, flow: str, step: str, row: Row) -> Look | None:
        """How a row is marked: as the first of its exits that is; partly walked where another exit of it is walked."""
        looks = [self.rows.get(ExitKey(flow, step, exit)) for exit in row.exits]
        if "unwalked" in looks and None in looks:
            return "partly"
        return next((look for look in looks if look), None)

    def count(self, flow: str, step: str, row: Row) -> int:
        """How often a row was taken, by any of its exits."""
        return sum((self.taken or {}).get(ExitKey(flow, step, exit), 0) for exit in row.exits)

    def within(self, step: StepKey) -> Marks:
        """The marks inside the frame of a step: where calls are counted, of those alone who came through it."""
        if not self.ways:
            return self
        path = (*self.path, step)
        taken: Counter[ExitKey] = Counter()
        left: Counter[StepKey] = Counter()
        for way, key, calls in self.ways:
            if way[-len(path) :] == path and key.exit:
                taken[key] += calls
            elif way[-len(path) :] == path:
                left[StepKey(key.flow, key.step)] += calls
        return replace(self, taken=taken, left=left, path=path)

    def by_keys(self, flow: str, step: str) -> Mapping[str, int]:
        """How often a step was left by a key of the hotline, by key."""
        return {
            key.exit.removeprefix(SHORTCUT): count
            for key, count in (self.taken or {}).items()
            if (key.flow, key.step) == (flow, step) and key.exit.startswith(SHORTCUT)
        }

    def of(self, flow: str, step: str) -> list[Said]:
        """What is said of a step and of its exits."""
        return [said for said in self.said if (said.flow, said.step) == (flow, step)]


NO_MARKS = Marks()
NOWHERE: Mapping[StepKey, Focus] = {}


def difference_marks(
    said: Sequence[Said],
    ghosts: Sequence[Ghost] = (),
    summary: str = "",
    focus: Mapping[StepKey, Focus] = NOWHERE,
) -> Marks:
    """The marks of an edit: new steps, changed ones with the exits that changed, and those that are gone."""
    cards: dict[StepKey, Look] = {}
    rows: dict[ExitKey, Look] = {}
    for each in said:
        if each.step and each.look != "removed":
            key = StepKey(each.flow, each.step)
            cards[key] = "new" if each.look == "new" and not each.exit else cards.get(key, "changed")
        if each.exit:
            rows.setdefault(ExitKey(each.flow, each.step, each.exit), each.look)
    return Marks(summary=summary, cards=cards, rows=rows, said=said, ghosts=ghosts, focus=focus)


def finding_marks(said: Sequence[Said], summary: str = "") -> Marks:
    """The marks of findings, each on the step it is in."""
    cards: dict[StepKey, Look] = {StepKey(each.flow, each.step): "finding" for each in said if each.step}
    return Marks(summary=summary, cards=cards, said=said)


def unwalked_marks(said: Sequence[Said], graph: Graph, summary: str = "") -> Marks:
    """The marks of what no call has walked. An exit is marked on its row; a re-ask ("no_input 2") on the row of the
    exit it may end in, as a part of it; and what has no row on its card."""
    cards: dict[StepKey, Look] = {}
    rows: dict[ExitKey, Look] = {}
    exits = {
        ExitKey(found.flow, card.id, exit)
        for found in graphs(graph) for card in found.cards.values() for row in card.rows for exit in row.exits
    }  # fmt: skip
    for each in said:
        own, ended = (ExitKey(each.flow, each.step, name) for name in (each.exit, each.exit.split(" ")[0]))
        if own in exits:
            rows[own] = each.look
        elif ended in exits:
            rows.setdefault(ended, "partly")
        elif each.step:
            cards[StepKey(each.flow, each.step)] = "unwalked"
    return Marks(summary=summary, cards=cards, rows=rows, said=said)


def traffic_marks(
    taken: Mapping[ExitKey, int], left: Mapping[StepKey, int], summary: str = "", ways: Sequence[Went] = ()
) -> Marks:
    """The marks of calls: how often each exit was taken, and how often callers hung up at a step."""
    return Marks(summary=summary, taken=taken, left=left, ways=ways)


def graphs(graph: Graph) -> Iterable[Graph]:
    """A picture's flow, and the flows opened in it, each once."""
    found: dict[str, Graph] = {}
    waiting = [graph]
    while waiting:
        at = waiting.pop(0)
        if at.flow not in found:
            found[at.flow] = at
            waiting += [card.inner for card in at.cards.values() if card.inner is not None]
    return found.values()


def visits(graph: Graph, marks: Marks) -> Mapping[str, int]:
    """How often each card was come to: what left it and who hung up there, or what led to it where that is more (a
    flow that is gone through need not come back)."""
    came: Counter[str] = Counter()
    went: Counter[str] = Counter()
    for (flow, step, _), count in (marks.taken or {}).items():
        if flow == graph.flow:
            went[step] += count
    for (flow, step), count in marks.left.items():
        if flow == graph.flow:
            went[step] += count
    for card in graph.cards.values():
        for row in card.rows:
            if row.leads in graph.cards:
                came[row.leads] += marks.count(graph.flow, card.id, row)
    return {id: max(came[id], went[id]) for id in graph.cards}


def busiest(graph: Graph, marks: Marks) -> int:
    """What the widest ribbon stands for: the most that went one way, by an arrow or by a row; at least 1."""
    rows = [(card.id, row) for card in graph.cards.values() for row in card.rows]
    most = max((marks.count(graph.flow, id, row) for id, row in rows), default=0)
    for arrow in graph.arrows:
        card = graph.cards[arrow.source]
        most = max(most, sum(marks.count(graph.flow, card.id, card.rows[at]) for at in arrow.rows))
    return max(most, 1)


def told(marks: Marks, graph: Graph, card: Card) -> Sequence[str]:
    """What is told of a card on hovering."""
    return [f"{said.where}: {said.text}" if said.where else said.text for said in marks.of(graph.flow, card.id)]


def listed(marks: Marks, graph: Graph) -> Sequence[Said]:
    """What is told below the picture: of the flows that are in it, and of the hotline itself."""
    shown = {found.flow for found in graphs(graph)} | {""}
    return [said for said in marks.said if said.flow in shown]


def ghosts(marks: Marks, graph: Graph) -> Sequence[Ghost]:
    """The steps of the picture's own flow that are no longer there, in the order they had."""
    return [ghost for ghost in marks.ghosts if ghost.flow == graph.flow]
