"""The ledger against the database: what must hold of every call, however many servers died in it.

A reply acknowledges a turn only if its whole document arrived with status 200 and it is neither "please wait" nor the
apology nor the farewell. A missing reply is compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chaos_ledger import Answer, Attempt, CallLedger, worth

from ivr.call.case_number import parse_case_number
from ivr.carrier.document import DocumentRefused, read_document
from ivr.carrier.ledger import Broken
from ivr.carrier.line import Reply

INVARIANTS: Mapping[str, str] = {
    "lost": "acknowledged turns that are not on record",
    "other answer": "acknowledged documents that are not the one on record",
    "copies": "copies of a request answered differently",
    "turns": "calls whose turns are not 1 to their count, each once",
    "numbers": "case numbers heard that are not on record",
    "cases": "cases missing, doubled or not what the call's path makes of them",
    "replay": "turns that replay to other events, words or state",
    "ends": "ends of calls that are not what their turns and cases lead to",
    "notices": "recordings acknowledged and not on record",
    "open": "calls open although the network's notice of their end was acknowledged",
    "swept": "calls open after the sweep",
    "early": "calls swept, or overdue, while the caller was on the line",
    "answers": "answers that the network would refuse",
    "strangers": "calls on record that nobody made",
    "tracebacks": "errors that no server expected, by its log",
}
RECORDINGS = ("/voice/recording/", "/voice/transcript/")
NOTICES = ("/voice/status", *RECORDINGS)
GIVEN = ("From", "Digits", "SpeechResult")
"""Where a caller's own digits stand."""
_DIGITS = str.maketrans("零一二三四五六七八九", "0123456789")
_SPOKEN = re.compile(r"\d(?:[ ,，]*\d){8,}")


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn on record; `fingerprint` is None where it took a sensitive entry."""

    turn: int
    fingerprint: bytes | None
    reply: bytes


@dataclass(frozen=True, slots=True)
class CallRecord:
    """A call as it lies in the database; `turns_taken` is None where it does not. `cases` are their numbers."""

    turns_taken: int | None
    turns: Sequence[TurnRow]
    ended_by: str | None
    cases: Sequence[int]
    recordings: Sequence[str]


class CallJudge:
    """One call, judged by both sides. `unspecific` are the documents that answer nothing (apology, farewell)."""

    def __init__(self, ledger: CallLedger, record: CallRecord, unspecific: Sequence[bytes]) -> None:
        self.ledger, self.record, self._unspecific = ledger, record, unspecific
        self.rows = {row.turn: row for row in record.turns}
        self.answered = [a for a in ledger.attempts if a.turn and self.worth(a) == "acknowledged"]

    def worth(self, attempt: Attempt) -> str:
        """What the answer of this attempt acknowledges."""
        return worth(attempt.answer, self._unspecific)

    def broken(self) -> list[Broken]:
        """All that does not hold, but for what a replay shows."""
        found = [*self._answers(), *self._acknowledged(), *self._copies(), *self._turns(), *self._numbers()]
        return [*found, *self._notices()]

    def compared_copies(self) -> int:
        """How many acknowledged answers came beside another one to the same request."""
        worths = ([self.worth(a) for a in group if a.turn] for group in self.ledger.copies())
        return sum(max(0, found.count("acknowledged") - 1) for found in worths)

    def unacknowledged(self) -> int:
        """How many turns that are not on record got something, but no answer: what a careless judge calls lost."""
        nothing = ("cut", "hold", "apology")
        return len({a.turn for a in self.ledger.attempts if a.turn and self.worth(a) in nothing} - self.rows.keys())

    def _acknowledged(self) -> Iterator[Broken]:
        for attempt in self.answered:
            assert attempt.answer is not None
            row = self.rows.get(attempt.turn)
            if row is None:
                yield Broken("lost", f"turn {attempt.turn}, answered by server {attempt.server}, is not on record")
            elif attempt.answer.body not in self._allowed(attempt, row):
                yield Broken("other answer", f"turn {attempt.turn} by server {attempt.server} at {attempt.path}")

    def _allowed(self, attempt: Attempt, row: TurnRow) -> set[bytes]:
        """What may answer a request for a turn that is on record: its reply. Where another request has taken it (the
        provider's fallback, after this one seemed lost), a straggler gets the reply of the turn the call was at."""
        allowed = {row.reply}
        if self._strayed(attempt, row):
            allowed |= {later.reply for later in self.record.turns if later.turn > row.turn}
        return allowed

    def _strayed(self, attempt: Attempt, row: TurnRow) -> bool:
        return row.fingerprint is not None and row.fingerprint != attempt.fingerprint

    def _copies(self) -> Iterator[Broken]:
        for group in self.ledger.copies():
            bodies = {a.answer.body for a in group if a.answer and a.turn and self.worth(a) == "acknowledged"}
            row = self.rows.get(group[0].turn)
            if len(bodies) > 1 and not (row and self._strayed(group[0], row)):
                yield Broken("copies", f"turn {group[0].turn}: {len(bodies)} different documents at {group[0].path}")

    def _turns(self) -> Iterator[Broken]:
        numbers = [row.turn for row in self.record.turns]
        taken = self.record.turns_taken or 0
        if numbers != list(range(1, taken + 1)):
            yield Broken("turns", f"the call counts {taken} turns, on record are {numbers}")

    def _numbers(self) -> Iterator[Broken]:
        heard: set[int] = set()
        given = ",".join(a.fields.get(name, "") for a in self.ledger.attempts for name in GIVEN)
        for attempt in self.answered:
            heard |= heard_numbers(attempt, given)
        for number in sorted(heard - set(self.record.cases)):
            yield Broken("numbers", f"the caller was told {number}")

    def _notices(self) -> Iterator[Broken]:
        kept = [a for a in self.ledger.attempts if a.answer is not None and a.answer.status == 204]
        ended = any(a.path == "/voice/status" and a.fields.get("CallStatus") == "completed" for a in kept)
        if ended and self.record.ended_by != "provider":
            yield Broken("open", f"the notice was acknowledged; on record the end is by {self.record.ended_by}")
        told = {a.fields["RecordingSid"] for a in kept if a.path.startswith(RECORDINGS)}
        for recording in sorted(told - set(self.record.recordings)):
            yield Broken("notices", f"recording {recording}")

    def _answers(self) -> Iterator[Broken]:
        for attempt in self.ledger.attempts:
            if attempt.answer is not None and attempt.answer.whole and (wrong := _why_refused(attempt, attempt.answer)):
                yield Broken("answers", f"{attempt.path} by server {attempt.server}: {wrong}")


def _why_refused(attempt: Attempt, answer: Answer) -> str:
    """Why the network would not take an answer; a notice may also be told to come again."""
    if attempt.path.startswith(NOTICES):
        return "" if answer.status in (204, 503) else f"status {answer.status}"
    try:
        whisper = attempt.path.startswith("/voice/whisper/")
        read_document(Reply(answer.status, answer.kind, answer.body), whisper=whisper)
    except DocumentRefused as refused:
        return f"status {answer.status}, {refused}"
    return "" if answer.status == 200 else f"status {answer.status}"


def heard_numbers(attempt: Attempt, given: str) -> set[int]:
    """The case numbers an answer says. A number the caller has keyed, or phones from, is only read back."""
    assert attempt.answer is not None
    try:
        document = read_document(Reply(200, attempt.answer.kind, attempt.answer.body))
    except DocumentRefused:
        return set()
    found: set[int] = set()
    for verb in document:
        for said in verb.said():
            for spoken in _SPOKEN.findall(said.text.translate(_DIGITS)):
                digits = re.sub(r"\D", "", spoken)
                number = parse_case_number(digits)
                if number is not None and digits not in given:
                    found.add(number)
    return found
