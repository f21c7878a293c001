"""A fixture: one call as a file `*.call.yaml`, with what the caller hears, does, and what the call leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ivr.call.case_kinds import CaseKind
from ivr.call.events import Disposition, Ending
from ivr.call.facts import NO_PAST
from ivr.errors import Finding
from ivr.flow.parse import read_fields
from ivr.source.yaml_file import Source, SourceSpan, read_source
from ivr.steps.fields import Duration

ACTS = ("press", "speak", "silence", "record", "transfer", "refused", "hang up")
Text = Annotated[str, Field(min_length=1)]
Keys = Annotated[str, Field(pattern=r"^(?:[0-9*#]|star|pound)+$")]
YesNoText = Annotated[bool, BeforeValidator(lambda text: {"yes": True, "no": False}.get(text, text))]
Seconds = Annotated[int, Field(ge=0, le=14_400)]


def _zoned(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time needs its zone, such as 2026-03-02T22:10+08:00")
    return at


def _texts(given: Any) -> Any:
    return [given] if isinstance(given, str) else given


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class MessageFields(_Fields):
    """A voice message: its length, what a transcriber makes of it later, the key that ended it, or that the caller
    put the phone down while speaking."""

    seconds: Seconds
    text: str = ""
    key: Keys | None = None
    hang_up: YesNoText = Field(default=False, alias="hang up")


class TurnFields(_Fields):
    """One turn: what was heard since the last one, and exactly one act. `after` is how long the caller took for it
    (1 s), `facts` what has changed by then."""

    hear: Annotated[list[Text], BeforeValidator(_texts)] = Field(default_factory=list)
    not_hear: Annotated[list[Text], BeforeValidator(_texts)] = Field(default_factory=list, alias="not hear")
    after: Duration | None = None
    facts: dict[str, str] = Field(default_factory=dict)
    press: Keys | None = None
    speak: Text | None = None
    confidence: Annotated[str, Field(pattern=r"^\d{1,3}%$")] | None = None
    silence: YesNoText = False
    record: MessageFields | None = None
    transfer: Literal["answered", "busy", "no-answer", "failed"] | None = None
    refused: Annotated[int, Field(ge=12_000, lt=14_000)] | None = None
    hang_up: YesNoText = Field(default=False, alias="hang up")

    @model_validator(mode="before")
    @classmethod
    def _word(cls, given: Any) -> Any:
        return {given: "yes"} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_act(self) -> TurnFields:
        if sum(act not in (None, False) for act in self.acts.values()) != 1:
            raise ValueError(f"a turn has exactly one act of {', '.join(ACTS)}")
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
    if given in ("no", "none"):
        return []
    return [given] if isinstance(given, dict) else given


class EndsFields(_Fields):
    """How the call ends and every case it leaves."""

    disposition: Disposition
    ending: Ending | None = None
    case: Annotated[list[ExpectedCase], BeforeValidator(_cases)] = Field(default_factory=list)
    hear: Annotated[list[Text], BeforeValidator(_texts)] = Field(default_factory=list)


class FixtureFields(_Fields):
    """A call. Facts (`caller.visits`, `hours.agents`) may be pinned; `flows` is a folder beside the file."""

    call: Text
    at: Annotated[datetime, AfterValidator(_zoned)]
    from_: str = Field(default="", alias="from")
    to: str = "+862155500000"
    language: str = ""
    flow: str = ""
    flows: str = ""
    facts: dict[str, str] = Field(default_factory=dict)
    switches: dict[str, YesNoText] = Field(default_factory=dict)
    turns: list[TurnFields]
    ends: EndsFields

    def pinned(self) -> dict[str, str]:
        """The facts of this call: a caller without a past, unless one is pinned; of a withheld number none is known."""
        past = NO_PAST if self.from_ else {}
        return past | self.facts | {f"switch.{name}": "yes" if on else "no" for name, on in self.switches.items()}


class Fixture:
    """A fixture as read: its fields, and where each turn stands."""

    def __init__(self, file: str, fields: FixtureFields, source: Source) -> None:
        self.file, self.fields, self._source = file, fields, source

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
    source = read_source(file, raw)
    findings = list(source.findings)
    if not isinstance(source.data, dict):
        return None, findings
    fields = read_fields(FixtureFields, source, findings)
    return (Fixture(file, fields, source) if fields and not findings else None), findings
