"""`unknown-language`: words, a choice or a change of language are in one that the hotline does not speak.

Mostly the tag is misspelt, and then the words are missing where they were meant to be heard. In a `title`, which no
caller hears, it is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Severity
from ivr.flow.parse import did_you_mean
from ivr.flow.rules.prompts.missing_language import UNHEARD
from ivr.flow.rules.rule import Rule
from ivr.flow.rules.survey import GIVE_UPS, Survey
from ivr.flow.rules.written import Path

FAILS = """\
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you., en-GB: Cheers.}
  next: change
change:
  set: {call.language: zh-TW}
  next: goodbye
"""
PASSES = """\
thanks:
  say: {zh-CN: 谢谢。, en-US: Thank you.}
  next: change
change:
  set: {call.language: zh-CN}
  next: goodbye
"""


def check(survey: Survey) -> Iterable[Finding]:
    """Every tag that is written, against the hotline's languages."""
    for _, source, path, said in survey.prompts:
        severity: Severity = "warning" if path[-1] in UNHEARD else "error"
        for tag in said.text:
            if tag not in survey.languages:
                message, hint = _unknown(survey, tag)
                yield source.finding("unknown-language", (*path, tag), message, hint, at_key=True, severity=severity)
    for flow, step in survey.steps():
        for path, tag in _chosen(survey, flow.name, step.name):
            yield survey.at(flow.name, step.name, "unknown-language", *_unknown(survey, tag), path=path)


def _chosen(survey: Survey, flow: str, name: str) -> Iterator[tuple[Path, str]]:
    """The languages a step changes to or offers a choice in, as far as the hotline does not have them."""
    step = survey.release.flows[flow].steps[name]
    for key, choice in survey.data(flow, name).get("choices", {}).items():
        for n, tag in enumerate(choice.get("languages", [])):
            if tag not in survey.languages:
                yield ("choices", key, "languages", n), tag
    spoken = step.declared.sets.get("call.language", "")
    if spoken == "language":
        for tag in step.declared.exits:
            if tag not in (*GIVE_UPS, *survey.languages):
                yield ("choices", survey.choice_key(flow, name, tag) or "", "is"), tag
    elif spoken.startswith('"') and spoken[1:] not in survey.languages:
        yield (step.kind, "call.language"), spoken[1:]


def _unknown(survey: Survey, tag: str) -> tuple[str, str]:
    hint = did_you_mean(tag, survey.languages) or f"The languages are {', '.join(survey.languages)}."
    return f'the hotline does not speak "{tag}".', hint


RULE = Rule(
    codes=("unknown-language",), severity="error", page=__doc__, fails=FAILS, passes=PASSES, check=check,
    fix="correct the tag, or add the language to hotline.yaml.",
)  # fmt: skip
