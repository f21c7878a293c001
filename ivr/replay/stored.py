"""A stored call replayed on its own release: each turn's events compared with what is stored, as bytes.

Only inputs are decoded, and no words are made. Between turns the state goes through the database's codec, as it did in
the call.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from ivr.call.inputs import Given, Start, Stored
from ivr.call.state import decode_state, encode_state
from ivr.call.verbs import Verb
from ivr.engine.turn import Turn, begin, take_turn
from ivr.engine.unheard import take_unheard
from ivr.errors import IvrError
from ivr.flow.model import Release
from ivr.messages.message import Message
from ivr.replay.sentences import first_said
from ivr.service.calls.answer import digest
from ivr.service.calls.replay_call import decode_stored
from ivr.service.ports import CallFilter, CallRecords, RecordedCall

Render = Callable[[Release, Sequence[Verb], int, str], str]
"""The document of a turn: release, verbs, the next turn's number, the called number."""
NOT_EVENTS = b""
"""The digest of a turn that was kept without being taken."""


@dataclass(frozen=True, slots=True)
class Differs:
    """The first turn of a call that has another result than is stored; `lines` say how."""

    call: str
    turn: int
    lines: Sequence[str]


@dataclass(slots=True)
class ReplayTotals:
    """What came of many calls: how many were replayed, in how many turns, and which could not be or differ."""

    calls: int = 0
    turns: int = 0
    differ: list[Differs] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, other: ReplayTotals) -> None:
        """Count what another part of the calls came to."""
        self.calls, self.turns = self.calls + other.calls, self.turns + other.turns
        self.differ += other.differ
        self.unread += other.unread


def first_difference(release: Release, call: RecordedCall) -> int | None:
    """The number of the first turn whose events are not the stored ones, None where all are the same.

    `msgspec.MsgspecError` where an input cannot be read.
    """
    state = encode_state(begin(release, call.entry))
    for number, (raw, stored_digest) in enumerate(call.turns, 1):
        stored = decode_stored(raw)
        came = stored.input
        if type(came) is Start and came.language:
            state = encode_state(begin(release, call.entry, came.language))
        given = Given(came, number, stored.handling_seconds, stored.facts)
        after, events = take_unheard(release, decode_state(state), given)
        if digest(events) != stored_digest:
            return None if stored_digest == NOT_EVENTS else number
        state = encode_state(after)
    return None


def replay_stored(
    records: CallRecords,
    wanted: CallFilter,
    release_of: Callable[[str], Release],
    render: Render,
    *,
    twiml: bool = False,
) -> Iterator[ReplayTotals]:
    """Take stored calls again, each on its own release; a tally of each. With `twiml` their documents are compared
    too, where they are still kept."""
    releases: dict[str, Release | str] = {}
    for call in records.calls(wanted):
        release = _release(call.release, release_of, releases)
        unread = release if isinstance(release, str) else _not_whole(release, call)
        if not unread and not isinstance(release, str):
            try:
                number = first_difference(release, call)
            except msgspec.MsgspecError:
                unread = _unreadable(call)
            else:
                differs = _difference(records, release, call, number, render) if number or twiml else None
                yield ReplayTotals(1, len(call.turns), [differs] if differs else [])
                continue
        yield ReplayTotals(unread=[Message("replay.stored.unread", call=call.call, why=unread)])


def turns_of(release: Release, call: RecordedCall) -> Iterator[tuple[Stored, Turn]]:
    """The turns of a stored call in order, each with what came in."""
    state = begin(release, call.entry)
    for number, (raw, _) in enumerate(call.turns, 1):
        stored = decode_stored(raw)
        if isinstance(stored.input, Start):
            state = begin(release, call.entry, stored.input.language)
        given = Given(stored.input, number, stored.handling_seconds, stored.facts)
        turn = take_turn(release, state, given, stored.at)
        state = turn.state
        yield stored, turn


def _release(name: str, release_of: Callable[[str], Release], known: dict[str, Release | str]) -> Release | str:
    """A release, or the sentence that says why it cannot be had."""
    if name not in known:
        try:
            known[name] = release_of(name)
        except IvrError as failed:
            known[name] = first_said(failed)
    return known[name]


def _not_whole(release: Release, call: RecordedCall) -> str:
    """What keeps a stored call from being replayed, empty if nothing does."""
    if len(call.turns) != call.taken:
        return Message("replay.stored.not-whole", stored=len(call.turns), taken=call.taken)
    if call.entry not in release.flows:
        return Message("replay.stored.no-flow", flow=call.entry)
    return ""


def _unreadable(call: RecordedCall) -> str:
    for number, turn in enumerate(call.turns, 1):
        try:
            decode_stored(turn.input)
        except msgspec.MsgspecError as failed:
            return Message("replay.stored.turn", turn=number, error=str(failed))
    return Message("replay.stored.unreadable")


def _difference(
    records: CallRecords, release: Release, call: RecordedCall, number: int | None, render: Render
) -> Differs | None:
    """How a call differs, in words: from turn `number` on in its events, or else in the first of its documents. Of
    stored events only the digest is kept, so those of now are shown, and what has changed in the document."""
    replies = records.replies(call.call)
    for n, ((stored, turn), reply) in enumerate(zip(turns_of(release, call), replies, strict=True), 1):
        if n == number:
            lines = [Message("replay.stored.given", line=shown(stored.input))]
            lines += [Message("replay.stored.now", line=shown(event)) for event in turn.events]
        elif reply is None or call.turns[n - 1].digest == NOT_EVENTS:
            continue
        else:
            lines = []
        changed = document_changes(reply, render(release, turn.verbs, n + 1, call.line)) if reply else []
        if n == number or changed:
            return Differs(call.call, n, [*lines, *changed])
    return None


def document_changes(stored: str, now: str) -> list[Message]:
    """What has changed from one document to another, an element a line."""
    before, after = stored.replace("><", ">\n<").splitlines(), now.replace("><", ">\n<").splitlines()
    lines = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
    stored_or_now = {"-": "replay.stored.stored", "+": "replay.stored.now"}
    return [Message(stored_or_now[line[0]], line=line[1:]) for line in lines if line[0] in stored_or_now]


def shown(said: object) -> str:
    """An input or event on one line."""
    return msgspec.json.encode(said).decode()
