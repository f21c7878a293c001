"""Two versions of `topics.yaml`: the topics and examples that are new or gone, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ivr.change.diff.change import Change
from ivr.flow.topic_fields import TopicsFields
from ivr.messages.message import Message

_Topics = Mapping[str, Mapping[str, Sequence[str]]]
_SHOWN = 3
"""Examples that a sentence quotes."""


def topic_changes(before: TopicsFields | None, after: TopicsFields | None) -> Iterator[Change]:
    """Each topic that is new or gone, and of the others the examples that are, by language."""
    old: _Topics = before.topics if before is not None else {}
    new: _Topics = after.topics if after is not None else {}
    for name in dict.fromkeys([*old, *new]):
        if name not in old:
            yield _change(name, Message("diff.topic.new", topic=name, n=_count(new[name])))
        elif name not in new:
            yield _change(name, Message("diff.topic.gone", topic=name))
        else:
            yield from _examples(name, old[name], new[name])


def _examples(topic: str, old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    for tag in dict.fromkeys([*old, *new]):
        was, now = old.get(tag, ()), new.get(tag, ())
        added = [said for said in now if said not in was]
        gone = [said for said in was if said not in now]
        values = {"topic": topic, "language": tag}
        if added:
            yield _change(topic, Message("diff.topic.examples", **values, n=len(added), such=tuple(added[:_SHOWN])))
        if gone:
            yield _change(topic, Message("diff.topic.no-examples", **values, n=len(gone), such=tuple(gone[:_SHOWN])))
        if not added and not gone and list(was) != list(now):
            yield _change(topic, Message("diff.topic.order", **values), behaves=len(was) != len(now))


def _count(by_language: Mapping[str, Sequence[str]]) -> int:
    return sum(map(len, by_language.values()))


def _change(name: str, sentence: Message, *, behaves: bool = True) -> Change:
    return Change(what="said for it", name=f"topics {name}", sentence=sentence, changes_behavior=behaves)
