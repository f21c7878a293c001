"""Fields as plain trees: what two spellings of one step have in common, so that layout, order and defaults left out
are no difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from pydantic import BaseModel

from ivr.call.condition import AnyOf, Bound, IsKnown, Not, StartsWith
from ivr.steps.compiling import StepFields
from ivr.steps.fields import Audio, Ref, RetryFields
from ivr.steps.reported import compared_apart
from ivr.steps.step import GIVE_UPS
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
        case AnyOf() | Bound() | StartsWith() | IsKnown() | Not():
            return _test(value)
        case BaseModel():
            return tree(value)
        case Mapping():
            return {str(k): found for k, v in value.items() if (found := plain(v)) is not None} or None
        case tuple():
            return "-".join(dict.fromkeys(str(plain(one)) for one in value))
        case time():
            return f"{value:%H:%M}"
        case list():
            return [plain(one) for one in value] or None
    return str(value)


def _test(test: Any) -> Plain:
    """A test of a condition as an author writes it; the words of a list are in no order."""
    match test:
        case AnyOf(words=words):
            return next(iter(words)) if len(words) == 1 else sorted(words)
        case Bound(limit=limit, sign=sign):
            number = str(int(limit)) if limit.is_integer() else repr(limit)
            return {"at_least" if sign == 1 else "at_most": number}
        case StartsWith(beginning=beginning):
            return {"starts_with": beginning}
        case IsKnown(wanted=wanted):
            return {"known": "yes" if wanted else "no"}
    return {"not": _test(test.inner)}


def tree(fields: BaseModel, *, without: frozenset[str] = frozenset()) -> dict[str, Plain]:
    """The fields of a model by the names they have in the file, defaults written out."""
    found = {}
    for name, about in type(fields).model_fields.items():
        shown = about.alias or name
        if shown not in without and (value := plain(getattr(fields, name))) is not None:
            found[shown] = value
    return found


def step_tree(fields: StepFields, language: str) -> dict[str, Plain]:
    """A step: its kind, its exits, its choices by name, the arms it tries in order, and its other fields.

    `language` is the hotline's first, in which choices have their names. An exit that the hotline decides is left out.
    """
    found: dict[str, Plain] = {"kind": fields.kind.name, "exits": _exits(fields, language)}
    found |= {how: own for how in GIVE_UPS if (own := _give_up(getattr(fields, how, None)))}
    choices = fields.choices_by_name(language)
    if choices:
        found["choices"] = {name: _choice(key, choice) for name, (key, choice) in choices.items()}
        found["order"] = list(choices)
    if arms := fields.arms():
        found["arms"] = [(exit, {name: plain(test) for name, test in when.items()}, str(to)) for exit, when, to in arms]
    return found | tree(fields, without=compared_apart(type(fields)).union(GIVE_UPS))


def _exits(fields: StepFields, language: str) -> dict[str, str]:
    found = dict(fields.targets_by_exit(language))
    for how in GIVE_UPS:
        own = getattr(fields, how, None)
        found[how] = own.next if own is not None else None
    return {exit: str(target) for exit, target in found.items() if target is not None}


def _give_up(own: RetryFields | None) -> dict[str, Plain]:
    """What a question says of silence or no-match itself; where it leads then is among its exits."""
    if own is None:
        return {}
    said = {name: getattr(own, name, None) for name in ("say", "unclear")}
    words = {name: [plain(each) for each in all] or ["(nothing)"] for name, all in said.items() if all is not None}
    return {**({"tries": plain(own.tries)} if own.tries is not None else {}), **words}


def _choice(key: str, choice: BaseModel) -> dict[str, Plain]:
    return {"key": key, **tree(choice, without=compared_apart(type(choice)))}
