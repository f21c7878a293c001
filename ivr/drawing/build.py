"""From a flow to the picture's model: its cards, where their rows lead, and the flows that are opened in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.drawing.graph import Arrow, Card, Graph, Row
from ivr.drawing.loops import loops
from ivr.drawing.material import DrawnFlow, Material
from ivr.drawing.measure import plain
from ivr.drawing.rows import Rows, in_picture
from ivr.drawing.unread import NOTHING
from ivr.flow.known import UNKNOWN
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
            for row, target in [*self._ways(card, step), *self._unread_ways(card)]:
                self._lead(card, row, target, pills)
            self._note_problems(card)
        arrows = [arrow for card in self.cards.values() for arrow in _arrows(card)]
        first = next(iter(self.flow.steps), "")
        title = plain(self.flow.title(self.language))
        return Graph(self.flow.name, title, self.language, first, {**self.cards, **pills}, arrows)

    def said(self, code: str, **values: str) -> str:
        """A message in the language of the picture, or in English."""
        return in_picture(Message(code, **values), self.language)

    def _card(self, name: str, step: Step | None) -> Card:
        title = plain(name)
        if step is None:
            return self._unknown(name, title)
        declared = step.declared
        card = Card(name, step.kind.shape, step.kind.name, step.kind.outline, title)
        card.about, card.runs = plain(declared.about), declared.runs
        if declared.runs:
            card.title, card.about = plain(self.material.title(declared.runs, self.language)), title
            self._seek(card)
        card.words, card.most = tuple(self._words(step)), 2 if declared.listening else 3
        card.whole = "\n".join([f"{title} ({step.kind.name})", *card.words])
        return card

    def _unknown(self, name: str, title: str) -> Card:
        """A step nobody could read: what its author called it, and the kind it begins with."""
        unread = self.flow.unread.get(name, NOTHING)
        kind = unread.kind
        card = Card(name, "unknown", kind.name if kind else "", kind.outline if kind else "?", title)
        words = plain(_in_language(unread.words, self.language))
        card.words = (words,) if words else ()
        card.whole = "\n".join([f"{title} ({kind.name})" if kind else title, *card.words])
        return card

    def _seek(self, card: Card) -> None:
        """Mark a card whose flow there is not."""
        if card.runs not in self.material.flows:
            card.lost = True
            card.problems = (self.said("drawing.sign.no-flow", flow=plain(card.runs)),)

    def _words(self, step: Step) -> Iterator[str]:
        """What a card says: the prompt, the values that are set or handed on, the fields of a case."""
        declared = step.declared
        prompt = declared.listening.prompt if declared.listening else declared.says
        if prompt:
            yield plain(self.material.words(prompt, self.language))
        yield from _assignments(declared.sets)
        yield from _assignments(declared.hands)
        if declared.puts:
            others = {name: value for name, value in declared.puts.items() if value != f"={name}"}
            if same := [name for name in declared.puts if name not in others]:
                yield plain(", ".join(same))
            yield from _assignments(others)

    def _ways(self, card: Card, step: Step | None) -> Iterator[tuple[Row, Target | None]]:
        """The rows of the exits of a step, and where each leads as the file says."""
        if step is not None:
            card.rows = Rows(step, self.language).made()
            unled = self.flow.unled.get(card.id, frozenset())
            for row in card.rows:
                exit = row.exits[0]
                yield row, None if exit in unled else step.declared.exits[exit]

    def _unread_ways(self, card: Card) -> Iterator[tuple[Row, Target | None]]:
        """Rows for the ways out that could not be read, before those by which a question is given up."""
        before = next((at for at, row in enumerate(card.rows) if row.tone == "give-up"), len(card.rows))
        for way in self.flow.unread.get(card.id, NOTHING).ways:
            label = plain(_in_language(way.label, self.language)) or ("" if way.key else UNKNOWN)
            row = Row((), "choice" if way.key else "way", plain(way.key), label)
            row.problems = tuple(
                in_picture(problem.text, self.language)
                for problem in self.flow.problems.get(card.id, ())
                if problem.entry[: len(way.path)] == way.path
            ) or (self.said("drawing.row.unread"),)
            card.rows.insert(before, row)
            before += 1
            yield row, way.leads

    def _note_problems(self, card: Card) -> None:
        """What is wrong with a step is told on its card, and on the rows it is about."""
        problems = self.flow.problems.get(card.id, ())
        card.problems = tuple(in_picture(problem.text, self.language) for problem in problems) or card.problems
        for row in card.rows:
            about = [problem for problem in problems if problem.exit and problem.exit in row.exits]
            if about:
                row.problems = tuple(in_picture(problem.text, self.language) for problem in about)

    def _lead(self, card: Card, row: Row, target: Target | None, pills: dict[str, Card]) -> None:
        """Say where a row leads: an arrow's target, or the sign it ends with."""
        if target is None or target.name == UNKNOWN:
            row.end, row.word = "missing", self.said("drawing.row.nowhere")
            row.problems = row.problems or (self.said("drawing.sign.nowhere"),)
        elif target.to == "step":
            row.leads, row.word = target.name, plain(target.name)
            if target.name not in self.flow.steps:
                row.leads, row.end = "", "missing"
                row.problems = row.problems or (self.said("drawing.sign.missing", step=row.word),)
            elif (card.id, target.name) in self.loops:
                row.end = "loop"
        elif target.to != "flow":
            row.end, row.word = target.to, plain(target.name)
            if target.to in _WORDS:
                row.word = self.said(_WORDS[target.to])
        elif row.tone == "give-up" and target.name in self.material.flows:
            row.end, row.word = "flow", plain(self.material.title(target.name, self.language))
            row.label = self.said("drawing.row.leads", what=row.label, where=row.word)
        else:
            row.leads = self._pill(card, target, pills)

    def _pill(self, card: Card, target: Target, pills: dict[str, Card]) -> str:
        """The card of a flow that is gone to; no step has such a name."""
        id = f"{card.id} → {target.name}"
        title = plain(self.material.title(target.name, self.language))
        pills[id] = Card(id, "flag", title=title, whole=title, runs=target.name)
        self._seek(pills[id])
        return id


def _in_language(words: str | Mapping[str, str], language: str) -> str:
    return words if isinstance(words, str) else words.get(language) or next(iter(words.values()), "")


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
