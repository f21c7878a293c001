"""Facts asked when they are read: each in every way it can be answered, and nothing remembered between turns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ivr.analysis.value_classes import Classes
from ivr.call.facts import (
    ANSWERED_BY,
    CALLER_NUMBER,
    DIALLED,
    NAME_OF_CUSTOMER,
    NO_PAST,
    TAKEN,
    is_taken,
    may_change,
    source_of,
)
from ivr.flow.model import Release
from ivr.service.calls.turn_facts import CallHeader, TurnFacts

Answers = tuple[tuple[str, int], ...]
"""What was asked in a turn, in order: the question and which of its answers was given."""
INSTANT = "the time"
CALLER = "the caller"
COPIED = "something else"
SOME_NUMBER = "100000000"
KNOWN_CALLER = "+862155500123"
ANOTHER_LINE = "+12025550100"
"""A number that hotline.yaml does not list, and that is led to the hotline all the same."""
OF_SOME_CASE = {
    "kind": "complaint", "opened": "2026-03-02", "due": "2026-03-17", "told": "2026-03-10", "due_again": "2026-04-01"
}  # fmt: skip
"""Of the case a call to a customer is about, which is only spoken: that it is known is all that matters."""
WHO_ANSWERS = ("human", "machine", "unknown")
DAYS = 366


def moves_on(question: str) -> bool:
    """Whether its answer may change in the middle of a call: the time, a switch, what is on record of the caller."""
    return question == INSTANT or (may_change(question) and source_of(question) != "flow")


class Instant(NamedTuple):
    """A moment that stands for all at which every calendar answers alike."""

    at: datetime
    status: Mapping[str, str]


def instants(release: Release, since: date) -> list[Instant]:
    """One moment for each way all opening hours can stand together within a year: closed together, one open, ..."""
    zone = ZoneInfo(release.time_zone)
    read = sorted(name for name in release.hours if {f"hours.{name}", f"hours.{name}.opens"} & release.reads)
    found: dict[tuple[str, ...], datetime] = {}
    hours = [release.hours[name] for name in read]
    spans = {minute for each in hours for day in each.open.values() for span in day for minute in span}
    minutes = sorted({minute % (24 * 60) for minute in {0, 12 * 60, *spans}})
    for day in (since + timedelta(days=n) for n in range(DAYS)):
        for minute in minutes:
            at = datetime.combine(day, time(minute // 60, minute % 60), zone)
            found.setdefault(tuple(each.status(at) for each in hours), at)
    return [Instant(at.astimezone(UTC), dict(zip(read, status, strict=True))) for status, at in found.items()]


class Questions:
    """Every fact a release can read, with the answers that conditions tell apart."""

    def __init__(self, release: Release, classes: Classes, since: date) -> None:
        self.release = release
        self.instants = instants(release, since)
        self._answering = {release.default, *release.numbers.values()}
        self._classes = classes
        self._known: dict[tuple[int, str], str | None] = {}
        self._class_of: dict[tuple[str, str], object] = {}
        self._answers: dict[str, Sequence[str | None]] = {CALLER: self._callers()}

    def _callers(self) -> Sequence[str | None]:
        """A known number, none, and one of each class that conditions tell apart by either of its names. All others,
        that the hotline may not phone, are none to its flows."""
        found: dict[object, str | None] = {}
        named = [self._classes.later("", name) for name in CALLER_NUMBER]
        phoned = self.release.phoned
        known = phoned.samples() if not phoned.may_call(KNOWN_CALLER) else [KNOWN_CALLER, *phoned.samples()]
        asked = [phoned.like(sample) or sample for later in named for sample in later.samples]
        for value in (*known[:1], None, *asked, *known[1:]):
            found.setdefault(tuple(later.class_of(value) for later in named) if value is not None else None, value)
        return tuple(found.values())

    def count(self, question: str) -> int:
        """How many answers a question has."""
        return len(self.instants) if question == INSTANT else len(self.answers(question))

    def answers(self, question: str) -> Sequence[str | None]:
        """The answers of a question other than the time; None where it is not known."""
        if question not in self._answers:
            usual: Sequence[str | None] = ("no", "yes") if source_of(question) == "switch" else (None,)
            if question == DIALLED:
                usual = (*self.release.numbers, ANOTHER_LINE)
            if is_taken(question):
                usual = ("somebody", None)
            if question in NO_PAST:
                usual = (NO_PAST[question], None)
            if self.release.is_of_call(question):
                starts = self.release.call_values.get(question)
                usual = (starts, *self._set_to(question))
            told_apart = question == ANSWERED_BY  # by the engine itself, whatever conditions ask
            self._answers[question] = WHO_ANSWERS if told_apart else self._values(question, usual)
        return self._answers[question]

    def dialled(self, entry: str) -> Iterator[tuple[int, str]]:
        """The answers of `call.to` in calls that begin in a flow, each with a number of that class that leads there."""
        release, later = self.release, self._classes.later("", DIALLED)
        for number in (*release.numbers, ANOTHER_LINE, *later.samples):
            if release.numbers.get(number, release.default) == entry or entry not in self._answering:
                known = [later.class_of(str(value)) for value in self.answers(DIALLED)]
                yield known.index(later.class_of(number)), number

    def agrees(self, question: str, value: object, answer: int) -> bool:
        """Whether conditions cannot tell a value from an answer of a question; None is like nothing else."""
        known = self.answers(question)[answer]
        if value is None or known is None:
            return value is known
        return self._class(question, str(value)) == self._class(question, known)

    def _class(self, question: str, value: str) -> object:
        key = (question, value)
        if key not in self._class_of:
            self._class_of[key] = self._classes.later("", question).class_of(value)
        return self._class_of[key]

    def _values(self, name: str, usual: Sequence[str | None]) -> Sequence[str | None]:
        """One value of each class, the usual ones first."""
        later = self._classes.later("", name)
        found: dict[object, str | None] = {}
        for value in (*usual, *later.samples):
            found.setdefault(later.class_of(value) if value is not None else None, value)
        return tuple(found.values())

    def _set_to(self, name: str) -> Iterator[str]:
        """The words some step gives to a whole-call value."""
        for flow in self.release.flows.values():
            for step in flow.steps.values():
                given = step.declared.sets.get(name, "")
                if given.startswith('"'):
                    yield given[1:]
                elif given:
                    yield COPIED  # whatever it is, it may be none of the words that conditions ask for

    def calendar(self, instant: int, name: str) -> str | None:
        """A fact that the time alone decides, computed by the real calendar."""
        key = (instant, name)
        if key not in self._known:
            at = self.instants[instant].at
            self._known[key] = TurnFacts(self.release, at, CallHeader(1, at, "")).get(name)
        return self._known[key]


class AskedFacts:
    """The facts of one turn, each with the answer `given`, or with its first; `asked` notes each question."""

    __slots__ = ("_questions", "asked", "given")

    def __init__(self, questions: Questions, given: Answers = ()) -> None:
        self._questions = questions
        self.given = dict(given)
        self.asked: dict[str, int] = {}

    def get(self, name: str, /) -> str | None:
        """A fact by its name."""
        if name.endswith(".number"):
            return SOME_NUMBER
        if is_taken(name) and name != f"case.{TAKEN}.{NAME_OF_CUSTOMER[5:]}":
            return OF_SOME_CASE[name.rsplit(".", 1)[1]]
        if name.startswith("hours.") and name.count(".") == 1:
            return self._questions.calendar(self._ask(INSTANT), name)
        if name != DIALLED and source_of(name) in ("calendar", "case", "call"):
            return self._questions.calendar(0, name)  # only spoken: that it is known is all that matters
        if name in CALLER_NUMBER:
            return self._questions.answers(CALLER)[self._ask(CALLER)]
        return self._questions.answers(name)[self._ask(name)]

    def _ask(self, question: str) -> int:
        if question not in self.asked:
            self.asked[question] = self.given.get(question, 0)
        return self.asked[question]

    def others(self) -> Iterator[Answers]:
        """The answers not yet tried: for each question asked beyond those given, each other answer it has."""
        before: list[tuple[str, int]] = []
        for question, answer in self.asked.items():
            if question not in self.given:
                for other in range(1, self._questions.count(question)):
                    yield (*before, (question, other))
            before.append((question, answer))
