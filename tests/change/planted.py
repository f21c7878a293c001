"""Edits planted in the shipped flows, each with its truth: which calls it touches, known from their events, by a
predicate that knows the edit and takes no turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from invented_calls import Taken

from ivr.call.events import Event, ExitTaken, Failed
from ivr.call.inputs import Digits, Speech, Stored
from ivr.change.impact.effects import Effect
from ivr.steps.spoken import spoken_key

Hit = tuple[int, int]
"""Turn and event, from 0: where in a call an edit is met first."""
Test = Callable[[Sequence[Event], int, Stored], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit: texts to replace, by file; where its groups must be blamed; what it does to a call; its truth."""

    name: str
    texts: Sequence[tuple[str, str, str]]
    places: Sequence[tuple[str, str]]
    does: Literal["diverts", "moves", "words"] = "diverts"
    test: Test

    def applied(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files with this edit."""
        found = dict(files)
        for file, old, new in self.texts:
            text = found[file].decode()
            assert text.count(old) == 1, f"{self.name}: {old!r} is there {text.count(old)} times in {file}"
            found[file] = text.replace(old, new).encode()
        return found

    def hit(self, taken: Sequence[Taken]) -> Hit | None:
        """Where a call meets the edit first."""
        for n, turn in enumerate(taken):
            if self.does == "words":
                if any((prompt, language) in WORDS for prompt, language in turn.heard):
                    return n, 0
                continue
            for m in range(len(turn.events)):
                if self.test(turn.events, m, turn.stored):
                    return n, m
        return None

    def blamed(self, effect: Effect) -> bool:
        """Whether a group is this edit's."""
        how = {"moves": ("moved key",), "words": ("words",)}.get(self.does)
        right = effect.how in how if how else effect.how not in ("moved key", "words")
        return right and (effect.flow, effect.step) in self.places


ELDERLY = """\
      5:
        label: {zh-CN: 长者服务, en-US: senior services}
        words: {zh-CN: [长者, 老年人, 老人], en-US: [senior, elderly]}
        topics: [elderly_*]
        next: elderly
"""
WORDS = {("main.notice", "zh-CN")}


def took(flow: str, step: str, *exits: str) -> Test:
    """An exit of a step was taken."""

    def test(events: Sequence[Event], m: int, stored: Stored) -> bool:
        event = events[m]
        return isinstance(event, ExitTaken) and (event.flow, event.step) == (flow, step) and event.exit in exits

    return test


def keyed(flow: str, step: str, *exits: str) -> Test:
    """A choice was made by its key, pressed or said."""
    chose = took(flow, step, *exits)

    def test(events: Sequence[Event], m: int, stored: Stored) -> bool:
        came = stored.input
        by_key = isinstance(came, Digits) or (isinstance(came, Speech) and spoken_key(came.text) != "")
        return m == 0 and by_key and chose(events, m, stored)

    return test


def failed(flow: str, step: str, how: str, count: int) -> Test:
    """A question failed for the n-th time and was asked once more."""

    def test(events: Sequence[Event], m: int, stored: Stored) -> bool:
        event = events[m]
        asked_again = not any(isinstance(e, ExitTaken) and e.step == step and e.exit == how for e in events[m:])
        return event == Failed(flow, step, how, count) and asked_again  # type: ignore[arg-type]

    return test


def at_desk_after(hour: int) -> Test:
    """A desk was found open on a weekday from this hour on."""

    def test(events: Sequence[Event], m: int, stored: Stored) -> bool:
        local = stored.at.astimezone(ZoneInfo("Asia/Shanghai"))
        return stored.facts.get("hours.agents") == "open" and local.weekday() < 5 and local.hour >= hour

    return test


RETARGETED = Edit(
    name="a choice leads elsewhere",
    texts=[
        (
            "inquiry.yaml",
            "en-US: [fund*]}\n        topics: [wealth_*]\n        next: wealth",
            "en-US: [fund*]}\n        next: loan",
        )
    ],
    places=[("inquiry", "topic")],
    test=took("inquiry", "topic", "wealth"),
)
SWAPPED = Edit(
    name="keys 4 and 5 swapped with their labels",
    texts=[
        ("main.yaml", "      4:\n", "      7:\n"),
        ("main.yaml", "      5:\n", "      4:\n"),
        ("main.yaml", "      7:\n", "      5:\n"),
    ],
    places=[("main", "menu")],
    does="moves",
    test=keyed("main", "menu", "意见和评价", "长者服务"),
)
FEWER_TRIES = Edit(
    name="asked once instead of twice",
    texts=[("complaint.yaml", "no_input: {tries: 2, next: contact}", "no_input: {tries: 1, next: contact}")],
    places=[("complaint", "story")],
    test=failed("complaint", "story", "no_input", 1),
)
CASE_SKIPPED = Edit(
    name="the case step is skipped",
    texts=[("complaint.yaml", "{none: open}\n    next: open", "{none: receipt}\n    next: receipt")],
    places=[("complaint", "contact")],
    test=took("complaint", "contact", "next", "none"),
)
REWORDED = Edit(
    name="a prompt reworded",
    texts=[("main.yaml", "为提升服务质量，本次通话可能会录音。", "为改进服务，本次通话可能会录音。")],
    places=[("main", "notice")],
    does="words",
    test=took("main", "notice"),
)
SHORTENED = Edit(
    name="a choice skips the story",
    texts=[
        (
            "complaint.yaml",
            "en-US: anything else}, topics: [complaint_service]}",
            "en-US: anything else}, topics: [complaint_service], next: contact}",
        )
    ],
    places=[("complaint", "product")],
    test=took("complaint", "product", "other"),
)
NUMBER_TAKEN = Edit(
    name="a yes leads to the entry",
    texts=[("contact.yaml", "    yes: take_it\n", "    yes: ask\n")],
    places=[("contact", "same")],
    test=took("contact", "same", "yes"),
)
NUMBER_TRIES = Edit(
    name="a wrong number is asked for twice instead of three times",
    texts=[("contact.yaml", "    no_match:\n      tries: 3\n", "    no_match:\n      tries: 2\n")],
    places=[("contact", "ask")],
    test=failed("contact", "ask", "no_match", 2),
)
GONE = Edit(
    name="a choice is gone",
    texts=[("main.yaml", ELDERLY, "")],
    places=[("main", "menu")],
    test=took("main", "menu", "长者服务"),
)
CONDITION = Edit(
    name="a condition turned round",
    texts=[("agent.yaml", "{when: {call.elderly: yes}, next: elderly}", "{when: {call.elderly: no}, next: elderly}")],
    places=[("agent", "which")],
    test=took("agent", "which", "arm 1", "else"),
)
SET = Edit(
    name="a step sets another value, which is asked for only later",
    texts=[("main.yaml", "set: {call.elderly: yes}", "set: {call.elderly: no}")],
    places=[("main", "elderly")],
    test=took("agent", "which", "arm 1"),
)
CLOSES_EARLIER = Edit(
    name="the desk closes at six",
    texts=[("hotline.yaml", "mon-fri: 08:30-20:00", "mon-fri: 08:30-18:00")],
    places=[("", "")],
    test=at_desk_after(18),
)
SHORTCUT = Edit(
    name="key 0 leads elsewhere",
    texts=[("hotline.yaml", "  0:\n    next: flow agent", "  0:\n    next: flow feedback")],
    places=[("", "")],
    test=lambda events, m, stored: isinstance(events[m], ExitTaken) and events[m].exit == "shortcut 0",  # type: ignore[union-attr]
)
INHERITED = Edit(
    name="the hotline asks twice instead of three times",
    texts=[("hotline.yaml", "  no_input:\n    tries: 3", "  no_input:\n    tries: 2")],
    places=[("", "")],
    test=lambda events, m, stored: any(
        failed(flow, step, "no_input", 2)(events, m, stored)
        for flow, step in (("main", "menu"), ("complaint", "product"), ("inquiry", "topic"))
    ),
)
FIVE = (RETARGETED, SWAPPED, FEWER_TRIES, CASE_SKIPPED, REWORDED)
OTHERS = (SHORTENED, NUMBER_TAKEN, NUMBER_TRIES, GONE, CONDITION, SET, CLOSES_EARLIER, SHORTCUT, INHERITED)
PAIRS = ((FEWER_TRIES, CASE_SKIPPED), (SHORTENED, CASE_SKIPPED), (NUMBER_TAKEN, NUMBER_TRIES), (SHORTENED, FEWER_TRIES),
         (SHORTCUT, CONDITION))  # fmt: skip
"""Two edits at once in one sub-flow."""


def truths(edits: Sequence[Edit], hits: Mapping[str, Hit | None]) -> Iterator[str]:
    """Of edits made at once, those whose groups a call belongs to: the first it meets diverts it, and what
    it would meet after that is not known; words count where nothing else touches a call."""
    first = min(((hit, e.name) for e in edits if e.does == "diverts" and (hit := hits[e.name])), default=None)
    moved = [
        e.name for e in edits
        if e.does == "moves" and (hit := hits[e.name]) is not None and (first is None or hit[0] <= first[0][0])
    ]  # fmt: skip
    yield from moved
    if first:
        yield first[1]
    elif not moved:
        yield from (e.name for e in edits if e.does == "words" and hits[e.name] is not None)
