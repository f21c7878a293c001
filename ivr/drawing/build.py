"""From a flow to the picture's model: its cards, where their rows lead, and the flows that are opened in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.drawing.graph import Arrow, Card, Graph, Row
from ivr.drawing.loops import loops
from ivr.drawing.material import DrawnFlow, Material
from ivr.drawing.measure import plain
from ivr.drawing.rows import Rows
from ivr.messages.message import Message
from ivr.steps.step import Step
from ivr.steps.target import Target

DEEPEST = 3
"""So deep flows are opened in one another."""
ALL = "all"
"""Opens every flow that is gone through."""

_WORDS = {"repeat": "drawing.row.again", "back": "drawing.row.back"}
"""What stands in the chips of ways that lead to no step."""


@dataclass(frozen=True, slots=True)
class View:
    """How a flow is looked at: the language of its words, and which flows are opened in place (`ALL`: each)."""

    language: str
    opened: frozenset[str] = frozenset()

    def opens(self, flow: str) -> bool:
        """Whether a flow is opened where it is gone through."""
        return flow in self.opened or ALL in self.opened


def graph_of(material: Material, flow: str, view: View) -> Graph:
    """The model of a flow's picture."""
    whole = _Builder(material, material.flows[flow], view).built()
    ahead: list[tuple[Graph, tuple[str, ...]]] = [(whole, (flow,))]
    while ahead:
        graph, path = ahead.pop()
        for card in graph.cards.values():
            inside = card.runs if card.is_step else ""
            if inside in material.flows and inside not in path and len(path) <= DEEPEST and view.opens(inside):
                card.inner = _Builder(material, material.flows[inside], view).built()
                ahead.append((card.inner, (*path, inside)))
    return whole


class _Builder:
    def __init__(self, material: Material, flow: DrawnFlow, view: View) -> None:
        self.material, self.flow, self.language = material, flow, view.language
        self.cards: dict[str, Card] = {}
        self.loops = loops(flow)

    def built(self) -> Graph:
        pills: dict[str, Card] = {}
        for name, step in self.flow.steps.items():
            card = self.cards[name] = self._card(name, step)
            for row in card.rows:
                self._lead(card, row, step, pills)
        arrows = [arrow for card in self.cards.values() for arrow in _arrows(card)]
        first = next(iter(self.flow.steps), "")
        title = plain(self.flow.title(self.language))
        return Graph(self.flow.name, title, self.language, first, {**self.cards, **pills}, arrows)

    def _card(self, name: str, step: Step | None) -> Card:
        problems = tuple(self.flow.problems.get(name, ()))
        title = plain(name)
        if step is None:
            return Card(name, "unknown", icon="?", title=title, whole=title, problems=problems)
        declared = step.declared
        card = Card(name, step.kind.shape, step.kind.name, step.kind.outline, title, problems=problems)
        card.about, card.runs = plain(declared.about), declared.runs
        if declared.runs:
            card.title, card.about = plain(self.material.title(declared.runs, self.language)), title
        card.words, card.most = tuple(self._words(step)), 2 if declared.listening else 3
        card.rows = Rows(step, self.language).made()
        card.whole = "\n".join([f"{title} ({step.kind.name})", *card.words])
        return card

    def _words(self, step: Step) -> Iterator[str]:
        """What a card says: the prompt, the values that are set or handed on, the fields of a case."""
        declared = step.declared
        prompt = declared.listening.prompt if declared.listening else declared.says
        if prompt:
            yield plain(self.material.words(prompt, self.language))
        yield from _assignments(declared.sets)
        yield from _assignments(declared.hands)
        if declared.case and declared.case.fields:
            yield plain(", ".join(declared.case.fields))

    def _lead(self, card: Card, row: Row, step: Step | None, pills: dict[str, Card]) -> None:
        """Say where a row leads: an arrow's target, or the sign it ends with."""
        assert step is not None
        target = step.declared.exits[row.exits[0]]
        if target.to == "step":
            row.leads, row.word = target.name, plain(target.name)
            if target.name not in self.flow.steps:
                row.leads, row.end = "", "missing"
            elif (card.id, target.name) in self.loops:
                row.end = "loop"
        elif target.to != "flow":
            row.end, row.word = target.to, plain(target.name)
            if target.to in _WORDS:
                row.word = Rows(step, self.language).said(Message(_WORDS[target.to]))
        elif row.tone == "give-up":
            row.end, row.word = "flow", plain(self.material.title(target.name, self.language))
            shown = Message("drawing.row.leads", what=row.label, where=row.word)
            row.label = Rows(step, self.language).said(shown)
        else:
            row.leads = self._pill(card, target, pills)

    def _pill(self, card: Card, target: Target, pills: dict[str, Card]) -> str:
        """The card of a flow that is gone to; no step has such a name."""
        id = f"{card.id} → {target.name}"
        title = plain(self.material.title(target.name, self.language))
        pills[id] = Card(id, "flag", title=title, whole=title, runs=target.name)
        return id


def _assignments(values: Mapping[str, str]) -> Iterator[str]:
    """Values that are copied or written, as `Declared` notes them; values of a type alone are answers."""
    for name, value in values.items():
        if value.startswith("="):
            yield plain(f"{name} = {{{value[1:]}}}")
        elif value.startswith('"'):
            yield plain(f"{name} = {value[1:]}")


def _arrows(card: Card) -> list[Arrow]:
    """Rows beside one another that lead to one card share an arrow."""
    found: list[Arrow] = []
    before = Row(())
    for at, row in enumerate(card.rows):
        if row.leads and not row.end:
            if before.leads == row.leads and not before.end and (before.tone == "give-up") == (row.tone == "give-up"):
                found[-1].rows = (*found[-1].rows, at)
            else:
                found.append(Arrow(card.id, row.leads, (at,), row.tone))
        before = row
    return found
