"""Placeholders in prompts: names and formats that exist, braces that are placeholders, alike in each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ivr.errors import Finding
from ivr.flow.parse import ParsedFlow, did_you_mean
from ivr.flow.rules.offered import Offered
from ivr.flow.rules.survey import Survey, text_finding
from ivr.flow.rules.written import Path, Said, prompts
from ivr.flow.source import Source
from ivr.steps.fields import FORMATS, PLACEHOLDER

_BRACES = re.compile(r"\{[^{}]*\}?|\}")


def placeholders(survey: Survey) -> Iterable[Finding]:
    """`unknown-placeholder`, `unknown-format`, `stray-brace`, `uneven-placeholders` (FLOWS 2.7)."""
    offered = Offered(survey)
    for parsed, source, fields, at in survey.written():
        for path, said in prompts(fields, at):
            for tag, text in said.text.items():
                yield from _in_text(offered, parsed, source, (*path, tag), text)
            yield from _uneven(source, path, said)
            if said.shared and parsed is not None:
                yield from _in_shared(survey, offered, parsed, path, said.shared)
        if parsed is not None and at:
            whisper = source.data["steps"][at[1]].get("whisper")
            if isinstance(whisper, str):
                yield from _in_text(offered, parsed, source, (*at, "whisper"), whisper)


def _in_text(offered: Offered, parsed: ParsedFlow | None, source: Source, path: Path, text: str) -> Iterator[Finding]:
    for found in PLACEHOLDER.finditer(text):
        name, form = found[1], found[2]
        if not _offers(offered, parsed, path, name):
            message = f'nothing saves "{name}", and it is no fact: it would be spoken as nothing.'
            hint = offered.nearest(parsed, name)
            yield text_finding(source, path, found[0], "unknown-placeholder", message, hint)
        if form and form not in FORMATS:
            message = f'"{form}" is no way to speak a value.'
            hint = did_you_mean(form, FORMATS) or f"The formats are {', '.join(FORMATS)}."
            yield text_finding(source, path, found[0], "unknown-format", message, hint)
    for brace in _BRACES.finditer(PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)):
        message = f'"{brace[0]}" is no placeholder, and would be read out as it stands.'
        hint = "Write a value as {name} or {name:digits}, in small letters and without blanks."
        yield text_finding(source, path, brace[0], "stray-brace", message, hint)


def _offers(offered: Offered, parsed: ParsedFlow | None, path: Path, name: str) -> bool:
    """A shared prompt is judged where it is used; a confirmation speaks the entry as {value}."""
    if parsed is None and path[0] == "prompts":
        return True
    return (name == "value" and "confirm" in path) or offered.has(parsed, name)


def _in_shared(survey: Survey, offered: Offered, parsed: ParsedFlow, path: Path, shared: str) -> Iterator[Finding]:
    written = dict(prompts(survey.hotline)).get(("prompts", shared), Said({}))
    names = {found[1] for text in written.text.values() for found in PLACEHOLDER.finditer(text)}
    for name in sorted(names):
        if not _offers(offered, parsed, path, name):
            message = f'the shared prompt "{shared}" speaks {{{name}}}, and nothing in this flow saves it.'
            yield parsed.source.finding("unknown-placeholder", path, message, offered.nearest(parsed, name))


def _uneven(source: Source, path: Path, said: Said) -> Iterator[Finding]:
    """The same placeholders in every language, or some callers are told less."""
    names = {tag: {found[1] for found in PLACEHOLDER.finditer(text)} for tag, text in said.text.items()}
    everywhere = set().union(*names.values())
    for tag, used in names.items():
        if left_out := sorted(everywhere - used):
            told = ", ".join(f"{{{name}}}" for name in left_out)
            message = f"the {tag} words leave out {told}, which another language speaks."
            hint = "The same placeholders stand in every language."
            yield source.finding("uneven-placeholders", (*path, tag), message, hint, severity="warning")


RULES = (placeholders,)
