"""What an utterance means at a question, and where topics plug in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

Outcome = Literal["choice", "ask", "shortcut", "entry", "no_match"]
By = Literal["", "key", "word", "polarity", "topic", "entry"]


class Understood(NamedTuple):
    """What an utterance means at a question.

    `name`: of a choice as exits name it, or the key of a shortcut as it is written. `names`: the two or three choices
    that fit, which the caller is asked to choose from. `value`: of an entry. `by`: what it was understood by. `topic`
    and `scores`: the topic it was understood by, and the best ones with their scores per mille. `caught`: the word or
    net that was said, as its author wrote it.
    """

    outcome: Outcome
    name: str = ""
    names: tuple[str, ...] = ()
    value: str = ""
    by: By = ""
    topic: str = ""
    scores: tuple[tuple[str, int], ...] = ()
    caught: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices that fit: one is the answer, several are to be asked, none is no match."""
        return (self.name,) if self.outcome == "choice" else self.names


NOT_UNDERSTOOD = Understood("no_match")
MOST_ASKED = 3
"""More choices that fit equally well are none."""


class ByTopic(NamedTuple):
    """What topics make of an utterance: a choice is taken at once, up to three are asked about, none is nothing.
    `topic` is that of the one taken, by the key of a `shortcut` or by a choice's name; `scores` the best topics, per
    mille, the best first."""

    names: tuple[str, ...] = ()
    topic: str = ""
    scores: tuple[tuple[str, int], ...] = ()
    at_once: bool = False
    shortcut: bool = False


NOT_ABOUT = ByTopic()


class Sample(NamedTuple):
    """Utterances to try for a topic. `goes_on`: another menu lists it too, and may be answered in the same turn."""

    topic: str
    said: Sequence[str]
    goes_on: bool


class Topics(Protocol):
    """The topics of one question in one language, as far as its choices list them."""

    def best(self, text: str, refused: Collection[str] = ()) -> ByTopic:
        """The choices whose topics an utterance is about; none of those whose words are `refused` in it. Asked last,
        where nothing else understands it."""

    def takes(self, topic: str) -> str:
        """The choice that lists a topic, or an empty string."""

    def short_examples(self) -> Sequence[str]:
        """What may be said about them in a few words, for a recogniser to expect."""

    def samples(self, choice: str) -> Iterator[Sample]:
        """Of each topic that a choice lists, what may be said about it."""

    def every_sample(self) -> Iterator[Sample]:
        """The same of every choice and shortcut."""


def one_or_ask(names: tuple[str, ...], by: By, caught: str = "", *, asks: bool) -> Understood:
    """One name is a choice, two or three are a question where the question `asks` such; else it is not understood."""
    if len(names) == 1:
        return Understood("choice", names[0], by=by, caught=caught)
    if asks and 1 < len(names) <= MOST_ASKED:
        return Understood("ask", names=names, by=by, caught=caught)
    return NOT_UNDERSTOOD
