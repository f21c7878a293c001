"""The signs of marks, each with a shape of its own beside its colour, and their style."""

from __future__ import annotations

from collections.abc import Mapping

from ivr.drawing.marks import Look
from ivr.drawing.style import values
from ivr.drawing.xml import number as n

SIGNS: Mapping[Look, str] = {"new": "+", "changed": "~", "removed": "−", "finding": "!", "unwalked": "", "partly": ""}
APART = 4.0
"""Between a card and the outline around it."""
LIGHT: Mapping[str, str] = {"m-good": "#1a7346", "m-warn": "#b45309", "m-bad": "#b42318", "m-hot": "#2f5bd0"}
DARK: Mapping[str, str] = {"m-good": "#5fcf94", "m-warn": "#ff9d2e", "m-bad": "#ff8a7d", "m-hot": "#8aa9ff"}
COLOURS: Mapping[Look, str] = {
    "new": "m-good", "changed": "m-warn", "removed": "m-bad", "finding": "m-warn", "unwalked": "m-warn",
}  # fmt: skip
_BY_LOOK = "".join(
    f".p .m-{look}>.m-frame,.p .m-{look}>.m-ring{{stroke:var(--{colour})}}.p .m-{look}>.m-disc{{fill:var(--{colour})}}"
    for look, colour in COLOURS.items()
)
RULES = """
.p .m-frame{fill:none;stroke-width:2.8}.p .m-finding>.m-frame{stroke-dasharray:9 4}
.p .m-changed>.m-frame{stroke-dasharray:16 3 3 3}
.p .m-unwalked>.m-frame{stroke-dasharray:2 4}.p .m-removed>.m-frame{stroke-dasharray:4 4;stroke-width:1.6}
.p circle.m-disc{stroke:var(--bg);stroke-width:1.5}
.p .m-sign{font-size:13px;font-weight:700;fill:var(--bg);text-anchor:middle}
.p .m-ring{fill:var(--card);stroke-width:2.2}.p .m-gone{fill:var(--card);opacity:.6}
.p .m-strike{font-size:13px;font-weight:600;fill:var(--dim);text-decoration:line-through}
.p .m-hot{fill:none;stroke:var(--m-hot);stroke-opacity:.42}.p .m-hot.give-up{stroke-opacity:.22}
.p .m-n{font-size:11px;font-weight:600;fill:var(--m-hot);text-anchor:end;font-variant-numeric:tabular-nums}
.p .m-n.m-beside{text-anchor:start}.p .m-cover{fill:var(--card)}.p .m-cold{fill:var(--bg);opacity:.5}
.p .m-foot{font-size:11px;fill:var(--dim)}.p .m-left{fill:var(--m-bad)}
.p .m-lost{font-size:11px;font-weight:600;fill:var(--m-bad)}
.p .m-what{font-size:13px;font-weight:600;fill:var(--ink)}.p .m-where{font-size:12px;fill:var(--dim)}
.p .m-said{font-size:12px;fill:var(--ink)}.p .m-more{font-size:12px;fill:var(--dim)}
"""


def mark_css() -> str:
    """The style of all marks, in both themes."""
    dark = f"@media(prefers-color-scheme:dark){{.p{{{values(DARK)}}}}}"
    return f".p{{{values(LIGHT)}}}{dark}{RULES}{_BY_LOOK}"


def frame(look: Look, w: float, h: float) -> str:
    """An outline around a card."""
    size = f'x="{n(-APART)}" y="{n(-APART)}" width="{n(w + 2 * APART)}" height="{n(h + 2 * APART)}" rx="12"'
    return f'<g class="m-{look}"><rect class="m-frame" {size}/></g>'


def tag(look: Look, w: float) -> str:
    """The sign at the upper right corner of a card."""
    return disc(look, w - 8, -APART, 9)


def disc(look: Look, x: float, y: float, radius: float = 8) -> str:
    """A disc with the sign of a look."""
    if look in ("unwalked", "partly"):
        return ring(look, x, y, radius - 2)
    sign = f'<text class="m-sign" x="{n(x)}" y="{n(y + 4.5)}">{SIGNS[look]}</text>'
    return f'<g class="m-{look}"><circle class="m-disc" cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"/>{sign}</g>'


def ring(look: Look, x: float, y: float, radius: float = 5.5) -> str:
    """A hollow ring: nobody has been here; half full, where somebody has been in another language."""
    drawn = f'<circle class="m-ring" cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"/>'
    if look == "partly":
        r = n(radius)
        drawn += f'<path class="m-disc" stroke="none" d="M{n(x)} {n(y - radius)}a{r} {r} 0 0 0 0 {n(2 * radius)}z"/>'
    return f'<g class="m-unwalked">{drawn}</g>'
