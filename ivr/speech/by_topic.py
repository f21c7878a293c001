"""What an utterance is about at a menu: one choice at once, two or three to ask about, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ivr.speech.features import is_short
from ivr.speech.topics import Topics
from ivr.speech.understood import MOST_ASKED, NOT_ABOUT, ByTopic, Sample
from ivr.speech.wish import denies_a_wish


class Limits(NamedTuple):
    """From which score, per mille, a topic is taken at once, and from which it is asked about."""

    sure: int
    perhaps: int


SPACED, JOINED = Limits(200, 100), Limits(150, 60)
"""In scripts with blanks, and in those without, whose utterances have fewer features that could be shared."""
_RIVAL = 80
"""Per cent of the best choice's score from which another is its rival, so that the caller is asked."""
_OFFERED = 60
"""From which another choice is offered beside it."""


class _Ranked(NamedTuple):
    """A choice with the score of its best topic; of equal scores the choice that is written first is first."""

    falling: int
    place: int
    name: str

    @property
    def score(self) -> int:
        return -self.falling


class MenuTopics:
    """The choices of a menu in a language that list topics: by name, each with its topics. `shortcuts` by their key.
    `elsewhere`: the topics that another menu lists too. `urgent`: the choices that come before a person, and that only
    their own words take at once: "I haven't lost my card" is as like a lost card as can be."""

    __slots__ = ("choices", "elsewhere", "limits", "shortcuts", "topics", "urgent", "_listed", "_elsewhere")

    def __init__(
        self,
        topics: Topics,
        choices: Mapping[str, Sequence[str]],
        limits: Limits = SPACED,
        shortcuts: Mapping[str, Sequence[str]] | None = None,
        elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        self.elsewhere, self.urgent = elsewhere, frozenset[str]()
        self.topics, self.limits = topics, limits
        self.choices, self.shortcuts = dict(choices), dict(shortcuts or {})
        place = {name: n for n, name in enumerate(topics.names)}
        both = [*((name, False, listed) for name, listed in self.choices.items()),
                *((key, True, listed) for key, listed in self.shortcuts.items())]  # fmt: skip
        self._listed = [(name, key, known) for name, key, listed in both
                        if (known := [place[topic] for topic in listed if topic in place])]  # fmt: skip
        here = {n for _, _, known in self._listed for n in known}
        self._elsewhere = [n for n in range(len(topics.names)) if n not in here]

    def takes(self, topic: str) -> str:
        """The choice that lists a topic, or an empty string."""
        return next((name for name, listed in self.choices.items() if topic in listed), "")

    def lists(self, topic: str) -> str:
        """What lists a topic here: a choice, or the key of a shortcut; empty for nothing."""
        return self.takes(topic) or next((key for key, listed in self.shortcuts.items() if topic in listed), "")

    def samples(self, choice: str) -> Iterator[Sample]:
        """Of each topic that a choice lists its examples, and all of them together, which are the surest."""
        yield from self._samples(self.choices.get(choice, ()))

    def short_examples(self) -> Sequence[str]:
        """The examples of a few words, of the choices in their order and then of the shortcuts."""
        listed = dict.fromkeys(topic for names in (*self.choices.values(), *self.shortcuts.values()) for topic in names)
        every = self.topics.examples
        return [one.text for topic in listed for one in every if one.topic == topic and is_short(one.text)]

    def every_sample(self) -> Iterator[Sample]:
        """The same of every choice and shortcut."""
        for listed in (*self.choices.values(), *self.shortcuts.values()):
            yield from self._samples(listed)

    def _samples(self, listed: Sequence[str]) -> Iterator[Sample]:
        for topic in listed:
            said = [example.text for example in self.topics.examples if example.topic == topic]
            if said:
                yield Sample(topic, [*said, ", ".join(said)], topic in self.elsewhere)

    def best(self, text: str, refused: Collection[str] = ()) -> ByTopic:
        """What an utterance fits; no choice that is `refused` in it. A wish denied in it, or a topic that is of no
        choice here and fits as well, leaves it doubtful: it is asked about at most."""
        scores, doubtful = self.topics.meant(text)
        return self.judged(scores, doubtful=doubtful or bool(refused) or denies_a_wish(text), refused=refused)

    def judged(self, scores: Sequence[int], *, doubtful: bool = False, refused: Collection[str] = ()) -> ByTopic:
        """The same of an utterance with these scores, as `Topics.meant` gives them."""
        ranked = sorted(
            _Ranked(-max(scores[n] for n in known), place, name)
            for place, (name, _, known) in enumerate(self._listed) if name not in refused
        )  # fmt: skip
        if not ranked or not ranked[0].score:
            return NOT_ABOUT
        best, first = ranked[0].score, self._listed[ranked[0].place]
        told = self._told(scores)
        rivals = sum(each.score * 100 >= best * _RIVAL for each in ranked)
        elsewhere = max((scores[n] for n in self._elsewhere), default=0) * 100 >= best * _RIVAL
        careful = doubtful or elsewhere or (first[0] in self.urgent and not first[1])
        if best >= self.limits.sure and rivals == 1 and not careful:
            topic = self.topics.names[min(first[2], key=lambda n: (-scores[n], n))]
            return ByTopic((first[0],), topic, told, True, shortcut=first[1])
        return ByTopic(self._offered(ranked), "", told) if best >= self.limits.perhaps else ByTopic((), "", told)

    def _offered(self, ranked: Sequence[_Ranked]) -> tuple[str, ...]:
        """The two or three choices to ask about. A shortcut is none of them: it is announced behind them anyhow."""
        near = [each for each in ranked if each.score * 100 >= ranked[0].score * _OFFERED][:MOST_ASKED]
        if len(near) < 2:
            near = [each for each in ranked[:2] if each.score]
        return tuple(each.name for each in near if not self._listed[each.place][1])

    def _told(self, scores: Sequence[int]) -> tuple[tuple[str, int], ...]:
        """The best topics that anything here lists."""
        elsewhere = set(self._elsewhere)
        return tuple(self.topics.best([0 if n in elsewhere else score for n, score in enumerate(scores)]))
