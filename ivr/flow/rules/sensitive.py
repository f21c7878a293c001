"""Sensitive entries stay unheard and off the record: never spoken, confirmed aloud or put on a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.errors import Finding
from ivr.flow.model import Flow
from ivr.flow.rules.survey import Survey, text_finding
from ivr.flow.rules.written import prompts
from ivr.steps.fields import PLACEHOLDER

ON_RECORD = frozenset({"case", "note", "follow_up"})


def sensitive(survey: Survey) -> Iterable[Finding]:
    """`sensitive-confirmed`, `sensitive-spoken`, `sensitive-on-case` (FLOWS 2.7, DESIGN 8)."""
    for flow in survey.release.flows.values():
        secret = _secret(survey, flow)
        for step in flow.steps.values():
            data = survey.data(flow.name, step.name)
            if data.get("sensitive") == "yes" and data.get("confirm", "no") != "no":
                message = "a sensitive entry is never read back, and confirm would speak it."
                path = ("confirm",)
                yield survey.at(flow.name, step.name, "sensitive-confirmed", message, "Take confirm out.", path=path)
            if step.kind in ON_RECORD:
                for name in sorted(secret & (step.declared.unsaved | step.declared.reads)):
                    message = f'"{name}" is a sensitive entry, and may not stand on a case.'
                    at = survey.named_in(flow.name, step.name, name) or ()
                    hint = "Take it out of with."
                    yield survey.at(flow.name, step.name, "sensitive-on-case", message, hint, path=at, at_key=True)
            yield from _spoken(survey, flow, step.name, secret)


def _secret(survey: Survey, flow: Flow) -> set[str]:
    """The values a flow collects as sensitive, and the copies a `set` makes of them."""
    entries = [survey.data(flow.name, step) for step in flow.steps]
    secret = {data["save"] for data in entries if data.get("sensitive") == "yes" and "save" in data}
    copies = [pair for step in flow.steps.values() for pair in step.declared.sets.items()]
    for _ in copies:
        secret |= {name for name, type_ in copies if type_[:1] == "=" and type_[1:] in secret}
    return secret


def _spoken(survey: Survey, flow: Flow, step: str, secret: set[str]) -> Iterator[Finding]:
    parsed = survey.flows[flow.name]
    at = ("steps", step)
    texts = [((*path, tag), text) for path, said in prompts(parsed.steps[step], at) for tag, text in said.text.items()]
    whisper = survey.data(flow.name, step).get("whisper")
    for path, text in [*texts, *([((*at, "whisper"), whisper)] if isinstance(whisper, str) else [])]:
        for found in PLACEHOLDER.finditer(text):
            if found[1] in secret:
                message = f'"{found[1]}" is a sensitive entry, and is never spoken.'
                hint = "Take the placeholder out."
                yield text_finding(parsed.source, path, found[0], "sensitive-spoken", message, hint)


RULES = (sensitive,)
