"""A fixture: one call as a file `*.call.yaml`, with what the caller hears, does, and what the call leaves behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ivr.calendar.dates import parse_date
from ivr.call.case_kinds import CaseKind
from ivr.call.events import Disposition, Ending
from ivr.call.facts import NO_PAST
from ivr.errors import Finding
from ivr.flow.parse import read_fields
from ivr.messages.message import Message
from ivr.replay.placed_fields import CUSTOMER, AnsweredField, CaseBefore, ResultField, wrongly_placed
from ivr.source.yaml_file import Source, SourceSpan, read_source
from ivr.steps.fields import Duration

ACTS = ("press", "speak", "silence", "record", "transfer", "refused", "hang up")
Text = Annotated[str, Field(min_length=1)]
YesNoText = Annotated[bool, BeforeValidator(lambda text: {"yes": True, "no": False}.get(str(text), text))]
Seconds = Annotated[int, Field(ge=0, le=14_400)]


HANG_UP = ("hang up", "hang-up", "hang_up", "hangup", "hangs up", "hung up")
SILENCE = ("silence", "silent")
ALONE = frozenset({*HANG_UP, *SILENCE})
"""Acts without a value, in the ways people write them; in braces they may stand as they are."""
_RUN_ON = re.compile(rf"[，、；]\s*({'|'.join((*ALONE, 'press', 'speak'))})\b")


def _moment(given: Any) -> datetime:
    if isinstance(given, datetime):
        return given
    text = str(given).strip()
    day, clock, _ = (*re.split(r"[T ]", text, maxsplit=1), "", "")[:3]
    parse_date(day)
    if not clock:
        raise ValueError(Message("replay.fixture.no-time", day=day))
    try:
        return datetime.fromisoformat(f"{day}T{clock}")
    except ValueError:
        raise ValueError(Message("replay.fixture.moment")) from None


def _texts(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


def _keys(given: Any) -> Any:
    text = "".join(map(str, given)) if isinstance(given, list) else str(given)
    text = re.sub(r"[\s,]", "", text.lower())
    if not text:
        raise ValueError(Message("replay.fixture.no-keys"))
    if not re.fullmatch(r"(?:[0-9*#]|star|pound)+", text):
        raise ValueError(Message("replay.fixture.keys", given=str(given)))
    return text


def _outcome(given: Any) -> Any:
    return given.lower().replace(" ", "-").replace("_", "-") if isinstance(given, str) else given


def _percent(given: Any) -> Any:
    found = re.fullmatch(r"(\d{1,3})%?", str(given))
    if not found or int(found[1]) > 100:
        raise ValueError(Message("replay.fixture.percent"))
    return f"{found[1]}%"


Keys = Annotated[str, BeforeValidator(_keys)]


def _act_meant(key: str) -> str:
    """An act by the name it has here."""
    plain = key.lower()
    return "hang up" if plain in HANG_UP else "silence" if plain in SILENCE else key


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class MessageFields(_Fields):
    """A voice message: its length, what a transcriber makes of it later, the key that ended it, or that the caller
    put the phone down while speaking."""

    seconds: Seconds
    text: str = ""
    key: Keys | None = None
    hang_up: YesNoText = Field(default=False, alias="hang up")

    @model_validator(mode="before")
    @classmethod
    def _text_alone(cls, given: Any) -> Any:
        """A text alone, or without its seconds, takes as long as it takes to say."""
        said = {"text": given} if isinstance(given, str) else given
        if isinstance(said, dict) and isinstance(said.get("text"), str):
            said = {"seconds": max(2, len(said["text"]) // 4)} | said
        return said


class TurnFields(_Fields):
    """One turn: what was heard since the last one, and exactly one act. `after` is how long the caller took for it
    (1 s), `facts` what has changed by then."""

    hear: Annotated[list[Text], BeforeValidator(_texts)] = Field(default_factory=list)
    not_hear: Annotated[list[Text], BeforeValidator(_texts)] = Field(default_factory=list, alias="not hear")
    after: Duration | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    press: Keys | None = None
    speak: Text | None = None
    confidence: Annotated[str, BeforeValidator(_percent)] | None = None
    silence: YesNoText = False
    record: MessageFields | None = None
    transfer: Annotated[Literal["answered", "busy", "no-answer", "failed"], BeforeValidator(_outcome)] | None = None
    refused: Annotated[int, Field(ge=12_000, lt=14_000)] | None = None
    hang_up: YesNoText = Field(default=False, alias="hang up")

    @model_validator(mode="before")
    @classmethod
    def _word(cls, given: Any) -> Any:
        if isinstance(given, str):
            word, _, rest = given.partition(" ")
            if re.fullmatch(r"[0-9*#]+|star|pound", given):
                raise ValueError(Message("replay.fixture.press", keys=given))
            if word in ("press", "speak", "record", "transfer", "refused"):
                raise ValueError(Message("replay.fixture.colon", given=given, act=word, rest=rest or "..."))
            given = {given: "yes"}
        if not isinstance(given, dict):
            return given
        meant = {_act_meant(key): text for key, text in given.items()}
        for text in meant.values():
            if isinstance(text, str) and (found := _RUN_ON.search(text)):
                raise ValueError(Message("replay.fixture.comma", text=text, act=found[1]))
        return meant | dict.fromkeys([act for act in ("silence", "hang up") if meant.get(act) == ""], "yes")

    @model_validator(mode="after")
    def _one_act(self) -> TurnFields:
        done = [name for name, act in self.acts.items() if act not in (None, False)]
        if not done:
            raise ValueError(Message("replay.fixture.no-act", acts=ACTS))
        if done[1:]:
            raise ValueError(Message("replay.fixture.acts", count=len(done), acts=tuple(done)))
        return self

    @property
    def acts(self) -> Mapping[str, object]:
        """All acts by name, None or False where not done."""
        return {
            "press": self.press,
            "speak": self.speak,
            "silence": self.silence,
            "record": self.record,
            "transfer": self.transfer,
            "refused": self.refused,
            "hang up": self.hang_up,
        }


class ExpectedCase(BaseModel):
    """A case the call must leave: its kind and any of its other values, as text."""

    model_config = ConfigDict(extra="allow", frozen=True)
    kind: CaseKind
    partial: YesNoText = False


def _cases(given: Any) -> Any:
    if given in ("no", "none", ""):
        return []
    each = given if isinstance(given, list) else [given]
    return [{"kind": case} if isinstance(case, str) else case for case in each]


class EndsFields(_Fields):
    """How the call ends and every case it leaves. A word alone is the disposition of a call without a case. Of a call
    that the hotline places, `follow_up` is what came of it, and `noted` what it put on the case it is about."""

    @model_validator(mode="before")
    @classmethod
    def _word(cls, given: Any) -> Any:
        return {"disposition": given} if isinstance(given, str) else given

    disposition: Disposition | None = None
    ending: Ending | None = None
    follow_up: ResultField | None = None
    noted: dict[str, str] = Field(default_factory=dict)
    case: Annotated[list[ExpectedCase], BeforeValidator(_cases)] = Field(default_factory=list)
    hear: Annotated[list[Text], BeforeValidator(_texts)] = Field(default_factory=list)


class FixtureFields(_Fields):
    """A call. Facts (`caller.visits`, `hours.agents`) may be pinned; `flows` is a folder beside the file.

    `outgoing`: the hotline places it, in this flow, to the number `to`, and `answered` says by whom it is taken up, or
    why by nobody; `case` is what it is about.
    `at` may have no zone: it is then in the hotline's (`Fixture.in_zone`).
    """

    call: Text
    at: Annotated[datetime, BeforeValidator(_moment)]
    from_: str = Field(default="", alias="from")
    to: str = "+862155500000"
    language: str = ""
    flow: str = ""
    outgoing: str = ""
    answered: AnsweredField = "human"
    case: CaseBefore | None = None
    flows: str = ""
    facts: dict[str, str] = Field(default_factory=dict)
    switches: dict[str, YesNoText] = Field(default_factory=dict)
    turns: list[TurnFields]
    ends: EndsFields

    @property
    def customer(self) -> str:
        """The number at the other end, empty where it is withheld."""
        if not self.outgoing:
            return self.from_
        return self.to if "to" in self.model_fields_set else CUSTOMER

    def pinned(self) -> dict[str, str]:
        """The facts of this call: a caller without a past, unless one is pinned; of a withheld number none is known."""
        past = NO_PAST if self.customer else {}
        return past | self.facts | {f"switch.{name}": "yes" if on else "no" for name, on in self.switches.items()}


class Fixture:
    """A fixture as read: its fields, and where each turn stands."""

    def __init__(self, file: str, fields: FixtureFields, source: Source) -> None:
        self.file, self.fields, self._source = file, fields, source

    def in_zone(self, zone: str) -> Fixture:
        """The fixture with its beginning in this zone, where its file names none."""
        at = self.fields.at
        if at.tzinfo is not None:
            return self
        there = self.fields.model_copy(update={"at": at.replace(tzinfo=ZoneInfo(zone))})
        return Fixture(self.file, there, self._source)

    def line(self, *path: str | int) -> int:
        """The line something stands on, from 1."""
        return self.place(*path).line

    def place(self, *path: str | int) -> SourceSpan:
        """Where something stands, or the nearest thing around it. Of one case or text alone, 0 means itself."""
        here: Any = self._source.data
        real: list[str | int] = []
        for part in path:
            if isinstance(part, int) and not isinstance(here, list):
                continue
            real.append(part)
            known = isinstance(here, dict) and part in here or isinstance(here, list) and isinstance(part, int)
            here = here[part] if known else None
        return self._source.place(real)


def read_fixture(file: str, raw: bytes) -> tuple[Fixture | None, list[Finding]]:
    """Read a fixture; None with the findings where something is wrong with it."""
    source = read_source(file, raw, ALONE)
    findings = list(source.findings)
    if not isinstance(source.data, dict):
        return None, findings
    fields = read_fields(FixtureFields, source, findings)
    if fields is not None:
        findings += wrongly_placed(fields, source)
    return (Fixture(file, fields, source) if fields and not findings else None), findings
