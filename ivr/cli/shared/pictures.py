"""The pictures of a hotline's flows, as `ivr graph` writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ivr.cli.shared.example_language import example_language
from ivr.cli.shared.graph_layers import Layer
from ivr.drawing.build import ALL, View, graph_of
from ivr.drawing.dot import dot
from ivr.drawing.graph import Graph
from ivr.drawing.marks import Marks, graphs
from ivr.drawing.material import material, runs_in
from ivr.drawing.mermaid import mermaid
from ivr.drawing.page import Picture, page
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg
from ivr.errors import InvalidArgument, SettingInvalid
from ivr.flow.known import as_known
from ivr.flow.likely import did_you_mean
from ivr.flow.parse import parse
from ivr.lint.findings import findings_of
from ivr.lint.partly import partly_compiled
from ivr.messages.message import Message

FORMATS: Mapping[str, Callable[[Graph, Marks], str]] = {
    "svg": lambda graph, marks: svg(placed(graph), marks), "mermaid": mermaid, "dot": dot,
}  # fmt: skip
"""By the name of a format, what writes a picture in it, with what is laid over it."""
OPENED_IN = ("svg",)
"""The formats that show flows opened in place."""
ENDINGS: Mapping[str, str] = {"svg": "svg", "mermaid": "mmd", "dot": "dot"}
"""By the name of a format, how its files end."""


class Pictures:
    """Draws the flows of files, errors or not. `InvalidArgument` for a language or an opened flow there is not."""

    def __init__(self, layer: Layer, language: str = "", opened: str = "") -> None:
        files, self.marks = layer.files, layer.marks
        known, findings = as_known(parse(files, as_meant=True)), findings_of(files)
        self.release = partly_compiled(known)
        self.material = material(known, self.release, findings)
        self.errors = sum(finding.severity == "error" for finding in findings)
        spoken = example_language(language, self.release) or self.release.first_language
        self.view = View(spoken, frozenset(filter(None, map(str.strip, opened.split(",")))))
        self.unopened = set(self.view.opened - {ALL})
        for flow in sorted(self.unopened):
            self._known(flow)

    def drawn(self, flow: str, shape: str = "svg") -> str:
        """One flow's picture."""
        self._known(flow)
        graph = graph_of(self.material, flow, self.view)
        self.unopened -= {found.flow for found in graphs(graph)} - {flow}
        return FORMATS[shape](graph, self.marks(graph))

    def not_opened(self, drawn: str, shape: str) -> Iterator[Message]:
        """What was to be opened and is not in any picture, and why."""
        if shape not in OPENED_IN:
            if self.view.opened:
                yield Message("graph-command.open-svg", shape=shape)
            return
        runs = {name: tuple(dict.fromkeys(runs_in(flow))) for name, flow in self.material.flows.items()}
        for flow in sorted(self.unopened):
            through = tuple(name for name in _reached(runs, drawn) if flow in runs[name] and name != drawn)
            if through:
                yield Message("graph-command.unopened-through", flow=flow, through=through)
            elif runs.get(drawn):
                yield Message("graph-command.unopened-here", flow=flow, drawn=drawn, here=runs[drawn])
            else:
                yield Message("graph-command.unopened", flow=flow)

    def write_all(self, folder: Path, shape: str) -> Iterator[Path]:
        """Every flow's picture into the folder, and the page that shows them; each file once it is written."""
        shown = []
        for name, flow in self.material.flows.items():
            file = f"{name}.{ENDINGS[shape]}"
            yield written(folder / file, self.drawn(name, shape))
            text = "" if shape == "svg" else (folder / file).read_text(encoding="utf-8")
            shown.append(Picture(name, flow.title(self.view.language), file, len(flow.steps), text))
        yield written(folder / "index.html", page(self.release.title, self.view.language, shown))

    def _known(self, flow: str) -> None:
        if flow not in self.material.flows:
            known = tuple(self.material.flows)
            meant = did_you_mean(Path(flow).stem.casefold(), known, 0.5)
            if meant:
                raise InvalidArgument(Message("graph-command.flow-meant", flow=flow, hint=meant))
            raise InvalidArgument(Message("graph-command.no-flow", flow=flow, known=known))


def _reached(runs: Mapping[str, Sequence[str]], flow: str) -> list[str]:
    """The flows that a flow goes through, and those that these go through."""
    found = [flow] if flow else []
    for each in found:
        found.extend(name for name in runs[each] if name in runs and name not in found)
    return found


def written(path: Path, text: str) -> Path:
    """Write a file, and the folders it stands in. `SettingInvalid` where that cannot be done. A file of flows is never
    written over: a slip of the keyboard would lose it."""
    if path.suffix in (".yaml", ".yml"):
        raise InvalidArgument(Message("graph-command.over-flow", path=str(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as failed:
        raise SettingInvalid(Message("graph-command.unwritable", path=str(path), why=failed.strerror or "")) from failed
    return path
