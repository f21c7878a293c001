"""What an edit, findings, coverage and traffic mark in the picture of a flow: their results as plain data for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.change.diff.change import Change, Difference
from ivr.cli.shared.revision import Revision
from ivr.drawing.graph import Graph
from ivr.drawing.marks import (
    ExitKey,
    Ghost,
    Look,
    Marks,
    Said,
    difference_marks,
    finding_marks,
    graphs,
    traffic_marks,
    unwalked_marks,
)
from ivr.errors import Finding
from ivr.explore.coverage import Item
from ivr.explore.coverage_report import Coverage
from ivr.flow.parse import Parsed
from ivr.messages.message import Message
from ivr.messages.reader import shown
from ivr.replay.traffic import Traffic

LOOK: Mapping[str, Look] = {"step added": "new", "choice added": "new", "step removed": "removed"}
"""How a change looks; all others are a change."""
OF_EXITS = ("exit", "choice added", "choice moved", "choice value", "choice languages", "said for it", "tries")
"""Changes whose name is an exit's."""


def change_marks(before: Revision, after: Revision, changed: Difference, graph: Graph) -> Marks:
    """The marks of an edit."""
    said = [each for change in changed.changes for each in _said(change, after.parsed)]
    gone = [change for change in changed.changes if change.what == "step removed"]
    ghosts = [Ghost(c.flow, c.step, before.parsed.flows[c.flow].steps[c.step].kind.name) for c in gone]
    marks = difference_marks(said, ghosts)
    drawn = {found.flow for found in graphs(graph)}
    looks = [look for (flow, _), look in marks.cards.items() if flow in drawn]
    counts = {"new": looks.count("new"), "changed": looks.count("changed")}
    removed = sum(ghost.flow in drawn for ghost in ghosts)
    names = {"before": before.name, "after": after.name}
    summary = Message("overlay.diff.summary", **names, **counts, removed=removed)
    if not looks and not removed:
        summary = Message("overlay.diff.nothing", **names)
    return difference_marks(said, ghosts, shown(summary))


def _said(change: Change, after: Parsed) -> Iterator[Said]:
    """What is said of a change; of a new flow, that each of its steps is new."""
    sentence = shown(change.sentence)
    look = LOOK.get(change.what, "changed")
    if change.what == "flow added":
        yield Said(change.flow, "", sentence, "new")
        for step in after.flows[change.flow].steps:
            yield Said(change.flow, step, "", "new")
        return
    flow = after.flows.get(change.flow)
    exit = change.name if change.what in OF_EXITS and change.step else ""
    where = ""
    if flow is not None and change.step in flow.steps:
        where = f"{flow.source.file}:{flow.source.key_place(('steps', change.step)).line}"
    yield Said(change.flow, change.step, sentence, look, exit, where)


def lint_marks(parsed: Parsed, findings: Sequence[Finding], graph: Graph) -> Marks:
    """The marks of findings; those of `hotline.yaml` and of flows that could not be read are listed only."""
    flows = {flow.source.file: name for name, flow in parsed.flows.items()}
    places = {name: _lines(parsed, name) for name in flows.values()}
    said = [_found(each, flows.get(each.file, ""), places) for each in findings]
    drawn = {found.flow for found in graphs(graph)} | {""}
    files = [each.where.rsplit(":", 1)[0] for each in said if each.flow in drawn]
    summary = Message("overlay.no-findings")
    if files:
        summary = Message("overlay.findings", n=len(files), files=tuple(dict.fromkeys(files)))
    return finding_marks(said, shown(summary))


def _lines(parsed: Parsed, flow: str) -> list[tuple[int, str]]:
    """The lines at which the steps of a flow begin, in their order."""
    source = parsed.flows[flow].source
    steps = source.data.get("steps")
    names = list(map(str, steps)) if isinstance(steps, dict) else []
    return sorted((source.key_place(("steps", name)).line, name) for name in names)


def _found(finding: Finding, flow: str, places: Mapping[str, Sequence[tuple[int, str]]]) -> Said:
    above = [name for line, name in places.get(flow, ()) if line <= finding.line]
    text = " ".join(shown(part) for part in (finding.message, finding.hint) if part)
    return Said(flow, above[-1] if above else "", text, "finding", where=f"{finding.file}:{finding.line}")


def gap_marks(coverage: Coverage, graph: Graph) -> Marks:
    """The marks of what no fixture walks; a line for all of a step that is not walked in the same languages."""
    languages: dict[tuple[str, int, str, str, str], list[str]] = {}
    for file, line, (flow, step, what, language) in coverage.gaps():
        languages.setdefault((file, line, flow, step, what), []).append(language)
    together: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (_, _, flow, step, what), tags in languages.items():
        together.setdefault((flow, step, tuple(tags)), []).append(what)
    said = []
    for (file, line, flow, step, what), tags in languages.items():
        whats = together[flow, step, tuple(tags)]
        values = {"step": step, "exits": tuple(whats), "languages": tuple(tags)}
        text = shown(Message("overlay.coverage.gap", **values)) if what == whats[0] else ""
        look: Look = "partly" if _spoken(coverage, flow, step, what) > len(tags) else "unwalked"
        said.append(Said(flow, step, text, look, what, f"{file}:{line}"))
    drawn = {found.flow for found in graphs(graph)}
    missing = sum(item.flow in drawn for item in coverage.missing)
    total = missing + sum(item.flow in drawn for item in coverage.walked)
    summary = Message("overlay.coverage.summary", missing=missing, total=total, fixtures=coverage.fixtures)
    return unwalked_marks(said, graph, shown(summary))


def _spoken(coverage: Coverage, flow: str, step: str, what: str) -> int:
    """In how many languages something can be walked."""
    items = (Item(flow, step, what, language) for language in coverage.release.languages)
    return sum(item in coverage.walked or item in coverage.missing for item in items)


def ways_marks(traffic: Traffic, since: str) -> Marks:
    """The marks of calls on record."""
    summary = [Message("overlay.traffic.summary", calls=traffic.calls, since=since)]
    if traffic.unread:
        summary.append(Message("overlay.traffic.unread", calls=traffic.unread))
    taken = {ExitKey(*key): count for key, count in traffic.taken.items()}
    return traffic_marks(taken, traffic.left, " ".join(map(shown, summary)))
