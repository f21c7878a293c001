"""Coverage as one page of HTML that needs nothing else."""

from __future__ import annotations

from html import escape

from ivr.explore.coverage_report import Coverage

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #ddd }
td.n { text-align: right; font-variant-numeric: tabular-nums }
.bar { background: #f3d9d9; height: .7rem; min-width: 8rem } .bar div { background: #3a7d44; height: 100% }
code { font-size: .9em }
@media (prefers-color-scheme: dark) { body { background: #161616; color: #eee } th, td { border-color: #444 } }
"""


def page(coverage: Coverage) -> str:
    """The page."""
    rows = "".join(_row(*row) for row in coverage.flows())
    gaps = "".join(
        f"<tr><td><code>{escape(file)}:{line}</code></td><td>{escape(item.flow)}.{escape(item.step)}</td>"
        f"<td>{escape(item.what)}</td><td>{escape(item.language)}</td></tr>"
        for file, line, item in coverage.gaps()
    )
    failed = "".join(f"<li><code>{escape(file)}</code></li>" for file in coverage.failed)
    heads = "".join(f"<th>{head}</th>" for head in ("where", "step", "what", "language"))
    missing = f"<h2>Not walked</h2><table><tr>{heads}</tr>{gaps}</table>"
    title = f"{escape(coverage.release.title)}: {coverage.percent:.1f}% walked"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1>"
        f"<p>By {coverage.fixtures} fixtures: {len(coverage.walked)} of "
        f"{len(coverage.walked) + len(coverage.missing)} exits, re-asks and confirmations, in each language.</p>"
        f"<table><tr><th>flow</th><th>language</th><th></th><th>walked</th></tr>{rows}</table>"
        f"{missing if gaps else '<p>Nothing is left.</p>'}"
        f"{f'<h2>Failed fixtures</h2><ul>{failed}</ul>' if failed else ''}</html>"
    )


def _row(flow: str, language: str, walked: int, missing: int) -> str:
    share = 100 * walked / (walked + missing)
    return (
        f"<tr><td>{escape(flow)}</td><td>{escape(language)}</td>"
        f'<td><div class="bar"><div style="width:{share:.1f}%"></div></div></td>'
        f'<td class="n">{walked} of {walked + missing}</td></tr>'
    )
