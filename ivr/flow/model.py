"""A release as the engine sees it: compiled flows, prompts and the hotline's rules. Plain data, made once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from ivr.calendar.opening_hours import OpeningHours
from ivr.calendar.workdays import Workdays
from ivr.call.facts import CALL_VALUES, NAMED_FACTS
from ivr.call.phone import Phoned
from ivr.call.verbs import Speak
from ivr.case.case_fields import urgency
from ivr.case.clock import Clocks
from ivr.case.deadline import Calendars
from ivr.case.triage import TriageRule
from ivr.flow.outgoing import Outgoing
from ivr.flow.promises import PromiseFields
from ivr.flow.spoken_language import SpokenLanguage
from ivr.speech.topics import Topics
from ivr.speech.words import Words
from ivr.steps.step import Step
from ivr.steps.target import Target

Direction = Literal["incoming", "outgoing"]
"""Who dials: a caller who phones the hotline, or the hotline itself."""


class StepKey(NamedTuple):
    """A step of a release, by its flow and its own name."""

    flow: str
    step: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a prompt where a value is spoken; `labels` speak a closed list's words, by word and language."""

    name: str
    format: str
    labels: Mapping[str, Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside a prompt, in seconds. `blank` stands between the words around it where they are read."""

    seconds: float
    blank: str = ""


Part = str | Slot | Pause


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt: by language its parts, text, slots and pauses in turn; `slots` are the values its words name.

    `promises`: the words may promise a call, by what they name (`OF_A_PROMISE`) or because their step `says_so`
    (docs/adr/0016).
    """

    parts: Mapping[str, Sequence[Part]]
    slots: frozenset[str] = frozenset()
    promises: bool = False
    says_so: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """How a language is spoken and understood."""

    tag: str
    name: str
    speak: str
    listen: str
    voice: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key valid in every question: where it leads, its announcement's prompt (empty: not announced), and by
    language what may be said for it, as written."""

    key: str
    next: Target
    announced: str
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a call that goes round for ever ends. `call` in seconds."""

    steps_in_a_turn: int
    turns: int
    call: int
    next: Target


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a person can be reached: an E.164 number or SIP address, its hours (empty: always), ring in seconds."""

    number: str
    hours: str
    ring: int


@dataclass(frozen=True, slots=True)
class CaseRule:
    """What is owed for a case of a kind: its clock as cases hold it, and by priority the clocks that run beside it.
    `follow_up`: the flow in which the customer is phoned once they were told, empty for none."""

    clock: str
    by_priority: Mapping[str, str] = field(default_factory=dict)
    follow_up: str = ""

    def clocks(self, priority: str) -> Sequence[str]:
        """The clocks of a case of this priority, the most urgent one first; the soonest deadline counts."""
        own = [name for name in self.by_priority if urgency(name) <= urgency(priority)]
        return [*(self.by_priority[name] for name in sorted(own, key=urgency, reverse=True)), self.clock]


@dataclass(frozen=True, slots=True)
class Flow:
    """One compiled flow. A second `back` leads to `rewind`: the first step, so that the flow decides again what to
    ask; or the first question, where a step before it does something that cannot be undone."""

    name: str
    first: str
    first_question: str
    rewind: str
    steps: Mapping[str, Step]
    takes: Mapping[str, str]
    gives: Mapping[str, str]
    intake: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Release:
    """All flows, prompts and calendars together: what a call is pinned to.

    `entries` are the flows a call can begin in and which way it goes, the default one first; `outgoing` says of those
    that calls of our own begin in when these may be made. `waive` says by the name of a built-in promise why it need
    not hold, on the whole line or by the flow a call begins in.
    `phoned` says which numbers the hotline may phone; `speaks` how each language speaks values; `topics` what callers
    say about what, by language.
    `facts` and `call_names` are the names declared for what comes from outside and for what the whole call remembers.
    `announced`, `spoken` and `shortcut_words` hold what the engine has worked out of it (`ivr/engine/announcing.py`,
    `shortcuts.py`).
    """

    title: str
    numbers: Mapping[str, str]
    default: str
    entries: Mapping[str, Direction] = field(default_factory=dict)
    time_zone: str
    languages: Mapping[str, Language]
    speaks: Mapping[str, SpokenLanguage] = field(default_factory=dict)
    flows: Mapping[str, Flow]
    prompts: Mapping[str, Prompt]
    hints: Mapping[str, Mapping[str, Sequence[str]]]
    shortcuts: Mapping[str, Shortcut]
    limits: Limits
    call_values: Mapping[str, str]
    hours: Mapping[str, OpeningHours]
    workdays: Workdays
    destinations: Mapping[str, Destination]
    clocks: Clocks = field(default_factory=dict)
    cases: Mapping[str, CaseRule]
    triage: Sequence[TriageRule] = ()
    outgoing: Mapping[str, Outgoing] = field(default_factory=dict)
    switches: Sequence[str]
    reads: frozenset[str]
    phoned: Phoned = field(default_factory=Phoned)
    topics: Mapping[str, Topics] = field(default_factory=dict)
    promises: Sequence[PromiseFields] = ()
    waive: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    facts: frozenset[str] = NAMED_FACTS
    call_names: frozenset[str] = CALL_VALUES
    announced: dict[tuple[bool, bool], tuple[str, ...]] = field(default_factory=dict)
    shortcut_words: dict[tuple[bool, str], Words] = field(default_factory=dict)
    spoken: dict[tuple[tuple[str, ...], str], tuple[Speak, ...] | None] = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[Flow, Step]]:
        """Every step, with its flow."""
        for flow in self.flows.values():
            for step in flow.steps.values():
                yield flow, step

    def is_of_call(self, name: str) -> bool:
        """Whether a name stands for a value that the whole call remembers."""
        return name in self.call_names

    def is_of_run(self, name: str) -> bool:
        """Whether a name stands for a value of one run of a flow, which goes when the run ends."""
        return name not in self.facts and name not in self.call_names

    def shortcut_keys(self, *, every: bool) -> tuple[str, ...]:
        """The shortcut keys of a question, or of one without shortcuts, where only a person can be asked for."""
        if every:
            return tuple(self.shortcuts)
        return ("0",) if "0" in self.shortcuts else ()

    @property
    def person_flow(self) -> str:
        """The flow that leads to a person: the one of key 0; empty where that key leads to none."""
        zero = self.shortcuts.get("0")
        return zero.next.name if zero is not None and zero.next.to == "flow" else ""

    @property
    def calendars(self) -> Calendars:
        """What the clocks of its cases count in."""
        return Calendars(ZoneInfo(self.time_zone), self.workdays, self.hours, self.clocks)

    @property
    def first_language(self) -> str:
        """What is spoken until the caller has chosen."""
        return next(iter(self.languages))
