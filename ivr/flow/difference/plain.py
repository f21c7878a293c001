"""Fields as plain trees: what two spellings of one step have in common, so that layout, order and defaults left out
are no difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ivr.steps.compiling import StepFields
from ivr.steps.fields import Audio, Ref
from ivr.steps.hours import HoursFields
from ivr.steps.language import LanguageFields
from ivr.steps.menu import ChoiceFields, MenuFields
from ivr.steps.run import RunFields
from ivr.steps.target import Target
from ivr.steps.transfer import OUTCOMES, TransferFields
from ivr.steps.yes_no import YesNoFields

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
        case BaseModel():
            return tree(value)
        case Mapping():
            return {str(k): found for k, v in value.items() if (found := plain(v)) is not None} or None
        case tuple():
            return "-".join(dict.fromkeys(map(str, value)))
        case list():
            return [plain(one) for one in value] or None
    return str(value)


def tree(fields: BaseModel, *, without: tuple[str, ...] = ()) -> dict[str, Plain]:
    """The fields of a model by the names they have in the file, defaults written out."""
    found = {}
    for name, about in type(fields).model_fields.items():
        shown = about.alias or name
        if shown not in without and (value := plain(getattr(fields, name))) is not None:
            found[shown] = value
    return found


def step_tree(kind: str, fields: StepFields, raw: Mapping[str, Any], first: str) -> dict[str, Plain]:
    """A step: its kind, its exits with what they inherit from the step itself, its choices by name, and the rest.

    `raw` is the step as it stands in the file (conditions are compiled away in the fields); `first` the hotline's
    first language, in which choices have their names.
    """
    found: dict[str, Plain] = {"kind": kind}
    exits: dict[str, Target | None] = {}
    left_out = ["next", "no_input", "no_match"]
    match fields:
        case MenuFields():
            left_out += ["choices"]
            if fields.scale:
                exits["next"] = fields.next
            else:
                found["choices"], exits = _choices(fields, first)
        case YesNoFields():
            left_out += ["yes", "no"]
            exits = {"yes": fields.yes or fields.next, "no": fields.no or fields.next}
        case LanguageFields():
            left_out += ["choices"]
            found["choices"] = {c.is_: {"key": key, **tree(c, without=("is",))} for key, c in fields.choices.items()}
            found["order"] = list(found["choices"])
            exits["next"] = fields.next
        case TransferFields():
            left_out += ["answered", "otherwise", *OUTCOMES]
            exits = {how: getattr(fields, how) or fields.otherwise for how in OUTCOMES}
            exits["answered"] = fields.answered or Target("goodbye")
        case HoursFields():
            left_out += ["open", "closed", "holiday"]
            exits = {"open": fields.open, "closed": fields.closed, "holiday": fields.holiday or fields.closed}
        case RunFields():
            left_out += ["outcomes"]
            exits = {"next": fields.next, **fields.outcomes}
        case _:
            exits["next"] = getattr(fields, "next", None)
    if isinstance(fields, MenuFields) and not fields.scale:
        found["order"] = list(found["choices"])
    for how in ("no_input", "no_match"):
        if (own := getattr(fields, how, None)) is not None:
            exits[how] = own.next
            said = None if own.say is None else [plain(p) for p in own.say] or ["(nothing)"]
            found[how] = {"tries": plain(own.tries), **({"say": said} if said else {})}
            found[how] = {name: value for name, value in found[how].items() if value is not None}
    found["exits"] = {name: str(target) for name, target in exits.items() if target is not None}
    if kind == "branch":
        found["arms"] = [(condition(arm.get("when") or {}), str(arm["next"])) for arm in raw["branch"]]
        left_out += ["branch"]
    return found | tree(fields, without=tuple(left_out))


def _choices(fields: MenuFields, first: str) -> tuple[dict[str, Plain], dict[str, Target | None]]:
    choices: dict[str, Plain] = {}
    exits: dict[str, Target | None] = {}
    for key, choice in fields.choices.items():
        name = name_of(choice, first)
        languages = sorted(choice.languages) if choice.languages else None
        about = {"key": key, "languages": languages, **tree(choice, without=("next", "languages"))}
        choices[name] = {what: value for what, value in about.items() if value is not None}
        exits[name] = choice.next or fields.next
    return choices, exits


def name_of(choice: ChoiceFields, first: str) -> str:
    """A choice's name, as its exit has it."""
    return choice.is_ or choice.label.get(first) or next(iter(choice.label.values()))


def condition(when: Any) -> Plain:
    """A condition as written; a list is in no order, and a list of one is that one."""
    if isinstance(when, dict):
        return {name: condition(test) for name, test in when.items()}
    if isinstance(when, list):
        return when[0] if len(set(when)) == 1 else sorted(set(when))
    return when
