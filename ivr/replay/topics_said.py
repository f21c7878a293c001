"""What real callers said at menus that know topics: by which topic it was taken at once or asked about, and what was
chosen then. Stored calls taken again, nothing kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ivr.call.events import ExitTaken
from ivr.call.inputs import Speech
from ivr.flow.model import Release, StepKey
from ivr.replay.unanswered import TakenAgain, TakenTurn, chosen_then, taken_again, understood
from ivr.service.ports import CallFilter, CallRecords
from ivr.speech.by_topic import MenuTopics

Then = Literal["taken", "other", "else"]
"""What a caller who was asked about a topic did: took the choice that lists it, took another one, or neither."""


class MenuIn(NamedTuple):
    """A menu in a language."""

    at: StepKey
    language: str


@dataclass(slots=True)
class OfTopic:
    """How often a topic was taken at once, and asked about, by what callers did then."""

    at_once: int = 0
    asked: Counter[Then] = field(default_factory=Counter)


@dataclass(slots=True)
class OfMenu:
    """What was said at a menu: `by_words` of it understood by a key's name or by words, `by_topic` by each topic,
    `between` asked about by words alone, `lost` not understood."""

    said: int = 0
    by_words: int = 0
    between: int = 0
    lost: int = 0
    by_topic: dict[str, OfTopic] = field(default_factory=dict)

    def add(self, other: OfMenu) -> None:
        """Count what another part of the calls came to."""
        self.said, self.by_words = self.said + other.said, self.by_words + other.by_words
        self.between, self.lost = self.between + other.between, self.lost + other.lost
        for topic, each in other.by_topic.items():
            mine = self.by_topic.setdefault(topic, OfTopic())
            mine.at_once += each.at_once
            mine.asked.update(each.asked)


@dataclass(slots=True)
class TopicsSaid:
    """Of many calls, what was said at each menu that knew topics when the call came. `unread` calls could not be taken
    again."""

    calls: int = 0
    unread: int = 0
    menus: dict[MenuIn, OfMenu] = field(default_factory=dict)

    def add(self, other: TopicsSaid) -> None:
        """Count what another part of the calls came to."""
        self.calls, self.unread = self.calls + other.calls, self.unread + other.unread
        for menu, each in other.menus.items():
            self.menus.setdefault(menu, OfMenu()).add(each)


def topics_said(records: CallRecords, wanted: CallFilter, release_of: Callable[[str], Release]) -> TopicsSaid:
    """What was said in the wanted calls at menus that know topics, each call on its own release."""
    whole = TopicsSaid()
    for again in taken_again(records, wanted, release_of):
        if again is None:
            whole.unread += 1
        else:
            whole.calls += 1
            _note(whole, again)
    return whole


def _note(whole: TopicsSaid, again: TakenAgain) -> None:
    for n, turn in enumerate(again.turns):
        topics = _topics_at(again.release, turn)
        if topics is None or turn.at is None or not isinstance(turn.given.input, Speech):
            continue
        menu = whole.menus.setdefault(MenuIn(turn.at, turn.before.language), OfMenu())
        following = again.turns[n + 1] if n + 1 < len(again.turns) else None
        _count(menu, again.release, turn, following, topics)
        _carried(whole, turn)


def _carried(whole: TopicsSaid, turn: TakenTurn) -> None:
    """The menus behind it that the same words answered in the same turn."""
    for event in turn.events:
        if isinstance(event, ExitTaken) and event.topic and (event.flow, event.step) != turn.at:
            menu = whole.menus.setdefault(MenuIn(StepKey(event.flow, event.step), turn.before.language), OfMenu())
            menu.said += 1
            menu.by_topic.setdefault(event.topic, OfTopic()).at_once += 1


def _topics_at(release: Release, turn: TakenTurn) -> MenuTopics | None:
    """The topics of the question that was asked, if it is one that knows any."""
    step = release.flows[turn.at.flow].steps[turn.at.step] if turn.at is not None else None
    choosing = step.declared.choices.get(turn.before.phase) if step is not None else None
    topics = choosing.topics.get(turn.before.language) if choosing is not None else None
    return topics if isinstance(topics, MenuTopics) else None


def _count(menu: OfMenu, release: Release, turn: TakenTurn, following: TakenTurn | None, topics: MenuTopics) -> None:
    assert turn.at is not None
    heard = understood(release, turn, turn.at)
    menu.said += 1
    if heard.outcome == "no_match":
        menu.lost += 1
    elif heard.by != "topic":
        menu.between, menu.by_words = menu.between + (heard.outcome == "ask"), menu.by_words + (heard.outcome != "ask")
    elif heard.topic:
        menu.by_topic.setdefault(heard.topic, OfTopic()).at_once += 1
    else:
        topic = next((name for name, _ in heard.scores if topics.takes(name) in heard.names), heard.scores[0][0])
        chosen = chosen_then(release, following, turn.at) if following is not None else ""
        then: Then = "else" if not chosen else "taken" if chosen == topics.takes(topic) else "other"
        menu.by_topic.setdefault(topic, OfTopic()).asked[then] += 1
