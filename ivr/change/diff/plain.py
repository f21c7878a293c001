"""Fields as plain trees: what two spellings of one step have in common, so that layout, order and defaults left out
are no difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ivr.change.diff.exits import FIELDS as EXITS
from ivr.change.diff.exits import exits_of, name_of
from ivr.steps.compiling import StepFields
from ivr.steps.fields import Audio, Ref, RetryFields
from ivr.steps.language import LanguageFields
from ivr.steps.menu import ChoiceFields, MenuFields
from ivr.steps.target import Target

Plain = Any
"""A tree of mappings and lists with text at its leaves."""


def plain(value: Any) -> Plain:
    """A value of a field; None stays None, and an empty mapping or list says nothing and is None."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case Ref(name=name):
            return f"{{{name}}}"
        case Audio(text=text, audio=audio):
            return {"text": text, "recorded": audio}
        case Target():
            return str(value)
        case BaseModel():
            return tree(value)
        case Mapping():
            return {str(k): found for k, v in value.items() if (found := plain(v)) is not None} or None
        case tuple():
            return "-".join(dict.fromkeys(map(str, value)))
        case list():
            return [plain(one) for one in value] or None
    return str(value)


def tree(fields: BaseModel, *, without: frozenset[str] = frozenset()) -> dict[str, Plain]:
    """The fields of a model by the names they have in the file, defaults written out."""
    found = {}
    for name, about in type(fields).model_fields.items():
        shown = about.alias or name
        if shown not in without and (value := plain(getattr(fields, name))) is not None:
            found[shown] = value
    return found


def step_tree(kind: str, fields: StepFields, raw: Mapping[str, Any], first: str) -> dict[str, Plain]:
    """A step: its kind, its exits with what they take over from the step itself, its choices by name, and the rest.

    `raw` is the step as it stands in the file (conditions are compiled away in the fields); `first` the hotline's
    first language, in which choices have their names.
    """
    found: dict[str, Plain] = {"kind": kind, "exits": exits_of(fields, first)}
    found |= {how: own for how in ("no_input", "no_match") if (own := _failure(getattr(fields, how, None)))}
    apart = {*EXITS, "no_input", "no_match"}
    choices = _choices(fields, first)
    if choices:
        found |= {"choices": choices, "order": list(choices)}
        apart.add("choices")
    if kind == "branch":
        found["arms"] = [(condition(arm.get("when") or {}), str(arm["next"])) for arm in raw["branch"]]
        apart.add("branch")
    return found | tree(fields, without=frozenset(apart))


def _failure(own: RetryFields | None) -> dict[str, Plain]:
    """What a question says of silence or no-match itself; where it leads then is among its exits."""
    if own is None:
        return {}
    said = None if own.say is None else [plain(prompt) for prompt in own.say] or ["(nothing)"]
    return {name: value for name, value in (("tries", plain(own.tries)), ("say", said)) if value is not None}


def _choices(fields: StepFields, first: str) -> dict[str, Plain]:
    match fields:
        case MenuFields():
            names = [name_of(choice, first) for choice in fields.choices.values()]
            pairs = zip(names, fields.choices.items(), strict=True)
            return {
                f"{name} ({key})" if name in names[:n] else name: _choice(key, choice)
                for n, (name, (key, choice)) in enumerate(pairs)
            }
        case LanguageFields():
            return {c.is_: {"key": key, **tree(c, without=frozenset({"is"}))} for key, c in fields.choices.items()}
    return {}


def _choice(key: str, choice: ChoiceFields) -> dict[str, Plain]:
    languages = {"languages": sorted(choice.languages)} if choice.languages else {}
    return {"key": key, **languages, **tree(choice, without=frozenset({"next", "languages"}))}


def condition(when: Any) -> Plain:
    """A condition as written; a list is in no order, and a list of one is that one."""
    if isinstance(when, dict):
        return {name: condition(test) for name, test in when.items()}
    if isinstance(when, list):
        return when[0] if len(set(when)) == 1 else sorted(set(when))
    return when
