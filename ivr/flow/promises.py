"""Promises as ops write them in hotline.yaml: what must be true of every call, and what need not be here (`waive:`)."""

from __future__ import annotations

import difflib
import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ivr.call.case_kinds import CASE_KINDS
from ivr.call.condition import Condition
from ivr.call.events import DISPOSITIONS, FOLLOW_UP_RESULTS
from ivr.call.keys import Key
from ivr.messages.message import Message
from ivr.steps.fields import NAME, Fields

BuiltIn = Literal[
    "never silent", "never endless", "no dead end", "a person", "intake kept", "a number to call", "ordinary callers",
    "one result", "a no reopens", "silence is no answer", "the person first", "nothing to a machine",
    "every step and every exit is reached",
]  # fmt: skip
"""The promises of every hotline, and of the calls it places, by the names proof gives them."""
REACHED: BuiltIn = "every step and every exit is reached"
"""The promise about what no call takes: it has findings, and no call to show."""
Unless = Literal["hang up", "a person", "back", "silence", "mistakes"]
Unit = Literal["menus", "questions", "keys", "seconds"]
WORDS = ("start", "everywhere", "a person", "an answer", "goodbye", "the end")
FORMS = (
    "{from: PLACE, press: KEY, reaches: WHAT}",
    "{from: PLACE, within: 2 keys, reaches: WHAT}",
    "{choice: FLOW.STEP KEY, leads to: WHAT}",
    "{said: TEXT, at: FLOW.STEP, leads to: WHAT}",
    "{after: WHAT, always: WHAT, before: WHAT, unless: [hang up, …]}",
    "{never: WHAT, while: HOURS closed}",
    "{never: WHAT, before: WHAT}",
    "{never: WHAT, after: WHAT}",
    "{at most: 4 menus, before: WHAT}",
    "{when: {FACT: …}, first: WHAT}",
)
_KEYS = (
    {"from", "press", "reaches"},
    {"from", "within", "reaches"},
    {"from", "press", "within", "reaches"},
    {"choice", "leads to"},
    {"said", "at", "leads to"},
    {"after", "always", "before", "unless"},
    {"never", "while"},
    {"never", "before"},
    {"never", "after"},
    {"at most", "before"},
    {"when", "first"},
)


_NEEDS = ("flow.promise.needs", "flow.promise.needs-form", "flow.promise.needs-excuses")
_TOO_MUCH = ("flow.promise.too-much", "flow.promise.too-much-form", "flow.promise.too-much-excuses")


def _unlike_a_form(given: set[str]) -> Message:
    """Which keys a promise lacks, or has too many of, for the form it is most like; and that form as it is written."""
    nearest = min(_KEYS, key=lambda keys: len(keys ^ given))
    form = next((form for form in FORMS if all(f"{key}:" in form for key in nearest)), "")
    missing = sorted(nearest - given)
    plain, with_form, with_excuses = _NEEDS if missing else _TOO_MUCH
    keys = tuple(missing or sorted(given - nearest))
    if not form:
        return Message(plain, keys=keys)
    return Message(with_excuses if "unless" in nearest else with_form, keys=keys, form=form)


class Occurrence(NamedTuple):
    """Something that happens in a call, or where it is: `what` says of which kind `name` and `step` are. `key` is that
    of a choice, or the number of an arm, counted from 1."""

    what: Literal["word", "case", "transfer", "flow", "step", "choice", "disposition", "follow_up", "says", "arm"]
    name: str
    step: str = ""
    key: str = ""

    def __str__(self) -> str:
        if self.what in ("case", "transfer", "follow_up", "says"):  # "case complaint", "transfer agents"
            return f"{self.what} {self.name}"
        arm = "arm" if self.what == "arm" else ""
        return " ".join(filter(None, [".".join(filter(None, [self.name, self.step])), arm, self.key]))


_SAID = re.compile(r"[a-z]\w*(?:\.[a-z]\w*)*(?:\.\*)?")
_PLACE = re.compile(r"([a-z]\w*)\.([a-z]\w*)")


def _happening(text: Any) -> Occurrence:
    if isinstance(text, Occurrence):
        return text
    if isinstance(text, str) and (found := _written(text)):
        return found
    near = difflib.get_close_matches(str(text), [*WORDS, *DISPOSITIONS, *(f"case {kind}" for kind in CASE_KINDS)], n=1)
    if near:
        raise ValueError(Message("flow.promise.near", written=text, meant=near[0]))
    raise ValueError(Message("flow.promise.nothing", written=text, words=WORDS))


def _written(text: str) -> Occurrence | None:
    if text in WORDS:
        return Occurrence("word", text)
    if text in DISPOSITIONS:
        return Occurrence("disposition", text)
    match text.split():
        case ["case", kind] if kind in CASE_KINDS:
            return Occurrence("case", kind)
        case ["transfer", destination] if NAME.match(destination):
            return Occurrence("transfer", destination)
        case ["follow_up", result]:
            return _result(result)
        case ["says", value]:
            return _says(value)
        case [place, "arm", number] if found := _PLACE.fullmatch(place):
            return _arm(found[1], found[2], number)
        case [place, key] if found := _PLACE.fullmatch(place):
            return Occurrence("choice", found[1], found[2], key)
        case [place] if found := re.fullmatch(r"([a-z]\w*)(?:\.([a-z]\w*))?", place):
            return Occurrence("step" if found[2] else "flow", found[1], found[2] or "")
    return None


def _result(result: str) -> Occurrence:
    """What a call to a customer ends in."""
    if result in FOLLOW_UP_RESULTS:
        return Occurrence("follow_up", result)
    near = difflib.get_close_matches(result, FOLLOW_UP_RESULTS, n=1)
    if near:
        raise ValueError(Message("flow.promise.result-near", written=result, meant=near[0]))
    raise ValueError(Message("flow.promise.result", written=result, results=FOLLOW_UP_RESULTS))


def _says(value: str) -> Occurrence:
    """Words with a value in them."""
    if _SAID.fullmatch(value):
        return Occurrence("says", value)
    raise ValueError(Message("flow.promise.says", written=value))


def _arm(flow: str, step: str, number: str) -> Occurrence:
    """An arm of a branch, by its number from 1."""
    if re.fullmatch(r"[1-9]\d?", number):
        return Occurrence("arm", flow, step, number)
    raise ValueError(Message("flow.promise.arm", written=number, step=f"{flow}.{step}"))


class Within(NamedTuple):
    """A number and what is counted."""

    most: int
    unit: Unit


def _within(text: Any) -> Within:
    if isinstance(text, Within):
        return text
    found = re.fullmatch(r"(\d{1,3}) (menu|question|key|second)s?", text) if isinstance(text, str) else None
    if not found:
        raise ValueError(Message("flow.promise.within"))
    return Within(int(found[1]), f"{found[2]}s")  # type: ignore[arg-type]


def _reason(text: Any) -> str:
    if isinstance(text, str) and text.strip():
        return text.strip()
    raise ValueError(Message("flow.promise.reason"))


def _reasons(written: Any) -> Any:
    """Why a promise cannot hold: on the whole line, or by the flow that calls begin in."""
    if isinstance(written, dict) and written:
        return {flow: _reason(reason) for flow, reason in written.items()}
    return _reason(written)


def _whole(waived: dict[BuiltIn, Any]) -> dict[BuiltIn, Any]:
    if isinstance(waived.get(REACHED), dict):
        raise ValueError(Message("flow.promise.whole", promise=REACHED))
    return waived


WaivedFor = Annotated[str | dict[str, str], BeforeValidator(_reasons)]
WaivedField = Annotated[dict[BuiltIn, WaivedFor], AfterValidator(_whole)]
OccurrenceField = Annotated[Occurrence, BeforeValidator(_happening)]
WithinField = Annotated[Within, BeforeValidator(_within)]


class PromiseFields(Fields):
    """One promise, in one of its ten forms."""

    from_: OccurrenceField | None = Field(None, alias="from")
    press: Key | None = None
    within: WithinField | None = None
    reaches: OccurrenceField | None = None
    choice: OccurrenceField | None = None
    said: Annotated[str, Field(min_length=1)] | None = None
    at: OccurrenceField | None = None
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
            raise ValueError(_unlike_a_form(given))
        if "when" in given and not written["when"]:
            raise ValueError(Message("flow.promise.empty-when"))
        return written

    @model_validator(mode="after")
    def _fitting(self) -> PromiseFields:
        if self.within is not None and self.within.unit != "keys":
            raise ValueError(Message("flow.promise.keys"))
        if self.choice is not None and self.choice.what != "choice":
            raise ValueError(Message("flow.promise.choice"))
        if self.at is not None and self.at.what != "step":
            raise ValueError(Message("flow.promise.at"))
        if isinstance(self.while_, str) and not re.fullmatch(r"[a-z]\w* (open|closed|holiday)", self.while_):
            raise ValueError(Message("flow.promise.while"))
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
