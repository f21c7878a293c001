"""Colours and type of a picture, light and dark. Contrasts of text are at least 4.5, of outlines 3 (tests/drawing)."""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "bg": "#fbfaf7", "card": "#ffffff", "ink": "#1d2430", "dim": "#59616e", "line": "#c9ced6", "wire": "#7d8797",
    "rounded": "#2f5bd0", "bubble": "#59616e", "cut": "#6b5a2e", "dashed": "#59616e", "double": "#0b6b7d",
    "folded": "#1a7346", "pill": "#8a3ab0", "flag": "#0b6b7d", "unknown": "#b42318", "warn": "#b45309",
    "key": "#1d2430", "keyink": "#ffffff",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "bg": "#14171c", "card": "#1d2128", "ink": "#e8ebf0", "dim": "#a8b0bd", "line": "#3a414d", "wire": "#7f8999",
    "rounded": "#8aa9ff", "bubble": "#a8b0bd", "cut": "#cdbf8a", "dashed": "#a8b0bd", "double": "#5cc8dc",
    "folded": "#5fcf94", "pill": "#d49af0", "flag": "#5cc8dc", "unknown": "#ff8a7d", "warn": "#ff9d2e",
    "key": "#e8ebf0", "keyink": "#14171c",
}  # fmt: skip
SHAPES = ("rounded", "bubble", "cut", "dashed", "double", "folded", "pill", "flag", "unknown")
FONT = 'Inter,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif'
RULES = """
.p .bg{fill:var(--bg)}.p .card{fill:var(--card);stroke:var(--wire);stroke-width:1.2}
.p .h{font-size:20px;font-weight:650;fill:var(--ink)}.p .hs{font-size:13px;fill:var(--dim)}
.p .t{font-size:13px;font-weight:600;fill:var(--ink)}.p .s{font-size:12px;fill:var(--dim)}
.p .r{font-size:12.5px;fill:var(--ink)}.p .g{font-size:11px;fill:var(--dim)}
.p .k{font-size:12px;font-weight:700;fill:var(--keyink);text-anchor:middle}.p .kb{fill:var(--key)}
.p .sep{stroke:var(--line);fill:none}.p .dn{fill:none;stroke:var(--wire);stroke-width:1.4;stroke-linecap:round}
.p .w{fill:none;stroke:var(--wire);stroke-width:1.6;stroke-linecap:round}
.p .w:hover{stroke:var(--ink);stroke-width:3}
.p .w.give-up{stroke-dasharray:1 4.5;stroke-width:1.5}.p .ah{fill:var(--wire)}
.p .chip{fill:var(--bg);stroke:var(--line)}.p .end{fill:var(--dim)}.p .stop{fill:var(--bg)}
.p .sign{fill:none;stroke:var(--dim);stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
.p .inside{fill:var(--bg)}.p .ic{font-size:13px;font-weight:700}
.p .unknown>.card,.p .lost>.card,.p .missing{stroke-dasharray:4 3}.p .missing{stroke:var(--unknown)}
.p .find{fill:var(--warn)}.p .findt{fill:var(--keyink);font-size:12px;font-weight:700;text-anchor:middle}
"""


def css() -> str:
    """The whole style of a picture that stands alone: both themes, as the reader's screen prefers."""
    shapes = "".join(
        f".p .{shape}>.card,.p .{shape}>.bar{{stroke:var(--{shape})}}.p .{shape}>.i{{fill:var(--{shape})}}"
        for shape in SHAPES
    )
    dark = f"@media(prefers-color-scheme:dark){{.p{{{values(DARK)}}}}}"
    last = ".p .lost>.card{stroke:var(--unknown)}.p .dashed>.card{stroke-dasharray:3 3}"
    return f".p{{{values(LIGHT)};font-family:{FONT}}}{dark}{RULES}{shapes}{last}"


def values(colours: Mapping[str, str]) -> str:
    """Colours as variables of CSS."""
    return ";".join(f"--{name}:{value}" for name, value in colours.items())
