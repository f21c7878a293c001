"""Rules beyond the single file's grammar: a table of them, run over the flows as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ivr.calendar.hours import parse_week
from ivr.errors import Finding
from ivr.flow.compile import compile_release
from ivr.flow.hotline import HotlineFields, HoursFields
from ivr.flow.parse import Parsed
from ivr.flow.rules import (
    choices,
    conditions,
    dead_ends,
    languages,
    loops,
    names,
    placeholders,
    reached,
    runs,
    sensitive,
    targets,
    types,
    values,
)
from ivr.flow.rules.graph import Reach
from ivr.flow.rules.survey import Survey
from ivr.flow.source import Source

Rule = Callable[[Survey], Iterable[Finding]]
RULES: tuple[Rule, ...] = (
    *targets.RULES,
    *names.RULES,
    *runs.RULES,
    *reached.RULES,
    *dead_ends.RULES,
    *loops.RULES,
    *languages.RULES,
    *placeholders.RULES,
    *choices.RULES,
    *values.RULES,
    *types.RULES,
    *conditions.RULES,
    *sensitive.RULES,
)


def check(parsed: Parsed) -> list[Finding]:
    """What is wrong with the flows as a whole; what the grammar has already found is not said again."""
    hotline, source = parsed.hotline, parsed.hotline_source
    if hotline is None or source is None:
        return []
    if not hotline.languages:
        return [source.finding("no-language", ("languages",), "the hotline speaks no language.", at_key=True)]
    findings, hours = _readable_hours(hotline, source)
    whole = {name: flow for name, flow in parsed.flows.items() if set(flow.steps) == set(flow.source.data["steps"])}
    sound = hotline.model_copy(update={"hours": hours})
    release = compile_release(Parsed(sound, source, whole))
    survey = Survey(
        hotline=hotline,
        source=source,
        flows=parsed.flows,
        release=release,
        reach=Reach(release),
        names=frozenset(parsed.flows) | {_stem(finding.file) for finding in parsed.findings},
        complete=not any(finding.severity == "error" for finding in parsed.findings),
    )
    return findings + [finding for rule in RULES for finding in rule(survey)]


def _readable_hours(hotline: HotlineFields, source: Source) -> tuple[list[Finding], dict[str, HoursFields]]:
    """The opening hours that can be compiled, and a finding for each that cannot."""
    findings: list[Finding] = []
    good: dict[str, HoursFields] = {}
    for name, fields in hotline.hours.items():
        try:
            parse_week(fields.open)
        except ValueError as failed:
            findings.append(source.finding("bad-hours", ("hours", name, "open"), f"{failed}."))
        else:
            good[name] = fields
    return findings, good


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".yaml")
