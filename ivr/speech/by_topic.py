"""What an utterance is about at a menu: one choice at once, two or three to ask about, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ivr.speech.topics import Topics


class Sure(NamedTuple):
    """From which score, per mille, a topic is taken at once, and from which it is asked about."""

    sure: int
    perhaps: int


SPACED, JOINED = Sure(200, 100), Sure(150, 60)
"""In scripts with blanks, and in those without: an utterance of which has fewer features that could be shared."""
_RIVAL = 80
"""Per cent of the best choice's score from which another is its rival, so that the caller is asked."""
_OFFERED = 60
"""From which another choice is offered beside it."""
MOST_OFFERED = 3


class Heard(NamedTuple):
    """`names`: the choices that fit, best first; `topic` that of the first; `scores` the best topics of this menu."""

    names: Sequence[str] = ()
    topic: str = ""
    at_once: bool = False
    scores: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ByTopic:
    """The choices of a menu in a language that are taken by topic: by name, the places of their topics in `topics`."""

    topics: Topics
    choices: Mapping[str, Sequence[int]]
    limits: Sure

    def takes(self, topic: str) -> str:
        """The choice that lists a topic, or an empty string."""
        names = self.topics.names
        return next((name for name, listed in self.choices.items() if any(names[n] == topic for n in listed)), "")

    def heard(self, text: str, *, doubtful: bool = False) -> Heard:
        """What an utterance fits. `doubtful`: something in it is refused, so that it is asked about at most."""
        return self.judged(self.topics.scores(text), doubtful=doubtful)

    def judged(self, scores: Sequence[int], *, doubtful: bool = False) -> Heard:
        """The same of an utterance with these scores, as `Topics.scores` gives them."""
        ranked = sorted(
            ((-max(scores[n] for n in listed), place, name) for place, (name, listed) in enumerate(self._listed())),
        )
        if not ranked or not ranked[0][0]:
            return Heard()
        best = -ranked[0][0]
        topic = self._best_of(ranked[0][2], scores)
        told = self._told(scores)
        rivals = [name for score, _, name in ranked if -score * 100 >= best * _RIVAL]
        if best >= self.limits.sure and len(rivals) == 1 and not doubtful:
            return Heard((ranked[0][2],), topic, True, told)
        if best < self.limits.perhaps:
            return Heard((), "", False, told)
        near = [name for score, _, name in ranked if -score * 100 >= best * _OFFERED][:MOST_OFFERED]
        if len(near) < 2:
            near = [name for score, _, name in ranked[:2] if score]
        return Heard(tuple(near), topic, False, told)

    def _listed(self) -> Sequence[tuple[str, Sequence[int]]]:
        return [(name, listed) for name, listed in self.choices.items() if listed]

    def _best_of(self, choice: str, scores: Sequence[int]) -> str:
        """Of a choice's topics the one that scores most; of equal ones the first by name."""
        return self.topics.names[min(self.choices[choice], key=lambda n: (-scores[n], n))]

    def _told(self, scores: Sequence[int]) -> Sequence[tuple[str, int]]:
        """The best topics that any choice here lists."""
        here = {n for _, listed in self._listed() for n in listed}
        return self.topics.best([score if n in here else 0 for n, score in enumerate(scores)])
