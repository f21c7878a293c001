"""docs/flows/*.svg and their Chinese twins: the shipped flows as `ivr graph` draws them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from ivr.drawing.build import View, graph_of
from ivr.drawing.material import Material, material
from ivr.drawing.placing import placed
from ivr.drawing.svg import svg
from ivr.flow.known import as_known
from ivr.flow.parse import parse
from ivr.flow.release import read_files
from ivr.lint.partly import partly_compiled

DOCS = Path(__file__).parents[1]
FLOWS = DOCS.parent / "flows"
FOLDERS = {"en-US": DOCS / "flows", "zh-CN": DOCS / "zh-CN" / "flows"}


@cache
def _shipped() -> Material:
    known = as_known(parse(read_files(str(FLOWS))))
    return material(known, partly_compiled(known))


class FlowPicture(NamedTuple):
    """The picture of a flow in a language."""

    flow: str
    language: str

    @property
    def PAGE(self) -> Path:
        """The file."""
        return FOLDERS[self.language] / f"{self.flow}.svg"

    def page(self) -> str:
        """Its text as it must read."""
        return svg(placed(graph_of(_shipped(), self.flow, View(self.language))))


FLOW_PICTURES = tuple(
    FlowPicture(file.stem, language)
    for language in FOLDERS
    for file in sorted(FLOWS.glob("*.yaml"))
    if file.stem not in ("hotline", "topics")
)
