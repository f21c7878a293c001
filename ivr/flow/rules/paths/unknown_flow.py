"""`unknown-flow`: a number, `default` or a `run` names a flow for which there is no file.

A caller of that number would hear an apology and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from ivr.errors import Finding
from ivr.flow.parse import did_you_mean
from ivr.flow.rules.rule import Rule
from ivr.flow.rules.survey import Survey
from ivr.flow.rules.written import Path

FAILS = """\
reach:
  run: contacts
  next: again
again:
  run: complain
  next: goodbye
"""
PASSES = """\
reach:
  run: contact
  outcomes: {none: goodbye}
  next: goodbye
"""


def check(survey: Survey) -> Iterable[Finding]:
    """Ways into a flow against the files there are."""
    entries: list[tuple[Path, str]] = [(("numbers", number), flow) for number, flow in survey.hotline.numbers.items()]
    for path, flow in [*entries, (("default",), survey.hotline.default)]:
        if flow not in survey.names:
            yield survey.source.finding(*_no_flow(survey, path, flow))
    for home, step in survey.steps():
        if step.declared.runs and step.declared.runs not in survey.names:
            path = ("steps", step.name, step.kind)
            yield survey.flows[home.name].source.finding(*_no_flow(survey, path, step.declared.runs))


def _no_flow(survey: Survey, path: Path, flow: str) -> tuple[str, Path, str, str]:
    hint = did_you_mean(flow, sorted(survey.names)) or f"The flows are {', '.join(sorted(survey.names))}."
    return "unknown-flow", path, f'there is no flow "{flow}".', hint


RULE = Rule(
    codes=("unknown-flow",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the name, or add the file.",
)  # fmt: skip
