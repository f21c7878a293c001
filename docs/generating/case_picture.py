"""docs/case-states.svg and its Chinese twin: the statuses of a case and the moves between them.

Where a box stands and how an arrow runs is written here; what arrows there are comes from the table of moves. A move
that no arrow shows, or an arrow that no move makes, is a ValueError: draw it, or take it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from generating.case_edges import edges, staying
from generating.case_terms import LANGUAGES, TERMS, status_word, term

from ivr.case.case import FINAL, LIVING

DOCS = Path(__file__).parents[1]
WIDTH, HEIGHT = 1190, 516
BOX = (122, 78)
CHARACTERS = {"en": 15, "zh-CN": 9}
"""What fits into a line of a box."""


class Route(NamedTuple):
    """An arrow: the words it stands for as `source>target word`, its path, and where its word is written. Of several
    moves between two statuses each has a line of its own in `at`."""

    shows: tuple[str, ...]
    path: str
    at: tuple[tuple[float, float, str], ...]
    tone: str = "on"
    side: str = "middle"


PLACES = {
    "open": (52, 197), "acknowledged": (240, 197), "in_progress": (428, 197), "decided": (616, 197),
    "follow_up_due": (804, 197), "closed": (1028, 72), "closed_unconfirmed": (1028, 197), "withdrawn": (1028, 318),
}  # fmt: skip
ROUTES = (
    Route(("start>open opened",), "M22 236 H46", ()),
    Route(("start>closed opened",), "M18 228 V30 H1116 V66", ((590, 24, "opened"),)),
    Route(("closed>open unanswered",), "M1062 72 V52 H76 V191", ((590, 46, "unanswered"),), "back"),
    Route(("open>closed answered",), "M108 197 V94 H1022", ((590, 88, "answered"),)),
    Route(("open>in_progress taken",), "M140 197 V172 H462 V191", ((301, 166, "taken"),)),
    Route(("open>acknowledged assigned",), "M174 236 H234", ((203, 228, "assigned"),)),
    Route(("acknowledged>in_progress taken",), "M362 236 H422", ((391, 228, "taken"),)),
    Route(("in_progress>decided decided",), "M550 236 H610", ((579, 228, "decided"),)),
    Route(("decided>follow_up_due told",), "M738 236 H798", ((767, 228, "told"),)),
    Route(("decided>closed told",), "M677 197 V116 H1022", ((770, 110, "told"),)),
    Route(("follow_up_due>closed accepted",), "M865 197 V138 H1022", ((943, 132, "accepted"),)),
    Route(
        ("follow_up_due>closed_unconfirmed unreached", "follow_up_due>closed_unconfirmed opted_out"),
        "M926 236 H1022", ((974, 228, "unreached"), (974, 252, "opted_out")),
    ),
    Route(("closed_unconfirmed>closed accepted",), "M1116 197 V156", ((1110, 179, "accepted"),), side="end"),
    Route(
        ("follow_up_due>in_progress not_accepted", "closed_unconfirmed>in_progress not_accepted"),
        "M1089 275 V298 H865 M865 275 V298 H520 V281", ((692, 292, "not_accepted"),), "back",
    ),
    Route(
        ("in_progress>acknowledged conflicted", "decided>acknowledged conflicted",
         "follow_up_due>acknowledged conflicted"),
        "M301 396 V281", ((292, 346, "conflicted"),), "back", "end",
    ),
    Route(tuple(f"{status}>withdrawn withdrawn" for status in LIVING), "M946 357 H1022", ((984, 349, "withdrawn"),)),
    Route(
        (*(f"{status}>in_progress reopened" for status in FINAL), "closed>in_progress not_accepted",
         "withdrawn>in_progress not_accepted"),
        "M1089 424 V446 H462 V281", ((776, 440, "reopened"), (776, 462, "not_accepted")), "back",
    ),
)  # fmt: skip
FRAMES = {"living": (34, 150, 912, 246), "final": (1006, 58, 166, 366)}
STYLE = """\
    svg { --paper: #ffffff; --ink: #1a202c; --soft: #4a5568; --frame: #f7f9fc; --edge: #cbd5e0; --on: #2b6cb0;
      --back: #b7571f; --work: #e6f0fa; --done: #e9f5ec; --green: #2f855a; --half: #fdf3e1; --amber: #b7791f; }
    @media (prefers-color-scheme: dark) {
      svg { --paper: #161b22; --ink: #e6edf3; --soft: #a9b4c0; --frame: #1c232d; --edge: #3d4854; --on: #6cb0f5;
        --back: #f0a56b; --work: #1d3350; --done: #193a29; --green: #5cc28b; --half: #3d3019; --amber: #dbab53; } }
    text { fill: var(--ink); font-size: 12.5px; text-anchor: middle }
    .status { font-weight: 600; font-size: 12px } .code, .small { fill: var(--soft); font-size: 11px }
    .code { font-size: 10.5px; font-family: ui-monospace, 'DejaVu Sans Mono', monospace } .start { text-anchor: start }
    .end { text-anchor: end } .word { fill: var(--on) } .back.word { fill: var(--back) }
    .arrow { fill: none; stroke-width: 1.6; stroke-linejoin: round }
    .arrow.on { stroke: var(--on); marker-end: url(#on) } .arrow.back { stroke: var(--back); marker-end: url(#back) }
"""
BOXES = {"closed": ("done", "green"), "closed_unconfirmed": ("half", "amber"), "withdrawn": ("frame", "soft")}


class Picture(NamedTuple):
    """The picture in one language, as docs/generate.py writes it."""

    language: str

    @property
    def PAGE(self) -> Path:  # noqa: N802
        return DOCS / ("case-states.svg" if self.language == "en" else f"{self.language}/case-states.svg")

    def page(self) -> str:
        """The drawing as it must read."""
        _check_shown()
        return "\n".join([*self._head(), *map(self._frame, FRAMES), *self._arrows(), *self._boxes(), *self._foot(), ""])

    def _head(self) -> Iterator[str]:
        fonts = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
            f'height="{HEIGHT}" role="img" font-family="{fonts}">'
        )
        yield f"  <title>{escape(term('picture', 'title', self.language))}</title>"
        yield f"  <style>\n{STYLE}  </style>\n  <defs>"
        for tone in ("on", "back"):
            yield (
                f'    <marker id="{tone}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="8" markerHeight="8" '
                f'orient="auto-start-reverse"><path d="M0 1 L9 5 L0 9 z" fill="var(--{tone})"/></marker>'
            )
        yield f'  </defs>\n  <rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="var(--paper)"/>'

    def _frame(self, name: str) -> str:
        x, y, width, height = FRAMES[name]
        said = escape(term("picture", name, self.language))
        at, side = (x + 14, "start") if name == "living" else (x + width / 2, "middle")
        return (
            f'  <rect x="{x}" y="{y}" width="{width}" height="{height}" rx="14" fill="var(--frame)" '
            f'stroke="var(--edge)" stroke-dasharray="5 4"/>\n'
            f'  <text class="small {side}" x="{at:g}" y="{y + height - 10}">{said}</text>'
        )

    def _arrows(self) -> Iterator[str]:
        yield '  <circle cx="18" cy="236" r="7" fill="var(--on)"/>'
        for route in ROUTES:
            yield f'  <path class="arrow {route.tone}" d="{route.path}"/>'
            for x, y, word in route.at:
                said = escape(self._word(route, word))
                yield f'  <text class="word {route.tone} {route.side}" x="{x:g}" y="{y:g}">{said}</text>'

    def _word(self, route: Route, word: str) -> str:
        """The move's word, and what must be said beside it so that it is understood."""
        beside = TERMS["picture"]["beside"].get(route.shows[0], TERMS["picture"]["beside"].get(word, {}))
        said = term("moves" if word in TERMS["moves"] else "results", word, self.language)
        return f"{said}{beside.get(self.language, '')}"

    def _boxes(self) -> Iterator[str]:
        for status, (x, y) in PLACES.items():
            fill, edge = BOXES.get(status, ("work", "on"))
            width, height = BOX
            yield (
                f'  <rect x="{x}" y="{y}" width="{width}" height="{height}" rx="12" fill="var(--{fill})" '
                f'stroke="var(--{edge})" stroke-width="1.6"/>'
            )
            lines = _lines(status_word(status, self.language), CHARACTERS[self.language])
            top = y + height / 2 - 8 * len(lines) + 4
            for at, line in enumerate([*lines, status]):
                kind = "status" if at < len(lines) else "code"
                yield f'  <text class="{kind}" x="{x + width / 2:g}" y="{top + 16 * at:g}">{escape(line)}</text>'

    def _foot(self) -> Iterator[str]:
        words = [term("moves", name, self.language) for name in staying()]
        comma = ", " if self.language == "en" else "、"
        lines = [
            term("picture", "staying", self.language) + comma.join(words),
            term("picture", "foot", self.language),
        ]
        for line, up in zip(lines, (36, 16), strict=True):
            yield f'  <text class="small start" x="34" y="{HEIGHT - up}">{escape(line)}</text>'
        yield "</svg>"


PICTURES = tuple(map(Picture, LANGUAGES))


def _check_shown() -> None:
    shown = [each for route in ROUTES for each in route.shows]
    there = {f"{edge.source}>{edge.target} {edge.word}" for edge in edges()}
    if set(shown) != there or len(shown) != len(set(shown)):
        raise ValueError(f"case_picture.py: draw {sorted(there - set(shown))}, take out {sorted(set(shown) - there)}")


def _lines(text: str, most: int) -> list[str]:
    """A status in lines that fit its box: broken at blanks, and before a bracket."""
    lines = [""]
    for word in text.replace("（", " （").split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most and "（" not in word:
            lines[-1] = joined
        else:
            lines.append(word)
    return [line for line in lines if line]
