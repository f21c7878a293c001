"""What findings, coverage and traffic mark in the picture of a flow: their results as plain data for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from ivr.drawing.graph import Graph
from ivr.drawing.marks import (
    ExitKey,
    Look,
    Marks,
    Said,
    Went,
    finding_marks,
    graphs,
    traffic_marks,
    unwalked_marks,
)
from ivr.drawing.rows import in_picture
from ivr.errors import Finding
from ivr.explore.coverage import Item
from ivr.explore.coverage_report import Coverage
from ivr.flow.parse import Parsed
from ivr.messages.message import Message
from ivr.replay.traffic import Traffic

CLOSED = ("。", "？", "！")
"""Behind these signs no blank is written."""


def lint_marks(parsed: Parsed, findings: Sequence[Finding], graph: Graph) -> Marks:
    """The marks of findings; those of `hotline.yaml` and of flows that could not be read are listed only."""
    flows = {flow.source.file: name for name, flow in parsed.flows.items()}
    places = {name: _lines(parsed, name) for name in flows.values()}
    said = [_found(each, flows.get(each.file, ""), places, graph.language) for each in findings]
    drawn = {found.flow for found in graphs(graph)} | {""}
    files = [each.where.rsplit(":", 1)[0] for each in said if each.flow in drawn]
    summary = Message("overlay.no-findings")
    if files:
        summary = Message("overlay.findings", n=len(files), files=tuple(dict.fromkeys(files)))
    return finding_marks(said, in_picture(summary, graph.language))


def short(file: str) -> str:
    """A file by its folder and its name: a picture is hung where nobody knows the machine it was made on."""
    return "/".join(PurePath(file).parts[-2:])


def _lines(parsed: Parsed, flow: str) -> list[tuple[int, str]]:
    """The lines at which the steps of a flow begin, in their order."""
    source = parsed.flows[flow].source
    steps = source.data.get("steps")
    names = list(map(str, steps)) if isinstance(steps, dict) else []
    return sorted((source.key_place(("steps", name)).line, name) for name in names)


def _found(finding: Finding, flow: str, places: Mapping[str, Sequence[tuple[int, str]]], language: str) -> Said:
    above = [name for line, name in places.get(flow, ()) if line <= finding.line]
    parts = [in_picture(part, language) for part in (finding.message, finding.hint) if part]
    text = ("" if parts[0].endswith(CLOSED) else " ").join(parts)
    return Said(flow, above[-1] if above else "", text, "finding", where=f"{short(finding.file)}:{finding.line}")


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
        text = in_picture(Message("overlay.coverage.gap", **values), graph.language) if what == whats[0] else ""
        look: Look = "partly" if _spoken(coverage, flow, step, what) > len(tags) else "unwalked"
        said.append(Said(flow, step, text, look, what, f"{short(file)}:{line}"))
    drawn = {found.flow for found in graphs(graph)}
    missing = sum(item.flow in drawn for item in coverage.missing)
    total = missing + sum(item.flow in drawn for item in coverage.walked)
    summary = Message("overlay.coverage.summary", missing=missing, total=total, fixtures=coverage.fixtures)
    return unwalked_marks(said, graph, in_picture(summary, graph.language))


def _spoken(coverage: Coverage, flow: str, step: str, what: str) -> int:
    """In how many languages something can be walked."""
    items = (Item(flow, step, what, language) for language in coverage.release.languages)
    return sum(item in coverage.walked or item in coverage.missing for item in items)


def ways_marks(traffic: Traffic, since: str, graph: Graph) -> Marks:
    """The marks of calls on record."""
    summary = [Message("overlay.traffic.summary", calls=traffic.calls, since=since)]
    if traffic.unread:
        summary.append(Message("overlay.traffic.unread", calls=traffic.unread))
    taken = {ExitKey(*key): count for key, count in traffic.taken.items()}
    ways = [Went(way, ExitKey(*key), count) for (way, *key), count in traffic.ways.items()]
    return traffic_marks(taken, traffic.left, " ".join(in_picture(each, graph.language) for each in summary), ways)
