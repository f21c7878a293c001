"""Languages: every prompt in each of them, none that the hotline does not have, a choice left in each menu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding, Severity
from ivr.flow.parse import did_you_mean
from ivr.flow.rules.survey import GIVE_UPS, Survey
from ivr.flow.rules.written import Path, Said, prompts
from ivr.flow.source import Source

UNHEARD = ("title",)


def prompt_languages(survey: Survey) -> Iterable[Finding]:
    """`missing-language`, `unknown-language`: a prompt has the text of each of the hotline's languages (FLOWS 1)."""
    for _, source, fields, at in survey.written():
        for path, said in prompts(fields, at):
            if not said.shared:
                yield from _prompt(survey, source, path, said)


def _prompt(survey: Survey, source: Source, path: Path, said: Said) -> Iterator[Finding]:
    severity: Severity = "warning" if path[-1] in UNHEARD else "error"
    strange = [tag for tag in said.text if tag not in survey.languages]
    missing = [tag for tag in _needed(survey, source, path) if tag not in said.text]
    for tag in strange:
        hint = did_you_mean(tag, survey.languages) or f"The languages are {', '.join(survey.languages)}."
        message = f'the hotline does not speak "{tag}".'
        yield source.finding("unknown-language", (*path, tag), message, hint, at_key=True, severity=severity)
    if missing and len(strange) < len(missing):
        message = (
            f"{_what(path)} has no words in {', '.join(missing)}: a caller who chose it would hear another language."
        )
        hint = f"Add {missing[0]}: …, on a line of its own."
        yield source.finding("missing-language", path, message, hint, at_key=True, severity=severity)


def _what(path: Path) -> str:
    """A prompt as its author would call it."""
    if path[0] == "prompts":
        return f'the shared prompt "{path[1]}"'
    if path[-3:-2] == ("choices",):
        return f"choice {path[-2]}"
    named = [part for part in path if isinstance(part, str) and part != "steps"]
    return f'the {named[-1]} of "{named[0]}"' if len(named) > 1 else f'"{named[0]}"'


def _needed(survey: Survey, source: Source, path: Path) -> list[str]:
    """The languages a prompt is heard in: a choice offered in some languages only has its label in those."""
    if path[-3:-2] == ("choices",):
        choice = source.data["steps"][path[1]]["choices"][path[-2]]
        return [tag for tag in survey.languages if tag in choice.get("languages", survey.languages)]
    return survey.languages


def chosen_languages(survey: Survey) -> Iterable[Finding]:
    """`unknown-language`: a step changes to a language, or offers a choice in one, that the hotline does not have."""
    for flow, step in survey.steps():
        for key, choice in survey.data(flow.name, step.name).get("choices", {}).items():
            for n, tag in enumerate(choice.get("languages", [])):
                if tag not in survey.languages:
                    yield _unknown(survey, flow.name, step.name, ("choices", key, "languages", n), tag)
        spoken = step.declared.sets.get("call.language", "")
        if spoken == "language":
            for tag in step.declared.exits:
                if tag not in (*GIVE_UPS, *survey.languages):
                    key = survey.choice_key(flow.name, step.name, tag) or ""
                    yield _unknown(survey, flow.name, step.name, ("choices", key, "is"), tag)
        elif spoken.startswith('"') and spoken[1:] not in survey.languages:
            yield _unknown(survey, flow.name, step.name, (step.kind, "call.language"), spoken[1:])


def _unknown(survey: Survey, flow: str, step: str, path: Path, tag: str) -> Finding:
    hint = did_you_mean(tag, survey.languages) or f"The languages are {', '.join(survey.languages)}."
    return survey.at(flow, step, "unknown-language", f'the hotline does not speak "{tag}".', hint, path=path)


def choice_in_each(survey: Survey) -> Iterable[Finding]:
    """`no-choice`: a menu whose choices are for some languages only leaves one in each (FLOWS 2.9)."""
    for flow, step in survey.steps():
        choices = survey.data(flow.name, step.name).get("choices", {})
        offered = {tag for c in choices.values() for tag in c.get("languages", survey.languages)}
        for tag in survey.languages:
            if choices and tag not in offered:
                message = f'in {tag} there is no choice at all in "{step.name}".'
                hint = f"Offer one of the choices in {tag} too."
                yield survey.at(flow.name, step.name, "no-choice", message, hint, path=("choices",), at_key=True)


RULES = (prompt_languages, chosen_languages, choice_in_each)
