"""Where topics are written and listed, and what each menu makes of their examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ivr.engine.hearing import hear
from ivr.flow.model import StepKey
from ivr.flow.topics import standing_for
from ivr.source.scalars import SourcePath
from ivr.source.yaml_file import Source
from ivr.speech.by_topic import MenuTopics
from ivr.speech.left_out import LeftOut, left_out
from ivr.speech.topics import Example, Topics
from ivr.speech.understood import ByTopic, Understood
from ivr.speech.wish import denies_a_wish

if TYPE_CHECKING:
    from ivr.lint.context import LintContext

ANY_DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A menu asks for no day."""


class ListedAt(NamedTuple):
    """A topic, or a pattern of several, where a choice or a shortcut lists it."""

    source: Source
    path: SourcePath
    pattern: str


class ExampleAt(NamedTuple):
    """An example, where it stands in topics.yaml."""

    topic: str
    language: str
    place: int
    text: str

    @property
    def path(self) -> SourcePath:
        return ("topics", self.topic, self.language, self.place)


class HeardExample(NamedTuple):
    """What a menu that lists an example's topic makes of it: as it is, and as if it stood nowhere (None where words
    decide before topics do). `own`: what lists the topic there, a choice's name or a shortcut's key. `own_score` is the
    unseen example's at its own topic, `perhaps` from which score it would be asked about."""

    at: StepKey
    written: ExampleAt
    own: str
    heard: Understood
    unseen: ByTopic | None
    own_score: int
    perhaps: int

    @property
    def arrives(self) -> bool:
        """Whether it reaches what lists its topic, at once or asked."""
        return self.own in self.heard.choices or (self.heard.outcome == "shortcut" and self.heard.name == self.own)


def listed_at(context: LintContext) -> Iterator[ListedAt]:
    """Every topic and pattern that is listed anywhere."""
    for key, shortcut in context.hotline.shortcuts.items():
        for n, pattern in enumerate(shortcut.topics or ()):
            yield ListedAt(context.source, ("shortcuts", key, "topics", n), pattern)
    for parsed in context.flows.values():
        for step, fields in parsed.steps.items():
            choices: Mapping[str, object] = getattr(fields, "choices", {})
            for written, choice in choices.items():
                for n, pattern in enumerate(getattr(choice, "topics", None) or ()):
                    yield ListedAt(parsed.source, ("steps", step, "choices", written, "topics", n), pattern)


def examples_at(context: LintContext) -> Iterator[ExampleAt]:
    """Every example as written."""
    topics = context.topics.topics if context.topics is not None else {}
    for topic, by_language in topics.items():
        for language, said in by_language.items():
            yield from (ExampleAt(topic, language, n, text) for n, text in enumerate(said))


def listed_topics(context: LintContext) -> set[str]:
    """The topics that anything lists."""
    names = context.topics.topics if context.topics is not None else {}
    return set(standing_for([each.pattern for each in listed_at(context)], names))


def menus_with_topics(context: LintContext) -> Iterator[tuple[StepKey, str, MenuTopics]]:
    """Every menu that knows topics, by language."""
    for flow, step in context.steps():
        for choosing in step.declared.choices.values():
            for language, topics in choosing.topics.items():
                if isinstance(topics, MenuTopics):
                    yield StepKey(flow.name, step.name), language, topics


def heard_examples(context: LintContext) -> Iterator[HeardExample]:
    """Each example at each menu that lists its topic."""
    for at, language, menu in menus_with_topics(context):
        known = _left_out(tuple(menu.topics.examples), language)
        for written in examples_at(context):
            own = menu.lists(written.topic) if written.language == language else ""
            if not own:
                continue
            heard = hear(context.release, at, language, written.text, ANY_DAY)
            left = known[written.text, written.topic]
            alone = menu.judged(left.scores, doubtful=denies_a_wish(written.text))
            unheard = alone if heard.by in ("", "topic") else None
            score = left.scores[menu.topics.names.index(written.topic)]
            yield HeardExample(at, written, own, heard, unheard, score, menu.limits.perhaps)


@lru_cache(maxsize=4)
def _left_out(examples: tuple[Example, ...], language: str) -> Mapping[tuple[str, str], LeftOut]:
    """Made once of the same examples: hardly an edit changes them."""
    return {(one.example.text, one.example.topic): one for one in left_out(Topics(examples, language))}


MANY = 3
"""Examples that one thing does the same to are told once, together."""


def beaten(context: LintContext) -> Mapping[tuple[StepKey, str, str], list[HeardExample]]:
    """The examples that a word of something else catches before topics are asked: by menu, by what the word is of (a
    choice's name, or `shortcut` and its key) and by the word as it is written."""
    found: dict[tuple[StepKey, str, str], list[HeardExample]] = {}
    for each in context.heard:
        if each.heard.by in ("word", "key") and each.heard.name and not each.arrives:
            found.setdefault((each.at, heard_as(each.heard), each.heard.caught), []).append(each)
    return found


def heard_as(heard: Understood) -> str:
    """What an utterance is taken for."""
    return f"shortcut {heard.name}" if heard.outcome == "shortcut" else heard.name
