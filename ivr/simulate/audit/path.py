"""I3: the stored call is a legal path of its pinned release, and the caller has heard the words of that path."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ivr.call.events import Event, ExitTaken
from ivr.call.verbs import Ask, Hangup, LastResort, RecordVerb, Speak, TransferVerb, Verb
from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.document import DocumentRefused, Element, read_document
from ivr.carrier.ledger import Broken
from ivr.engine.turn import Turn
from ivr.flow.model import Release
from ivr.flow.words import words
from ivr.messages.message import Message
from ivr.simulate.audit.audited_call import AuditedCall

_encode = msgspec.msgpack.Encoder(order="sorted").encode
WAITS: Mapping[type, str] = {Ask: "Gather", RecordVerb: "Record", TransferVerb: "Dial", Hangup: "Hangup"}


def check_path(call: AuditedCall) -> list[Broken]:
    """Taken again from their inputs the turns give the stored digests, by exits their steps have, in the words sent."""
    if call.release is None:
        return [Broken("I3", Message("simulate.path.gone"))]
    broken: list[Broken] = []
    for n, (row, turn) in enumerate(zip(call.rows, call.taken, strict=False), 1):
        if row.digest != _digest(turn.events):
            broken.append(Broken("I3", Message("simulate.path.digest", turn=n)))
        illegal = _illegal(call.release, turn)
        broken += [Broken("I3", Message("simulate.path.exit", turn=n, exit=exit)) for exit in illegal]
        if n <= len(call.sent) and row.turn == n:
            differs = _said(call.release, turn.verbs, call.sent[n - 1])
            broken += [Broken("I3", Message("simulate.path.turn", turn=n, wrong=wrong)) for wrong in differs]
    return broken


def exits_taken(call: AuditedCall) -> list[tuple[str, str, str]]:
    """The exits on the way, as flow, step and exit."""
    events = [event for turn in call.taken for event in turn.events if isinstance(event, ExitTaken)]
    return [(event.flow, event.step, event.exit) for event in events]


def _digest(events: Sequence[Event]) -> bytes:
    """As `handle_call` makes it; written out once more, so that a change of one of them is noticed."""
    return hashlib.blake2b(_encode(events), digest_size=16).digest()


def _illegal(release: Release, turn: Turn) -> Iterator[str]:
    for event in turn.events:
        if isinstance(event, ExitTaken) and not event.exit.startswith("shortcut "):
            flow = release.flows.get(event.flow)
            step = flow.steps.get(event.step) if flow else None
            if step is None or event.exit not in step.declared.exits:
                yield f"{event.flow}.{event.step}:{event.exit}"


def _said(release: Release, verbs: Sequence[Verb], sent: DeliveredRequest) -> Iterator[Message]:
    """What differs between the words and the wait of a turn and the document that was sent."""
    last = verbs[-1]
    if isinstance(last, LastResort) or sent.reply is None:
        return
    try:
        document = read_document(sent.reply)
    except DocumentRefused:
        return  # I5
    expected = [words(release, v.prompt, v.language, v.values) for v in verbs if isinstance(v, Speak)]
    heard = [node.text for verb in document for node in verb.said()]
    if _bare(heard) != _bare(expected):
        yield Message("simulate.path.words", path="".join(expected), document="".join(heard))
    waits = WAITS.get(type(last), "Hangup")
    if waits not in _names(document):
        has = tuple(_names(document))
        yield (
            Message("simulate.path.waits", waits=waits, has=has) if has else Message("simulate.path.empty", waits=waits)
        )


def _names(document: Sequence[Element]) -> list[str]:
    return [verb.name for verb in document]


def _bare(texts: Sequence[str]) -> str:
    return "".join(c for text in texts for c in text if c.isprintable() and not c.isspace())
