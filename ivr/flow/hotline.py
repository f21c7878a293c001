"""The fields of `hotline.yaml` and of a flow's own head, as they stand in the files."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, Field

from ivr.calendar.workdays import supported
from ivr.call.events import CASE_KINDS
from ivr.flow.promises import PromiseFields
from ivr.steps.fields import (
    Count,
    Duration,
    FailureField,
    Fields,
    Label,
    Name,
    Percent,
    Prompt,
    To,
    Words,
    YesNo,
)

CLOCKS = ("cn-2020", "three-workdays", "two-hours-open", "none")
TYPES = ("text", "digits", "number", "phone", "date", "time", "money", "yes_no", "case_number", "recording", "case")


def _number(text: Any) -> str:
    if isinstance(text, str) and re.fullmatch(r"\+[1-9]\d{5,14}", text):
        return text
    raise ValueError('write a number with + and the country, such as "+862155500000"')


def _zone(text: Any) -> str:
    try:
        return ZoneInfo(text).key
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        raise ValueError('write a time zone by region and city, such as "Asia/Shanghai"') from None


def _country(text: Any) -> str:
    """An ISO code, empty for none: a misspelt one would fail on the first call that asks the calendar."""
    if isinstance(text, str) and (not text or supported(text)):
        return text
    raise ValueError('write a country by its two letters, such as "CN"; its public holidays must be known')


def _date(text: Any) -> date:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise ValueError("write a date as 2026-10-01") from None


def _type(text: Any) -> str:
    if isinstance(text, list):
        return " ".join(text)
    if text in TYPES:
        return str(text)
    raise ValueError(f"a type is one of {', '.join(TYPES)}, or a list of words")


Number = Annotated[str, BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_date)]
Type = Annotated[str, BeforeValidator(_type)]


class LanguageFields(Fields):
    """One language: its tags for speaking and listening differ on the network."""

    name: str
    speak: str
    listen: str
    voice: str
    announce: str
    keys: dict[Literal["star", "pound"], str] = {"star": "*", "pound": "#"}
    yes_no: str
    yes: list[str]
    no: list[str]
    wait: Duration | None = None
    gap: Duration | None = None


class DefaultFields(Fields):
    """What any question may override."""

    wait: Duration = 5.0
    gap: Duration = 3.0
    speech: YesNo = True
    confidence: Percent = 0.4
    both: Count = 4
    no_input: FailureField
    no_match: FailureField
    confirm: Prompt
    consent: Prompt
    connecting: Prompt


class ShortcutFields(Fields):
    """A key valid in every question."""

    next: To
    label: Label
    words: Words = {}
    announce: YesNo = False


class CallValueFields(Fields):
    """A value the whole call remembers."""

    type: Type
    starts: str | None = None


class SwitchFields(Fields):
    """A switch turned on and off without publishing."""

    title: Label


Country = Annotated[str, BeforeValidator(_country)]


class HoursFields(Fields):
    """Opening hours."""

    open: dict[str, str]
    holidays: Country | None = None
    closed_on: list[Day] = []
    open_on: list[Day] = []


class DestinationFields(Fields):
    """A person or desk: a number, or a SIP address."""

    number: Number | None = None
    sip: str | None = None
    hours: Name | None = None
    ring: Duration = 25.0
    most_waiting: Count | None = None


class CaseFields(Fields):
    """What is owed for a kind of case."""

    clock: Literal["cn-2020", "three-workdays", "two-hours-open", "none"]
    follow_up: YesNo = False


class LimitFields(Fields):
    """Where a call that goes round for ever ends."""

    steps_in_a_turn: Annotated[Count, Field(ge=5, le=500)] = 50
    turns: Annotated[Count, Field(ge=10, le=1000)] = 200
    call: Duration = 1800.0
    next: To


class HotlineFields(Fields):
    """`hotline.yaml`."""

    hotline: Annotated[str, Field(min_length=1)]
    numbers: dict[Number, Name] = {}
    default: Name
    time_zone: Annotated[str, BeforeValidator(_zone)]
    country: Country = ""
    languages: dict[str, LanguageFields]
    defaults: DefaultFields
    shortcuts: dict[Literal["0", "9", "star", "pound"], ShortcutFields] = {}
    call: dict[Name, CallValueFields] = {}
    switches: dict[Name, SwitchFields] = {}
    hours: dict[Name, HoursFields] = {}
    destinations: dict[Name, DestinationFields] = {}
    cases: dict[Literal["inquiry", "complaint", "feedback", "callback"], CaseFields] = {}
    prompts: dict[Name, Prompt] = {}
    limits: LimitFields
    promises: list[PromiseFields] = []
    trouble: Prompt
    goodbye: Prompt


class FlowFields(Fields):
    """A flow's head; its steps are read one by one, by kind."""

    flow: Name
    title: Label
    takes: dict[Name, Type] = {}
    gives: dict[Name, Type] = {}
    intake: Literal["inquiry", "complaint", "feedback", "callback"] | None = None
    steps: dict[str, Any] = Field(min_length=1)


assert CASE_KINDS == ("inquiry", "complaint", "feedback", "callback")
