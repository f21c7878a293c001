"""The carrier's own half of the check: what was sent and acknowledged, and whether every answer was a good one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ivr.carrier.delivery import DeliveredRequest
from ivr.carrier.document import DocumentRefused, read_document
from ivr.carrier.phone_call import PhoneCall
from ivr.carrier.signing import FormPairs
from ivr.carrier.told import Told


class Broken(NamedTuple):
    """An invariant that does not hold, by its name, and what is wrong in a sentence."""

    invariant: str
    what: str


def acknowledged(exchanges: Sequence[DeliveredRequest]) -> list[DeliveredRequest]:
    """The voice requests that were answered, without repeats, in order: the turns the caller has made."""
    return [e for e in exchanges if e.purpose == "voice" and e.repeats is None and e.reply and e.reply.status == 200]


def check_answers(call: PhoneCall) -> list[Broken]:
    """I5: voice requests are answered 200 with a document Twilio takes, notices 204."""
    broken = [
        Broken("I5", Told("carrier.broken.refused", "Twilio would refuse {line}", line=line)) for line in call.refused
    ]
    for exchange in call.delivery.exchanges:
        wrong = _wrong_answer(exchange)
        if wrong:
            broken.append(Broken("I5", wrong))
    return broken


def check_repeats(exchanges: Sequence[DeliveredRequest]) -> list[Broken]:
    """I4: a repeated voice request gets the same bytes."""
    return [
        Broken("I4", Told("carrier.broken.repeat", "{asked} came twice, and the answers differ", asked=_asked(e)))
        for e in exchanges
        if e.purpose == "voice" and e.repeats is not None and e.reply != e.repeats.reply
    ]


def caller_did(pairs: FormPairs) -> str:
    """What a request tells of the caller, in a few words."""
    named = ("Digits", "SpeechResult", "RecordingSid", "DialCallStatus", "ErrorCode")
    did = ", ".join(f"{name} {value}" for name, value in pairs if name in named and value)
    return did or Told("carrier.broken.nothing", "nothing pressed or said")


def _asked(exchange: DeliveredRequest) -> Told:
    return Told("carrier.broken.asked", "{url} ({did})", url=exchange.url, did=caller_did(exchange.pairs))


def _wrong_answer(exchange: DeliveredRequest) -> Told | None:
    reply, asked = exchange.reply, _asked(exchange)
    if reply is None:
        return Told("carrier.broken.unanswered", "{asked} was not answered", asked=asked)
    wanted = 204 if exchange.purpose == "notice" else 200
    if reply.status != wanted:
        return Told(
            "carrier.broken.status",
            "{asked} was answered {status}, not {wanted}",
            asked=asked,
            status=reply.status,
            wanted=wanted,
        )
    if exchange.purpose == "notice":
        return None
    try:
        read_document(reply, whisper=exchange.purpose == "whisper")
    except DocumentRefused as refused:
        return Told(
            "carrier.broken.document",
            "{asked} was answered with a document that Twilio would refuse: {number}: {why}",
            asked=asked,
            number=str(refused.code),
            why=refused.why,
        )
    return None
