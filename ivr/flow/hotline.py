"""The fields of `hotline.yaml` and of a flow's own head, as they stand in the files."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, Field

from ivr.calendar.dates import parse_date
from ivr.calendar.regions import parse_region
from ivr.call.case_kinds import CaseKind
from ivr.call.keys import pressed_key
from ivr.call.phone import COUNTRIES
from ivr.flow.clock_fields import ClockField, DayClockFields
from ivr.flow.outgoing_fields import OutgoingFields
from ivr.flow.promises import PromiseFields, WaivedField
from ivr.flow.topic_fields import SpeechFields
from ivr.flow.triage_fields import TriageFields
from ivr.messages.message import Message
from ivr.steps.fields import (
    NAME,
    CountField,
    Duration,
    Fields,
    Label,
    NameField,
    NoInputField,
    NoMatchField,
    NotBuilt,
    Percent,
    PromptField,
    To,
    TopicsField,
    WordsField,
    YesNo,
)

TYPES = ("text", "digits", "number", "phone", "date", "time", "money", "yes_no", "case_number", "recording", "case")


def _number(text: Any) -> str:
    if isinstance(text, str) and re.fullmatch(r"\+[1-9]\d{5,14}", text):
        return text
    digits = re.sub(r"[\s().-]", "", str(text))
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    meant = digits if re.fullmatch(r"\+[1-9]\d{5,14}", digits) else "+862155500000"
    raise ValueError(Message("flow.hotline.number", such=meant))


def _zone(text: Any) -> str:
    try:
        return ZoneInfo(text).key
    except (TypeError, ValueError, OSError, ZoneInfoNotFoundError):
        raise ValueError(Message("flow.hotline.zone", such=_zone_meant(str(text)))) from None


def _zone_meant(text: str) -> str:
    """The zone of a city, as far as it can be told; hours beside UTC are no place."""
    named = {"beijing": "Asia/Shanghai", "北京": "Asia/Shanghai", "china": "Asia/Shanghai", "prc": "Asia/Shanghai"}
    plain = text.strip().lower().replace(" ", "_")
    places = (zone for zone in sorted(available_timezones()) if not zone.startswith("Etc/"))
    cities = (zone for zone in places if zone.lower().endswith(f"/{plain.split('/')[-1]}"))
    return named.get(plain) or next(cities, "Asia/Shanghai")


def _country(text: Any) -> str:
    """A code, empty for none: a misspelt one would fail on the first call that asks the calendar."""
    return parse_region(str(text)) if text else ""


def _calls_to(text: Any) -> str:
    if isinstance(text, str) and text in COUNTRIES:
        return text
    meant = {"UK": "GB", "EN": "GB"}.get(str(text).upper(), str(text).upper())
    if meant in COUNTRIES:
        raise ValueError(Message("flow.hotline.calls-to-meant", meant=meant))
    raise ValueError(Message("flow.hotline.calls-to"))


def _date(text: Any) -> date:
    if isinstance(text, date):
        return text
    return parse_date(str(text))


def _type(text: Any) -> str:
    if isinstance(text, list) and all(isinstance(word, str) for word in text):
        return " ".join(text)
    if text in TYPES:
        return str(text)
    raise ValueError(Message("flow.hotline.type", options=TYPES))


E164 = Annotated[str, BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_date)]
Type = Annotated[str, BeforeValidator(_type)]


class LanguageSettings(Fields):
    """One language: its tags for speaking and listening differ on the provider."""

    name: str
    speak: str
    listen: str
    voice: str
    announce: str
    keys: dict[Literal["star", "pound"], str] = {key: pressed_key(key) for key in ("star", "pound")}
    phone_digits: dict[Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], str] = {}
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
    both: CountField = 4
    no_input: NoInputField
    no_match: NoMatchField
    confirm: PromptField
    consent: PromptField
    connecting: PromptField
    cannot_call: PromptField | None = None


class ShortcutFields(Fields):
    """A key valid in every question."""

    next: To
    label: Label
    words: WordsField = {}
    topics: TopicsField | None = None
    announce: YesNo = False


class CallValueFields(Fields):
    """A value the whole call remembers."""

    type: Type
    starts: str | None = None


class SwitchFields(Fields):
    """A switch turned on and off without publishing."""

    title: Label


Country = Annotated[str, BeforeValidator(_country)]
CalledCountry = Annotated[str, BeforeValidator(_calls_to)]


class HoursSettings(Fields):
    """Opening hours."""

    open: dict[str, str]
    holidays: Country | None = None
    closed_on: list[Day] = []
    open_on: list[Day] = []


class DestinationFields(Fields):
    """A person or desk: a number, or a SIP address."""

    number: E164 | None = None
    sip: str | None = None
    hours: NameField | None = None
    ring: Duration = 25.0
    most_waiting: Annotated[
        CountField | None,
        NotBuilt("flow.not-built.queue", "flow.not-built.take-out-queue"),
    ] = None


def _follow_up(text: Any) -> str:
    """A flow's name; `no` is none. A `yes`, which needed no flow, is still read in releases stored with it: their cases
    wait for the customer's word, and nobody is phoned."""
    if text in ("no", ""):
        return ""
    if isinstance(text, str) and NAME.match(text):
        return text
    raise ValueError(Message("flow.outgoing.follow-up"))


FollowUpField = Annotated[str, BeforeValidator(_follow_up)]


class CaseSettings(Fields):
    """What is owed for a kind of case: its clock, and other clocks for cases of a higher priority. `follow_up`: the
    flow under `outgoing` in which the customer is phoned once they were told."""

    clock: ClockField
    high: ClockField | None = None
    urgent: ClockField | None = None
    follow_up: FollowUpField = ""


class LimitFields(Fields):
    """Where a call that goes round for ever ends."""

    steps_in_a_turn: Annotated[CountField, Field(ge=5, le=500)] = 50
    turns: Annotated[CountField, Field(ge=10, le=1000)] = 200
    call: Duration = 1800.0
    next: To


class HotlineFields(Fields):
    """`hotline.yaml`."""

    hotline: Annotated[str, Field(min_length=1)]
    numbers: dict[E164, NameField] = {}
    default: NameField
    time_zone: Annotated[str, BeforeValidator(_zone)]
    country: Country = ""
    calls_to: list[CalledCountry] | None = None
    languages: dict[str, LanguageSettings]
    defaults: DefaultFields
    speech: SpeechFields | None = None
    shortcuts: dict[Literal["0", "9", "star", "pound"], ShortcutFields] = {}
    call: dict[NameField, CallValueFields] = {}
    switches: dict[NameField, SwitchFields] = {}
    hours: dict[NameField, HoursSettings] = {}
    destinations: dict[NameField, DestinationFields] = {}
    clocks: dict[NameField, DayClockFields] = {}
    cases: dict[CaseKind, CaseSettings] = {}
    triage: dict[NameField, TriageFields] = {}
    outgoing: dict[NameField, OutgoingFields] = {}
    prompts: dict[NameField, PromptField] = {}
    limits: LimitFields
    promises: list[PromiseFields] = []
    waive: WaivedField = {}
    trouble: PromptField
    goodbye: PromptField

    @property
    def nation(self) -> str:
        """Whose telephone numbers and money these are: the country, without a region."""
        return self.country.partition("-")[0]


class FlowFields(Fields):
    """A flow's head; its steps are read one by one, by kind."""

    flow: NameField
    title: Label
    takes: dict[NameField, Type] = {}
    gives: dict[NameField, Type] = {}
    intake: CaseKind | None = None
    steps: dict[str, Any] = Field(min_length=1)
