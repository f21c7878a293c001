"""What the telephones of this machine ask of the exchange: what rings, and to take it up, let it ring out or lead it.

A telephone signs nothing: it hands its webhooks over, and the exchange signs and sends them. So nobody needs the
account's token, and nobody can speak to the hotline but in a call that it has placed itself.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ivr.carrier.exchange.exchange import CallOver, Exchange
from ivr.carrier.exchange.judging import one
from ivr.carrier.exchange.placed_call import NOT_ANSWERED, PlacedCall
from ivr.carrier.exchange.telephone import RingingCall
from ivr.carrier.line import Line, LineFailed
from ivr.carrier.signing import sign

ANSWERED_BY = frozenset({"human", "machine_start", "machine_end_beep", "machine_end_silence", "fax", "unknown"})
LONGEST_WAIT = 25.0
LONGEST_WEBHOOK = 15.0
Told = tuple[int, Mapping[str, Any]]


@dataclass(slots=True)
class Desk:
    """The telephones' way to one exchange. `token` signs what they send over `line`."""

    exchange: Exchange
    line: Line
    token: str

    def ringing(self, wait: float) -> Told:
        """The calls that ring; where none does, after at most so many seconds."""
        calls = self.exchange.wait_for_ringing(max(0.0, min(wait, LONGEST_WAIT)))
        return 200, {"calls": [asdict(RingingCall.of(call)) for call in calls]}

    def act(self, sid: str, act: str, form: str, url: str) -> Told:
        """Do something with a call; 409 where it is not in a state for it."""
        given = dict(parse_qsl(form, keep_blank_values=True))
        acts: Mapping[str, Callable[[], Told]] = {
            "answer": lambda: self._answer(sid, given.get("by", "human")),
            "decline": lambda: self._decline(sid, given.get("status", "no-answer")),
            "hang-up": lambda: self._hang_up(sid),
            "webhook": lambda: self._webhook(sid, form, url),
        }
        if act not in acts:
            return 404, {"error": "no such act"}
        try:
            return acts[act]()
        except CallOver:
            return 409, {"error": "the call is over, or somebody else has it"}

    def _answer(self, sid: str, by: str) -> Told:
        if by not in ANSWERED_BY:
            return 400, {"error": "nobody answers so"}
        self.exchange.answer(sid, by)
        return 200, {}

    def _decline(self, sid: str, status: str) -> Told:
        if status not in NOT_ANSWERED:
            return 400, {"error": "no call ends so"}
        self.exchange.decline(sid, status)
        return 200, {}

    def _hang_up(self, sid: str) -> Told:
        self.exchange.hang_up(sid)
        return 200, {}

    def _webhook(self, sid: str, form: str, url: str) -> Told:
        """Sign and send a webhook of a call that lasts; its reply, or why there is none."""
        call = self.exchange.calls.get(sid)
        if call is None or call.status != "in-progress":
            raise CallOver(sid)
        pairs = parse_qsl(form, keep_blank_values=True)
        if not _of_call(call, url, pairs):
            return 403, {"error": "this is no webhook of the call"}
        body = form.encode()
        headers = {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "Content-Length": str(len(body)),
            "User-Agent": "TwilioProxy/1.1",
            "X-Twilio-Signature": sign(self.token, url, pairs),
        }
        try:
            reply = self.line.post(url, body, headers, LONGEST_WEBHOOK)
        except LineFailed as failed:
            return 200, {"failed": str(failed), "cause": failed.cause}
        return 200, {"status": reply.status, "kind": reply.kind, "body": b64encode(reply.body).decode()}


def _of_call(call: PlacedCall, url: str, pairs: list[tuple[str, str]]) -> bool:
    """Whether a webhook goes to the hotline that has placed the call, and is about that call or a leg of it."""
    ours, theirs = urlsplit(one(call.wishes, "Url")), urlsplit(url)
    given = dict(pairs)
    return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc) and call.sid in (
        given.get("CallSid"), given.get("ParentCallSid"),
    )  # fmt: skip
