"""Coverage as one page of HTML that needs nothing else."""

from __future__ import annotations

from html import escape

from ivr.explore.coverage_report import Coverage
from ivr.lint.own_examples import examples_by_menu, own_examples, shared
from ivr.messages.message import Message
from ivr.messages.reader import language, shown

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


HEADS = ("coverage.page.where", "coverage.page.step", "coverage.page.exit", "coverage.page.language")

TOPIC_HEADS = (
    "coverage.page.step", "coverage.page.language", "coverage.page.at-once", "coverage.page.asked",
    "coverage.page.elsewhere", "coverage.page.lost",
)  # fmt: skip


def page(coverage: Coverage, said: str = "") -> str:
    """The page, in the reader's language; `said`: HTML of what callers said."""
    release, walked = coverage.release, len(coverage.walked)
    title = _said(Message("coverage.page.title", hotline=release.title, percent=f"{coverage.percent:.1f}%"))
    total = walked + len(coverage.missing)
    about = _said(Message("coverage.page.about", fixtures=coverage.fixtures, walked=walked, total=total))
    flow, spoken, done = (
        _said(Message("coverage.page.flow")),
        _said(Message("coverage.page.language")),
        _said(Message("coverage.page.walked")),
    )
    rows = "".join(_row(*row) for row in coverage.flows())
    return (
        f'<!doctype html><html lang="{language()}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1><p>{about}</p>"
        f"<table><tr><th>{flow}</th><th>{spoken}</th><th></th><th>{done}</th></tr>{rows}</table>"
        f"{_gaps(coverage)}{_topics(coverage)}{said}{_failed(coverage)}</html>"
    )


def _gaps(coverage: Coverage) -> str:
    if not coverage.missing:
        return f"<p>{_said(Message('coverage.page.nothing-left'))}</p>"
    rows = "".join(
        f"<tr><td><code>{escape(file)}:{line}</code></td><td>{escape(item.flow)}.{escape(item.step)}</td>"
        f"<td>{escape(item.what)}</td><td>{escape(item.language)}</td></tr>"
        for file, line, item in coverage.gaps()
    )
    heads = "".join(f"<th>{_said(Message(head))}</th>" for head in HEADS)
    return f"<h2>{_said(Message('coverage.page.gaps'))}</h2><table><tr>{heads}</tr>{rows}</table>"


def _topics(coverage: Coverage) -> str:
    """How the hotline's own examples are heard, each unseen: in all, and by menu."""
    menus = examples_by_menu(coverage.parsed)
    if not menus:
        return ""
    said = "".join(f"<p>{_said(shared(share))}</p>" for share in own_examples(coverage.parsed))
    rows = "".join(
        f"<tr><td>{escape(menu)}</td><td>{escape(share.language)}</td>"
        + "".join(f'<td class="n">{n}</td>' for n in (share.at_once, share.asked, share.elsewhere, share.lost))
        + "</tr>"
        for menu, shares in menus.items()
        for share in shares
    )
    heads = "".join(f"<th>{_said(Message(head))}</th>" for head in TOPIC_HEADS)
    return f"<h2>{_said(Message('coverage.page.topics'))}</h2>{said}<table><tr>{heads}</tr>{rows}</table>"


def _failed(coverage: Coverage) -> str:
    if not coverage.failed:
        return ""
    files = "".join(f"<li><code>{escape(file)}</code></li>" for file in coverage.failed)
    return f"<h2>{_said(Message('coverage.page.failed'))}</h2><ul>{files}</ul>"


def _said(message: Message) -> str:
    return escape(shown(message))


def _row(flow: str, spoken: str, walked: int, missing: int) -> str:
    share = 100 * walked / (walked + missing)
    return (
        f"<tr><td>{escape(flow)}</td><td>{escape(spoken)}</td>"
        f'<td><div class="bar"><div style="width:{share:.1f}%"></div></div></td>'
        f'<td class="n">{_said(Message("coverage.page.of", walked=walked, total=walked + missing))}</td></tr>'
    )
