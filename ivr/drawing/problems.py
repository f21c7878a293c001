"""What is wrong with the steps of a flow, each sentence at the way out it is about, where it is about one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ivr.errors import Finding
from ivr.flow.known import Known
from ivr.flow.model import StepKey
from ivr.flow.parse import ParsedFlow
from ivr.source.misspelt import inside
from ivr.source.scalars import SourcePath
from ivr.steps.compiling import StepFields
from ivr.steps.step import Step


class Problem(NamedTuple):
    """A sentence about a step. `exit`: the way out it is about; `entry`: what of the file it is about, where that could
    not be read; both may be empty."""

    text: str
    exit: str = ""
    entry: SourcePath = ()


_Places = Sequence[tuple[int, int, SourcePath]]


def problems_of(
    known: Known, steps: Mapping[str, Step | None], findings: Sequence[Finding], at: tuple[str, str]
) -> dict[str, list[Problem]]:
    """By step what findings say of it. `at`: the flow, and the hotline's first language, in which exits have their
    names."""
    flow = known.parsed.flows[at[0]]
    places = _places(flow)
    found: dict[str, list[Problem]] = {}
    for finding in findings:
        path = _path_at(places, finding)
        if path:
            name, entry = str(path[1]), path[2:]
            gone = [each.path for each in known.left_out.get(StepKey(at[0], name), ())]
            exit = _exit(flow, steps.get(name), (name, *entry), at[1], gone) if entry else ""
            found.setdefault(name, []).append(Problem(finding.message, exit, entry))
    return found


def _places(flow: ParsedFlow) -> _Places:
    """Where everything in the steps begins, in the order of the file."""
    source = flow.source
    both = [*source.keys.items(), *source.values.items()]
    return sorted((place.line, place.column, path) for path, place in both if len(path) > 1 and path[0] == "steps")


def _path_at(places: _Places, finding: Finding) -> SourcePath:
    at = bisect_right(places, (finding.line, finding.column), key=lambda place: place[:2])
    return places[at - 1][2] if at else ()


def _exit(flow: ParsedFlow, step: Step | None, at: SourcePath, language: str, gone: Sequence[SourcePath]) -> str:
    """The way out that a place in a step is about: named by its place, or else by where it leads. Numbers of a list of
    which something is `gone` are others."""
    name, *entry = at
    fields = flow.steps.get(str(name))
    if step is None or fields is None:
        return ""
    exits = step.declared.exits
    shifted = any(isinstance(path[-1], int) and tuple(entry[: len(path) - 1]) == path[:-1] for path in gone if path)
    named = "" if shifted else _named(fields, entry, language, exits)
    if named or any(tuple(entry[: len(path)]) == path for path in gone):
        return named
    try:
        written = inside(flow.source.data, ("steps", *at))
    except (KeyError, IndexError, TypeError):
        return ""
    words = written.split() if isinstance(written, str) else []
    meant = {" ".join(words), "_".join(words)} if words else set()
    return next((exit for exit, target in exits.items() if str(target) in meant), "")


def _named(fields: StepFields, entry: Sequence[str | int], language: str, exits: Collection[str]) -> str:
    """The exit whose choice, arm or name is in a path; empty where none is."""
    by_key, arms = fields.exits_by_key(language), fields.arms()
    for part in entry:
        if isinstance(part, int):
            return arms[part][0] if part < len(arms) else ""
        name = by_key.get(part, part)
        if name in exits:
            return name
    return ""
