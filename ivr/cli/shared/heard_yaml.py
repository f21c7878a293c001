"""What nobody understood as lines to paste into topics.yaml, for a person to read, move and sign.

Each group is a topic of its own, so that its lines may stand at the end of the file: named like the topic callers then
chose, or one that is near enough to be asked about, so that a choice which lists that by a pattern lists this too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from ivr.cli.shared.heard_groups import Group, asking
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.speech.by_topic import JOINED, SPACED, MenuTopics
from ivr.speech.features import LONGEST_COMPARED, folded, is_joined
from ivr.speech.wish import denies_a_wish
from ivr.steps.fields import NAME

_TAIL = re.compile(r"_said(_\d+)?\Z")


class _Names:
    """Names for topics that are not taken."""

    def __init__(self, taken: Sequence[str]) -> None:
        self.taken = set(taken)

    def of(self, like: str) -> str:
        """A free name that begins as `like`."""
        base, n = f"{_TAIL.sub('', like)}_said", 1
        while (name := base if n == 1 else f"{base}_{n}") in self.taken:
            n += 1
        self.taken.add(name)
        return name


def yaml_lines(release: Release, groups: Sequence[Group]) -> Iterator[str]:
    """The lines: first what was asked about and then chosen, then what was chosen by itself, then all else."""
    every = [example for topics in release.topics.values() for example in topics.examples]
    written = {folded(example.text) for example in every}
    names = _Names([example.topic for example in every])
    head = [] if every else ["topics:"]
    for group in sorted(groups, key=_rank):
        said = [text for text in group.texts if _may_stand(release, group, text, written)]
        if said:
            written.update(map(folded, said))
            yield from head
            head = []
            yield from _entry(release, group, said, names)


def _rank(group: Group) -> int:
    return 0 if group.chosen and group.told.asked else 1 if group.chosen else 2


def _may_stand(release: Release, group: Group, text: str, written: set[str]) -> bool:
    """Whether an utterance may be an example: said where choices have topics, of a wish, and of no other topic."""
    step = asking(release, group.at)
    if step is None or not any(choosing.asks for choosing in step.declared.choices.values()):
        return False
    return bool(folded(text)) and folded(text) not in written and _plain(text)


def _plain(text: str) -> bool:
    return len(text) <= LONGEST_COMPARED and not denies_a_wish(text)


def _entry(release: Release, group: Group, said: Sequence[str], names: _Names) -> Iterator[str]:
    yield f"  # {_why(group)}"
    yield f"  {names.of(_like(release, group))}:"
    yield f"    {group.language}:"
    different = {folded(text): text for text in reversed(said)}
    for text in reversed(different.values()):
        yield f"      - {json.dumps(text, ensure_ascii=False)}"


def _why(group: Group) -> Message:
    """In one comment, which must stay on its line."""
    at = f"{group.at.flow}.{group.at.step}"
    if group.chosen:
        chosen, times = group.chosen, group.told.chosen[group.chosen]
        code = "heard-command.yaml.asked" if group.told.asked else "heard-command.yaml.chosen"
        return Message(code, at=at, calls=group.calls, chosen=chosen, times=times)
    if group.nearest:
        topic, score = group.nearest
        return Message("heard-command.yaml.nearest", at=at, calls=group.calls, topic=topic, score=score)
    return Message("heard-command.yaml.nothing", at=at, calls=group.calls)


def _near(group: Group) -> int:
    return (JOINED if is_joined(group.texts[0]) else SPACED).perhaps


def _like(release: Release, group: Group) -> str:
    """The topic a group belongs to: of the choice callers took the nearest one, or that choice; else the nearest if
    it is near."""
    if not group.chosen:
        return group.nearest[0] if group.nearest and group.nearest[1] >= _near(group) else "new"
    step = asking(release, group.at)
    for choosing in step.declared.choices.values() if step is not None else ():
        here = choosing.topics.get(group.language)
        listed = here.choices.get(group.chosen, ()) if isinstance(here, MenuTopics) else ()
        if isinstance(here, MenuTopics) and listed:
            scores = here.topics.best(here.topics.scores(group.texts[0]), len(here.topics.names))
            return next((topic for topic, _ in scores if topic in listed), listed[0])
    name = re.sub(r"[^a-z0-9]+", "_", group.chosen.lower()).strip("_")
    return name if NAME.match(name) else "new"
