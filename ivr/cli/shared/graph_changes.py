"""What an edit marks in the picture of a flow: the changes of `ivr diff`, for files with errors as well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ivr.change.diff.change import Change, Difference
from ivr.change.diff.compare import difference
from ivr.change.diff.wording import side_by_side
from ivr.cli.shared.graph_marks import short
from ivr.cli.shared.revision import Revision
from ivr.drawing.build import View, graph_of
from ivr.drawing.focus import focus_of
from ivr.drawing.graph import Graph
from ivr.drawing.marks import Focus, Ghost, Look, Marks, Said, difference_marks, graphs
from ivr.drawing.material import Material, material
from ivr.drawing.rows import in_picture
from ivr.flow.known import Known, as_known
from ivr.flow.model import StepKey
from ivr.flow.parse import ParsedFlow
from ivr.lint.partly import partly_compiled, with_hotline
from ivr.messages.message import Message

LOOK: Mapping[str, Look] = {"step added": "new", "choice added": "new", "step removed": "removed"}
"""How a change looks; all others are a change."""
OF_EXITS = ("exit", "choice added", "choice moved", "choice value", "choice languages", "said for it", "tries")
"""Changes whose name is an exit's."""
LONGEST_WORDS = 160
"""Characters of both versions of words that changed, around where they differ."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Two versions of flows and what changed between them, as far as both are known."""

    before: Revision
    after: Revision
    old: Known = field(init=False)
    new: Known = field(init=False)
    changed: Difference = field(init=False)
    material: Material = field(init=False)

    def __post_init__(self) -> None:
        old, new = as_known(self.before.parsed), as_known(self.after.parsed)
        put = object.__setattr__
        put(self, "old", old)
        put(self, "new", new)
        put(self, "changed", difference(with_hotline(old.parsed), with_hotline(new.parsed)))
        put(self, "material", material(old, partly_compiled(old)))

    def marks(self, graph: Graph) -> Marks:
        """The marks of the edit in a picture."""
        unread = self._unread()
        changes = [change for change in self.changed.changes if StepKey(change.flow, change.step) not in unread]
        said = [each for change in changes for each in self._said(change, graph.language)]
        said += [self._not_compared(key, graph.language) for key in unread if self._differs(key)]
        gone = [change for change in changes if change.what == "step removed"]
        ghosts = [Ghost(c.flow, c.step, self.old.parsed.flows[c.flow].steps[c.step].kind.name) for c in gone]
        marks = difference_marks(said, ghosts)
        drawn = {found.flow for found in graphs(graph)}
        looks = [look for (flow, _), look in marks.cards.items() if flow in drawn]
        counts = {"new": looks.count("new"), "changed": looks.count("changed")}
        removed = sum(ghost.flow in drawn for ghost in ghosts)
        names = {"before": self.before.name, "after": self.after.name}
        summary = Message("overlay.diff.summary", **names, **counts, removed=removed)
        if not looks and not removed:
            summary = Message("overlay.diff.nothing", **names)
        return difference_marks(said, ghosts, in_picture(summary, graph.language), self._focus(graph))

    def _unread(self) -> dict[StepKey, None]:
        """The steps both versions have, one of which could not be read at all."""
        whole = [key for known in (self.old, self.new) for key, left in known.left_out.items() if not left[0].path]
        return dict.fromkeys(key for key in whole if None not in (_data(self.old, key), _data(self.new, key)))

    def _differs(self, key: StepKey) -> bool:
        return bool(_data(self.old, key) != _data(self.new, key))

    def _not_compared(self, key: StepKey, language: str) -> Said:
        sentence = in_picture(Message("overlay.diff.unread", step=key.step), language)
        return Said(key.flow, key.step, sentence, "changed", where=self._where(key))

    def _said(self, change: Change, language: str) -> Iterator[Said]:
        """What is said of a change; of a new flow, that each of its steps is new."""
        sentence = in_picture(change.sentence, language)
        look = LOOK.get(change.what, "changed")
        if change.what == "flow added":
            yield Said(change.flow, "", sentence, "new")
            for step in self.new.parsed.flows[change.flow].steps:
                yield Said(change.flow, step, "", "new")
            return
        if change.what == "words" and change.before and change.after:
            was, now = side_by_side(change.before, change.after, LONGEST_WORDS)
            both = (Message("diff.words-before", text=was), Message("diff.words-now", text=now))
            sentence = "\n".join([sentence, *(in_picture(each, language) for each in both)])
        exit = change.name if change.what in OF_EXITS and change.step else ""
        yield Said(change.flow, change.step, sentence, look, exit, self._where(StepKey(change.flow, change.step)))

    def _where(self, key: StepKey) -> str:
        flow = self.new.parsed.flows.get(key.flow)
        if flow is None or _data(self.new, key) is None:
            return ""
        return f"{short(flow.source.file)}:{flow.source.key_place(('steps', key.step)).line}"

    def _focus(self, graph: Graph) -> Mapping[StepKey, Focus]:
        found: dict[StepKey, Focus] = {}
        for each in graphs(graph):
            if each.flow in self.material.flows:
                found |= focus_of(each, graph_of(self.material, each.flow, View(graph.language)))
        return found


def _data(known: Known, key: StepKey) -> Any:
    """A step as it is written; None where there is none."""
    flow: ParsedFlow | None = known.parsed.flows.get(key.flow)
    steps = flow.source.data.get("steps") if flow else None
    return steps.get(key.step) if isinstance(steps, dict) else None
