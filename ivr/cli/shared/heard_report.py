"""What nobody understood, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ivr.cli.shared.heard_groups import Group, Grouped, in_order, totals
from ivr.messages.message import Message
from ivr.replay.unanswered import Next, Unanswered
from ivr.speech.shown import shortened

SHOWN = 3
"""Texts of a group that are shown."""
NEXT: Mapping[Next, str] = {
    "key": "heard-command.next.key",
    "words": "heard-command.next.words",
    "silence": "heard-command.next.silence",
    "person": "heard-command.next.person",
    "went_on": "heard-command.next.went-on",
    "hung_up": "heard-command.next.hung-up",
}


def lines(read: Unanswered, found: Grouped) -> Iterator[Message]:
    """The report in sentences."""
    times, calls = totals(found.groups)
    yield Message("heard-command.head", times=times, calls=calls, all=read.calls, groups=len(found.groups))
    for group in found.groups:
        yield from _group(group)
    if found.few:
        yield Message("heard-command.few", groups=found.few)
    if found.known:
        yield Message("heard-command.known", times=found.known)
    if read.unread:
        yield Message("heard-command.unread", calls=read.unread)


def _group(group: Group) -> Iterator[Message]:
    at = f"{group.at.flow}.{group.at.step}"
    yield Message("heard-command.group", times=group.told.times, calls=group.calls, at=at, language=group.language)
    for text in group.texts[:SHOWN]:
        yield Message("heard-command.text", text=shortened(text))
    if group.nearest is not None:
        yield Message("heard-command.nearest", topic=group.nearest[0], score=group.nearest[1])
    did = tuple(Message(NEXT[name], n=group.told.next[name]) for name in NEXT if group.told.next[name])
    yield Message("heard-command.then", did=did)
    if group.told.asked:
        yield Message("heard-command.asked", n=group.told.asked)
    if group.told.chosen:
        chose = tuple(Message("heard-command.chose", name=name, n=n) for name, n in in_order(group.told.chosen))
        yield Message("heard-command.chosen", chose=chose)


def data(read: Unanswered, found: Grouped, since: str) -> dict[str, object]:
    """The report as JSON has it."""
    return {
        "since": since,
        "calls": read.calls,
        "unread": read.unread,
        "understood_by_now": found.known,
        "groups_of_few": found.few,
        "groups": [_data(group) for group in found.groups],
    }


def _data(group: Group) -> dict[str, object]:
    return {
        "at": f"{group.at.flow}.{group.at.step}",
        "language": group.language,
        "utterances": group.told.times,
        "calls": group.calls,
        "texts": group.texts[:SHOWN],
        "nearest": {"topic": group.nearest[0], "score": group.nearest[1]} if group.nearest else None,
        "asked": group.told.asked,
        "next": {name: group.told.next[name] for name in NEXT},
        "chosen": dict(in_order(Counter(group.told.chosen))),
    }
