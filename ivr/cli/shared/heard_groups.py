"""What nobody understood, in groups of what is alike, beside the flows on disk."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ivr.cli.shared.hear_place import moment
from ivr.engine.hearing import hear, hearing_phase
from ivr.flow.model import Release, StepKey
from ivr.replay.unanswered import Said, Told
from ivr.speech.likeness import alike
from ivr.speech.shown import masked
from ivr.steps.step import Step

TEXTS = 10
"""Of a group, so many different utterances are kept, the commonest first."""
ONE_IN = 5
"""At least one in so many must have made a choice for it to say what all meant."""
FEWEST_CALLS = 2
"""What fewer calls have said may tell who said it."""


@dataclass(slots=True)
class Group:
    """Utterances that are alike, at one question in one language. `texts`: the commonest, with numbers hidden;
    `nearest`: the topic on disk that the first is most like, with its score per mille."""

    at: StepKey
    language: str
    texts: list[str] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    nearest: tuple[str, int] | None = None

    @property
    def calls(self) -> int:
        """In how many calls any of it was said."""
        return len(set(self.told.calls))

    @property
    def chosen(self) -> str:
        """What callers chose then, if most of those who chose did and they are not few; else empty."""
        name = min(self.told.chosen, key=lambda name: (-self.told.chosen[name], name), default="")
        times = self.told.chosen[name]
        agreed = times * 2 > self.told.chosen.total() and times * ONE_IN >= self.told.times
        return name if agreed else ""


@dataclass(slots=True)
class Grouped:
    """The groups, what most callers say first. `known`: utterances that the flows on disk understand by now. `few`:
    groups of too few calls, which are left out."""

    groups: list[Group] = field(default_factory=list)
    known: int = 0
    few: int = 0


def grouped(release: Release, said: Mapping[Said, Told], *, every: bool) -> Grouped:
    """The groups of what was said; those of fewer than two calls where `every` is asked for."""
    found, now = Grouped(), moment(release, None)
    places = defaultdict[tuple[StepKey, str], dict[str, Told]](dict)
    for each, told in said.items():
        if _understood(release, each, now):
            found.known += told.times
        elif text := masked(each.text):
            places[each.at, each.language].setdefault(text, Told()).add(told)
    for (at, language), texts in places.items():
        topics = release.topics.get(language)
        known = [example.text for example in topics.examples] if topics is not None else []
        for group in _together(Group(at, language), texts, known):
            if every or group.calls >= FEWEST_CALLS:
                group.nearest = _nearest(release, group)
                found.groups.append(group)
            else:
                found.few += 1
    found.groups.sort(key=lambda group: (-group.calls, -group.told.times, group.at, group.language, group.texts))
    return found


def _understood(release: Release, said: Said, now: datetime) -> bool:
    step = asking(release, said.at)
    if step is None or said.language not in release.languages:
        return False
    return hear(release, said.at, said.language, said.text, now).outcome not in {"no_match", "ask"}


def asking(release: Release, at: StepKey) -> Step | None:
    """The question of that name in a release; None where it has none that hears words."""
    flow = release.flows.get(at.flow)
    step = flow.steps.get(at.step) if flow is not None else None
    return step if step is not None and hearing_phase(step) else None


def _together(place: Group, said: Mapping[str, Told], known: Sequence[str]) -> Iterator[Group]:
    texts = sorted(said, key=lambda text: (-said[text].times, text))
    groups: dict[int, Group] = {}
    for text, first in zip(texts, alike(texts, known), strict=True):
        group = groups.setdefault(first, Group(place.at, place.language))
        group.told.add(said[text])
        if len(group.texts) < TEXTS:
            group.texts.append(text)
    yield from groups.values()


def _nearest(release: Release, group: Group) -> tuple[str, int] | None:
    topics = release.topics.get(group.language)
    return next(iter(topics.best(topics.scores(group.texts[0]), 1)), None) if topics is not None else None


def totals(groups: Iterable[Group]) -> tuple[int, int]:
    """How many utterances and how many different calls groups come to."""
    listed: Sequence[Group] = list(groups)
    calls = {call for group in listed for call in group.told.calls}
    return sum(group.told.times for group in listed), len(calls)


def in_order(counts: Counter[str]) -> list[tuple[str, int]]:
    """Counts, the largest first and those of one size by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
