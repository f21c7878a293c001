"""The topics of a release, made once when it is loaded: by language, with the names that patterns stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ivr.flow.parse import Parsed
from ivr.flow.topic_fields import SpeechFields, TopicsFields
from ivr.speech.by_topic import JOINED, SPACED, Limits, MenuTopics
from ivr.speech.features import is_joined
from ivr.speech.packs import pack_for
from ivr.speech.topics import Example, Topics

Patterns = Mapping[str, Sequence[str]]
"""By the name of a choice, or the key of a shortcut, the topics it lists as written."""


class TopicBook:
    """All topics of a hotline. `names` are those of topics.yaml, in any language; `languages` those with examples.
    `menus`: what each menu lists, as written."""

    def __init__(
        self,
        written: TopicsFields | None,
        speech: SpeechFields | None,
        tags: Iterable[str],
        menus: Iterable[Sequence[str]] = (),
    ) -> None:
        topics = written.topics if written is not None else {}
        self.names = sorted(topics)
        by_language = {
            tag: [Example(text, name) for name, said in topics.items() for text in said.get(tag, ())] for tag in tags
        }
        self.languages = {tag: _made(tuple(each), tag).unheard() for tag, each in by_language.items() if each}
        counts = Counter(name for listed in menus for name in standing_for(listed, self.names))
        self.in_several = frozenset(name for name, count in counts.items() if count > 1)
        self.limits = {tag: limits_of(tag, topics_.examples, speech) for tag, topics_ in self.languages.items()}

    def at(self, tag: str, choices: Patterns, shortcuts: Patterns, urgent: Iterable[str] = ()) -> MenuTopics | None:
        """The topics of a menu's choices in a language, some of them `urgent`; None where no choice lists one that
        callers are known to speak of there."""
        topics = self.languages.get(tag)
        listed = {name: standing_for(patterns, self.names) for name, patterns in choices.items()}
        if topics is None or not any(name in topics.names for names in listed.values() for name in names):
            return None
        by_key = {key: standing_for(patterns, self.names) for key, patterns in shortcuts.items()}
        made = MenuTopics(topics, listed, self.limits[tag], by_key, self.in_several)
        made.urgent = frozenset(urgent)
        return made


@lru_cache(maxsize=8)
def _made(examples: tuple[Example, ...], language: str) -> Topics:
    """The topics of these examples, made once: hardly an edit changes them, and they are half the work of compiling."""
    return Topics(examples, language)


def standing_for(patterns: Iterable[str], names: Iterable[str]) -> list[str]:
    """The names that patterns stand for, each once, in the order of the names."""
    wanted = list(patterns)
    return [name for name in names if any(fits(pattern, name) for pattern in wanted)]


def fits(pattern: str, name: str) -> bool:
    """Whether a pattern stands for a topic: its name, or with `*` at the end all that begin so."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def topics_listed(parsed: Parsed) -> Iterator[Sequence[str]]:
    """What the choices of each step list of topics, as written."""
    for flow in parsed.flows.values():
        for fields in flow.steps.values():
            choices: Mapping[str, object] = getattr(fields, "choices", {})
            yield [pattern for choice in choices.values() for pattern in getattr(choice, "topics", None) or ()]


def limits_of(tag: str, examples: Iterable[Example], speech: SpeechFields | None) -> Limits:
    """How surely an utterance must be about a topic in a language: as hotline.yaml says, else by its script."""
    pack = pack_for(tag)
    joined = pack.joined if pack is not None else is_joined("".join(example.text for example in examples))
    usual = JOINED if joined else SPACED
    sure = speech.sure if speech is not None else None
    perhaps = speech.perhaps if speech is not None else None
    least = _per_mille(sure, usual.sure)
    return Limits(least, min(least, _per_mille(perhaps, usual.perhaps)))


def _per_mille(written: float | None, usual: int) -> int:
    return usual if written is None else round(written * 1000)
