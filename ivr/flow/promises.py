"""Promises as ops write them in hotline.yaml: what must be true of every call, and what need not be here (`waive:`)."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ivr.call.case_kinds import CASE_KINDS
from ivr.call.condition import Condition
from ivr.call.events import DISPOSITIONS
from ivr.call.keys import Key
from ivr.steps.fields import NAME, Fields

BuiltIn = Literal[
    "never silent", "never endless", "no dead end", "a person", "intake kept", "a number to call", "ordinary callers",
    "every step and every exit is reached",
]  # fmt: skip
"""The promises of every hotline, by the names proof gives them."""
REACHED: BuiltIn = "every step and every exit is reached"
"""The promise about what no call takes: it has findings, and no call to show."""
Unless = Literal["hang up", "a person", "back", "silence", "mistakes"]
Unit = Literal["menus", "questions", "keys", "seconds"]
WORDS = ("start", "everywhere", "a person", "an answer", "goodbye", "the end")
FORMS = (
    "{from: PLACE, press: KEY, reaches: WHAT}",
    "{from: PLACE, within: 2 keys, reaches: WHAT}",
    "{choice: FLOW.STEP KEY, leads to: WHAT}",
    "{after: WHAT, always: WHAT, before: WHAT, unless: [hang up, …]}",
    "{never: WHAT, while: HOURS closed}",
    "{never: WHAT, before: WHAT}",
    "{at most: 4 menus, before: WHAT}",
    "{when: {FACT: …}, first: WHAT}",
)
_KEYS = (
    {"from", "press", "reaches"},
    {"from", "within", "reaches"},
    {"from", "press", "within", "reaches"},
    {"choice", "leads to"},
    {"after", "always", "before", "unless"},
    {"never", "while"},
    {"never", "before"},
    {"at most", "before"},
    {"when", "first"},
)


def _likest(keys: set[str]) -> str:
    """The form with these keys, as it is written."""
    form = next((form for form in FORMS if all(f"{key}:" in form for key in keys)), "")
    needed = ", [] where nothing is excused" if "unless" in keys else ""
    return f": {form}{needed}" if form else ""


class Occurrence(NamedTuple):
    """Something that happens in a call, or where it is: `what` says of which kind `name` and `step` are."""

    what: Literal["word", "case", "transfer", "flow", "step", "choice", "disposition"]
    name: str
    step: str = ""
    key: str = ""

    def __str__(self) -> str:
        if self.what not in ("word", "flow", "step", "choice", "disposition"):  # "case complaint", "transfer agents"
            return f"{self.what} {self.name}"
        return " ".join(filter(None, [".".join(filter(None, [self.name, self.step])), self.key]))


def _happening(text: Any) -> Occurrence:
    if isinstance(text, Occurrence):
        return text
    if isinstance(text, str):
        if text in WORDS:
            return Occurrence("word", text)
        if text in DISPOSITIONS:
            return Occurrence("disposition", text)
        match text.split():
            case ["case", kind] if kind in CASE_KINDS:
                return Occurrence("case", kind)
            case ["transfer", destination] if NAME.match(destination):
                return Occurrence("transfer", destination)
            case [place, key] if found := re.fullmatch(r"([a-z]\w*)\.([a-z]\w*)", place):
                return Occurrence("choice", found[1], found[2], key)
            case [place] if found := re.fullmatch(r"([a-z]\w*)(?:\.([a-z]\w*))?", place):
                return Occurrence("step" if found[2] else "flow", found[1], found[2] or "")
    near = difflib.get_close_matches(str(text), [*WORDS, *DISPOSITIONS, *(f"case {kind}" for kind in CASE_KINDS)], n=1)
    if near:
        raise ValueError(f'"{text}" is nothing a promise can speak of; did you mean "{near[0]}"?')
    raise ValueError(
        f'"{text}" is nothing a promise can speak of: write a flow, FLOW.STEP, FLOW.STEP KEY, case KIND, '
        f"transfer DESTINATION, a disposition, or one of {', '.join(WORDS)}"
    )


class Within(NamedTuple):
    """A number and what is counted."""

    most: int
    unit: Unit


def _within(text: Any) -> Within:
    if isinstance(text, Within):
        return text
    found = re.fullmatch(r"(\d{1,3}) (menu|question|key|second)s?", text) if isinstance(text, str) else None
    if not found:
        raise ValueError('write a number and what is counted: "2 keys", "4 menus", "6 questions" or "90 seconds"')
    return Within(int(found[1]), f"{found[2]}s")  # type: ignore[arg-type]


def _reason(text: Any) -> str:
    if isinstance(text, str) and text.strip():
        return text.strip()
    raise ValueError('say why it cannot hold here, such as "a survey has no agents"')


def _reasons(written: Any) -> Any:
    """Why a promise cannot hold: on the whole line, or by the flow that calls begin in."""
    if isinstance(written, dict) and written:
        return {flow: _reason(reason) for flow, reason in written.items()}
    return _reason(written)


def _whole(waived: dict[BuiltIn, Any]) -> dict[BuiltIn, Any]:
    if isinstance(waived.get(REACHED), dict):
        raise ValueError(f'"{REACHED}" is about all flows together: waive it with one reason')
    return waived


WaivedFor = Annotated[str | dict[str, str], BeforeValidator(_reasons)]
WaivedField = Annotated[dict[BuiltIn, WaivedFor], AfterValidator(_whole)]
OccurrenceField = Annotated[Occurrence, BeforeValidator(_happening)]
WithinField = Annotated[Within, BeforeValidator(_within)]


class PromiseFields(Fields):
    """One promise, in one of its eight forms."""

    from_: OccurrenceField | None = Field(None, alias="from")
    press: Key | None = None
    within: WithinField | None = None
    reaches: OccurrenceField | None = None
    choice: OccurrenceField | None = None
    leads_to: OccurrenceField | None = Field(None, alias="leads to")
    never: OccurrenceField | None = None
    while_: dict[str, Condition] | str | None = Field(None, alias="while")
    at_most: WithinField | None = Field(None, alias="at most")
    after: OccurrenceField | None = None
    always: OccurrenceField | None = None
    before: OccurrenceField | None = None
    unless: list[Unless] = []
    when: dict[str, Condition] = {}
    first: OccurrenceField | None = None

    @model_validator(mode="before")
    @classmethod
    def _a_form(cls, written: Any) -> Any:
        given = set(written) if isinstance(written, dict) else set()
        known = {key for keys in _KEYS for key in keys}
        if isinstance(written, dict) and given not in _KEYS and given <= known:
            nearest = min(_KEYS, key=lambda keys: len(keys ^ given))
            if missing := sorted(nearest - given):
                raise ValueError(f"this promise needs {', '.join(missing)} too{_likest(nearest)}")
            raise ValueError(f"{', '.join(sorted(given - nearest))} is too much here{_likest(nearest)}")
        if "when" in given and not written["when"]:
            raise ValueError("when is empty; write what must hold, such as {caller.visits: {at_least: 3}}")
        return written

    @model_validator(mode="after")
    def _fitting(self) -> PromiseFields:
        if self.within is not None and self.within.unit != "keys":
            raise ValueError("within counts keys, such as within: 2 keys")
        if self.choice is not None and self.choice.what != "choice":
            raise ValueError("a choice is written FLOW.STEP KEY, such as main.menu 3")
        if isinstance(self.while_, str) and not re.fullmatch(r"[a-z]\w* (open|closed|holiday)", self.while_):
            raise ValueError('write while: HOURS closed, such as "agents closed", or {switch.outage: yes}')
        return self

    def __str__(self) -> str:
        """The promise as it reads."""
        named = ((field.alias or name, getattr(self, name)) for name, field in type(self).model_fields.items())
        return ", ".join(f"{name}: {_said(value)}" for name, value in named if value not in (None, [], {}))


def _said(value: Any) -> str:
    if isinstance(value, Within):
        return f"{value.most} {value.unit if value.most != 1 else value.unit[:-1]}"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: …' for name in value)}}}"
    return str(value)
