"""Rules beyond the single file's grammar: a table of them, run over the flows as a whole."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date

from ivr.analysis.reach import Reach
from ivr.analysis.transitions import Transitions
from ivr.calendar.week import problems_of_week
from ivr.errors import Finding, Problem
from ivr.flow.compile import compile_release
from ivr.flow.hotline import HotlineFields, HoursSettings
from ivr.flow.parse import Parsed
from ivr.lint.context import LintContext
from ivr.lint.rule import Profile, Rule
from ivr.lint.suppressions import let_stand
from ivr.lint.table import RULES
from ivr.messages.message import Message
from ivr.source.yaml_file import Source


def check(parsed: Parsed, profile: Profile = "draft", today: date | None = None) -> list[Finding]:
    """What is wrong with the flows as a whole; what the grammar has already found is not said again.

    `live` asks for more than `draft`: what only matters once callers hear it. `today` judges calendars; None: not.
    """
    hotline, source = parsed.hotline, parsed.hotline_source
    if hotline is None or source is None:
        return []
    if not hotline.languages:
        problem = Problem("no-language", Message("lint.no-language.found"), Message("lint.no-language.hint"))
        return [source.finding(("languages",), problem, at_key=True)]
    findings, hours = readable_hours(hotline, source)
    context = context_of(parsed, hotline.model_copy(update={"hours": hours}), source, today)
    tried = [rule for rule in RULES if _is_tried(rule, profile, today)]
    found = [finding for rule in tried for finding in _found(rule, context, profile)]
    judged = codes_of(tried) if context.complete else frozenset[str]()
    return [*findings, *let_stand(found, parsed.sources, codes_of(RULES), judged)]


def context_of(parsed: Parsed, sound: HotlineFields, source: Source, today: date | None = None) -> LintContext:
    """What the rules look at: `sound` is the hotline as far as it can be compiled, `source` its file."""
    whole = {name: flow for name, flow in parsed.flows.items() if set(flow.steps) == set(flow.source.data["steps"])}
    release = compile_release(dataclasses.replace(parsed, hotline=sound, flows=whole))
    of_topics = parsed.topics_source.file if parsed.topics_source is not None else ""
    unread = {_stem(finding.file) for finding in parsed.findings if finding.file != of_topics}
    names = frozenset(parsed.flows) | unread
    assert parsed.hotline is not None
    return LintContext(
        hotline=parsed.hotline,
        source=source,
        flows=parsed.flows,
        release=release,
        reach=Reach(Transitions(release, unread=names - release.flows.keys())),
        names=names,
        complete=not any(finding.severity == "error" for finding in parsed.findings),
        today=today,
        topics=parsed.topics,
        topics_source=parsed.topics_source,
    )


def codes_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The codes of some rules."""
    return frozenset(code for rule in rules for code in rule.codes)


def _is_tried(rule: Rule, profile: Profile, today: date | None) -> bool:
    return (profile == "live" or rule.profile == "draft") and not (rule.dated and today is None)


def _found(rule: Rule, context: LintContext, profile: Profile) -> Iterator[tuple[Finding, bool]]:
    """Each finding, and whether it cannot be suppressed: with an error of a draft the flows could not even be tried."""
    graver = rule.live if profile == "live" else None
    for finding in rule.check(context):
        stands = rule.profile == "draft" and finding.severity == "error"
        yield dataclasses.replace(finding, severity=graver) if graver else finding, stands


def readable_hours(hotline: HotlineFields, source: Source) -> tuple[list[Finding], dict[str, HoursSettings]]:
    """The opening hours that can be compiled, and a finding for each that cannot."""
    findings: list[Finding] = []
    good: dict[str, HoursSettings] = {}
    for name, fields in hotline.hours.items():
        wrong = [*problems_of_week(fields.open)]
        for days, why in wrong:
            findings.append(source.finding(("hours", name, "open", days), Problem("bad-hours", why.what, why.fix)))
        if not wrong:
            good[name] = fields
    return findings, good


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].removesuffix(".yaml")
